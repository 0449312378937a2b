// A small trend beside a headline: the shape of a series, no axes.
//
// In: values in order, `null` where undefined. Out: an SVG line with its last value marked; gaps stay gaps. The text beside it says the numbers.

import { html, nothing, svg } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";

const WIDTH = 160;
const HEIGHT = 36;
const MARGIN = 4;

/** The trend of `values`; nothing where fewer than two are known. */
export function sparkline(values: readonly (number | null)[], description: string): TemplateResult | typeof nothing {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return nothing;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const x = (idx: number): number => MARGIN + (idx / (values.length - 1)) * (WIDTH - 2 * MARGIN);
  const y = (value: number): number => HEIGHT - MARGIN - ((value - low) / span) * (HEIGHT - 2 * MARGIN);
  let path = "";
  let last: { x: number; y: number } | null = null;
  values.forEach((value, idx) => {
    if (value === null) return;
    const joined = idx > 0 && values[idx - 1] !== null;
    last = { x: x(idx), y: y(value) };
    path += `${joined ? "L" : "M"}${last.x.toFixed(1)} ${last.y.toFixed(1)}`;
  });
  const end = last as { x: number; y: number } | null;
  return html`<svg class="sparkline" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${description}>
    <path d=${path}></path>
    ${end ? svg`<circle cx=${end.x.toFixed(1)} cy=${end.y.toFixed(1)} r="3"></circle>` : nothing}
  </svg>`;
}
