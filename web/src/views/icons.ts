// The page's icons: 20 × 20 outlines in the colour of the text beside them.
//
// In: a name. Out: an SVG hidden from screen readers; the text beside it says what it means.

import { html, svg } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";

const PATHS = {
  overview: svg`<path d="M3.5 13.5a6.5 6.5 0 1 1 13 0M10 13.5l3-4.5M3.5 16.5h13"/>`,
  cohorts: svg`<path d="M3.5 4.5h13M3.5 4.5v11h13M7.5 4.5v11M11.5 4.5v7.5M3.5 8h13M3.5 12h8"/>`,
  rfm: svg`<rect x="3.5" y="3.5" width="5.5" height="5.5" rx="1"/><rect x="11" y="3.5" width="5.5" height="5.5" rx="1"/><rect x="3.5" y="11" width="5.5" height="5.5" rx="1"/><rect x="11" y="11" width="5.5" height="5.5" rx="1"/>`,
  flywheel: svg`<path d="M16.3 8.2A6.5 6.5 0 0 0 5 6M3.7 11.8A6.5 6.5 0 0 0 15 14"/><path d="M5 2.8V6h3.2M15 17.2V14h-3.2"/><circle cx="10" cy="10" r="1.8"/>`,
  growth: svg`<path d="M3.5 16.5h13M5.5 16.5v-5M9 16.5V8M12.5 16.5v-6M16 16.5v-12"/>`,
  dictionary: svg`<path d="M4.5 15.2V5a1.5 1.5 0 0 1 1.5-1.5h9.5v13H6a1.4 1.4 0 0 1 0-2.8h9.5M8 7h4.5"/>`,
  data: svg`<ellipse cx="10" cy="5" rx="6" ry="2.2"/><path d="M4 5v10c0 1.2 2.7 2.2 6 2.2s6-1 6-2.2V5M4 10c0 1.2 2.7 2.2 6 2.2s6-1 6-2.2"/>`,
  upload: svg`<path d="M10 13V3.5M6.2 7 10 3.2 13.8 7M3.5 12.5v3a1.5 1.5 0 0 0 1.5 1.5h10a1.5 1.5 0 0 0 1.5-1.5v-3"/>`,
  download: svg`<path d="M10 3.5V13M6.2 9.2 10 13l3.8-3.8M3.5 16.5h13"/>`,
  lock: svg`<rect x="4.5" y="9" width="11" height="7.5" rx="1.5"/><path d="M7 9V6.5a3 3 0 0 1 6 0V9"/>`,
  print: svg`<path d="M6 7.5v-4h8v4M6 14H4.5A1.5 1.5 0 0 1 3 12.5V9a1.5 1.5 0 0 1 1.5-1.5h11A1.5 1.5 0 0 1 17 9v3.5a1.5 1.5 0 0 1-1.5 1.5H14M6 11.5h8v5H6z"/>`,
  close: svg`<path d="m5.5 5.5 9 9m0-9-9 9"/>`,
  check: svg`<path d="m4.5 10.5 3.7 3.7 7.3-8"/>`,
  warn: svg`<path d="M10 3.5 17 16H3L10 3.5ZM10 8.2v3.6M10 13.8v.2"/>`,
  up: svg`<path d="M10 15.5v-11M5.5 9 10 4.5 14.5 9"/>`,
  chevron: svg`<path d="m6 8 4 4 4-4"/>`,
  filter: svg`<path d="M3.5 5.5h13M6 10h8M8.5 14.5h3"/>`,
  copy: svg`<rect x="7" y="7" width="9.5" height="9.5" rx="1.5"/><path d="M13 7V5a1.5 1.5 0 0 0-1.5-1.5H5A1.5 1.5 0 0 0 3.5 5v6.5A1.5 1.5 0 0 0 5 13h2"/>`,
  undo: svg`<path d="M7.5 4.5 4 8l3.5 3.5M4 8h7.5a4.5 4.5 0 0 1 0 9H8"/>`,
  redo: svg`<path d="M12.5 4.5 16 8l-3.5 3.5M16 8H8.5a4.5 4.5 0 0 0 0 9H12"/>`,
  help: svg`<circle cx="10" cy="10" r="6.8"/><path d="M8 8a2 2 0 1 1 2.8 1.9c-.5.3-.8.6-.8 1.3M10 13.6v.2"/>`,
  info: svg`<circle cx="10" cy="10" r="6.8"/><path d="M10 9.2v4.3M10 6.6v.2"/>`,
  columns: svg`<rect x="3.5" y="4" width="13" height="12" rx="1.5"/><path d="M8 4v12M12 4v12"/>`,
  auto: svg`<circle cx="10" cy="10" r="6.5"/><path d="M10 3.5v13a6.5 6.5 0 0 0 0-13Z" fill="currentColor"/>`,
  light: svg`<circle cx="10" cy="10" r="3.2"/><path d="M10 2.5v1.8M10 15.7v1.8M2.5 10h1.8M15.7 10h1.8M4.7 4.7 6 6M14 14l1.3 1.3M4.7 15.3 6 14M14 6l1.3-1.3"/>`,
  dark: svg`<path d="M16 11.5A6.5 6.5 0 0 1 8.5 4a6.5 6.5 0 1 0 7.5 7.5Z"/>`,
} as const;

/** The name of an icon. */
export type IconName = keyof typeof PATHS;

/** An icon. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${PATHS[name]}</svg>`;
}

/** The product's mark: a ring of six arcs, one of them lit. */
export function brandMark(): TemplateResult {
  return html`<svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <circle class="brand-ring" cx="16" cy="16" r="11" pathLength="60" stroke-dasharray="7 3"></circle>
    <circle class="brand-arc" cx="16" cy="16" r="11" pathLength="60" stroke-dasharray="7 53"></circle>
    <circle class="brand-hub" cx="16" cy="16" r="3"></circle>
  </svg>`;
}
