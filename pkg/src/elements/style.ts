/**
 * The stylesheet all chart elements share, and the tokens a page can set.
 *
 * A page sets `--feilun-…` custom properties on the element or above it; what it leaves out comes from the light or dark defaults below,
 * by the attribute `theme="light|dark"` or else by the reader's own preference. The defaults are the crate's two themes.
 */
import { dark, light } from "../generated/themes.js";
import type { Theme } from "../generated/types.js";

/** The colour tokens, without their prefix `--feilun-`. */
export const COLOR_TOKENS = ["background", "ink", "ink-muted", "rule", "neutral", "scale-low", "scale-high"] as const;

/** The categorical colours: `--feilun-series-1` … `--feilun-series-6`. */
export const SERIES_TOKENS = ["series-1", "series-2", "series-3", "series-4", "series-5", "series-6"] as const;

type Token = (typeof COLOR_TOKENS)[number] | (typeof SERIES_TOKENS)[number];

function colors(theme: Required<Theme>): Record<Token, string> {
  const series = SERIES_TOKENS.map((token, at) => [token, theme.series[at]]);
  return {
    background: theme.background,
    ink: theme.ink,
    "ink-muted": theme.inkMuted,
    rule: theme.rule,
    neutral: theme.neutral,
    "scale-low": theme.scaleLow,
    "scale-high": theme.scaleHigh,
    ...(Object.fromEntries(series) as Record<(typeof SERIES_TOKENS)[number], string>),
  };
}

const LIGHT = colors(light);
const DARK = colors(dark);

const TOKENS = Object.keys(LIGHT) as Token[];

/** `--_ink: var(--feilun-ink, #17212e)` and so on. */
function tokens(defaults: Record<Token, string>): string {
  return TOKENS.map((token) => `--_${token}: var(--feilun-${token}, ${defaults[token]});`).join(" ");
}

/** A swatch carries each token as its colour: readable as a computed value, and its transition tells of every change. */
const SWATCHES = TOKENS.map((token) => `.swatch[data-token="${token}"] { color: var(--_${token}); }`).join("\n");

// Colours are what a drawing says: it keeps its own where the system forces others.
const CSS = `
:host { display: block; position: relative; ${tokens(LIGHT)}
  --_font-family: var(--feilun-font-family, ${light.fontFamily});
  color: var(--_ink); background: var(--_background); font: 14px/1.5 var(--_font-family); font-variant-numeric: tabular-nums; }
:host([hidden]) { display: none; }
@media screen and (prefers-color-scheme: dark) { :host(:not([theme="light"])) { ${tokens(DARK)} } }
@media screen { :host([theme="dark"]) { ${tokens(DARK)} } }
.swatch { position: absolute; width: 0; height: 0; overflow: hidden; visibility: hidden; transition: color 1ms step-start; }
${SWATCHES}
.swatch, .canvas, .canvas * { forced-color-adjust: none; }
.canvas { position: relative; }
.canvas svg { display: block; width: 100%; height: auto; }
.marks { position: absolute; inset: 0; }
.row { display: contents; }
.mark { position: absolute; box-sizing: border-box; border-radius: 2px; cursor: pointer; outline: none; }
.mark:hover { box-shadow: inset 0 0 0 1.5px var(--_ink-muted); }
.mark[aria-selected="true"] { box-shadow: inset 0 0 0 2px var(--_ink), inset 0 0 0 3px var(--_background); z-index: 1; }
.mark:focus-visible { box-shadow: inset 0 0 0 2px var(--_background), 0 0 0 2px var(--_ink); z-index: 1; }
.tooltip { position: fixed; inset: auto; margin: 0; max-width: min(320px, calc(100vw - 16px)); padding: 8px 10px; box-sizing: border-box; pointer-events: none;
  color: var(--_ink); background: var(--_background); border: 1px solid var(--_rule); border-radius: 6px; box-shadow: 0 4px 16px rgb(0 0 0 / 0.16); font-size: 13px; line-height: 1.45; z-index: 2147483647; }
.tooltip strong { display: block; font-weight: 600; }
.tooltip dl { display: grid; grid-template-columns: auto auto; gap: 2px 16px; margin: 4px 0 0; }
.tooltip dt { color: var(--_ink-muted); }
.tooltip dd { margin: 0; text-align: end; }
.bar { display: flex; justify-content: flex-end; padding-top: 4px; }
.toggle { font: inherit; font-size: 12px; color: var(--_ink-muted); background: none; border: 1px solid var(--_rule); border-radius: 4px; padding: 2px 10px; cursor: pointer; }
.toggle:hover { color: var(--_ink); border-color: var(--_ink-muted); }
.toggle:focus-visible { outline: 2px solid var(--_ink); outline-offset: 2px; }
.scroller { overflow: auto; max-height: 70vh; }
.scroller:focus-visible { outline: 2px solid var(--_ink); outline-offset: -2px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
caption { text-align: start; font-weight: 600; padding: 4px 0 8px; }
th, td { padding: 4px 10px; border-bottom: 1px solid var(--_rule); text-align: end; white-space: nowrap; }
th:first-child { text-align: start; }
th { font-weight: 500; color: var(--_ink-muted); background: var(--_background); }
thead th { position: sticky; top: 0; }
th:first-child { position: sticky; left: 0; }
thead th:first-child { z-index: 1; }
.error { margin: 0; padding: 12px; border: 1px solid var(--_rule); border-radius: 6px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
@media print { .bar, .tooltip { display: none !important; } .canvas[hidden], .scroller[hidden] { display: block !important; }
  .scroller { max-height: none; overflow: visible; margin-top: 8px; } .canvas { break-inside: avoid; } .canvas svg { max-height: 105mm; } table { font-size: 9px; } th, td { padding: 1px 4px; } tr { break-inside: avoid; } thead th, th:first-child { position: static; } }
`;

let sheet: CSSStyleSheet | undefined;

/** The shared stylesheet, made at first use. */
export function stylesheet(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
