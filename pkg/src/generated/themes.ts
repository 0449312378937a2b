// Generated from the Rust crate by `cargo xtask types`; the test run fails where this file differs. Do not edit.
import type { Theme } from "./types.js";

/** Dark text on white. */
export const light: Required<Theme> = {
  "background": "#ffffff",
  "ink": "#17212e",
  "inkMuted": "#566374",
  "rule": "#dbe1e9",
  "neutral": "#f0f3f7",
  "scaleLow": "#e6f0fd",
  "scaleHigh": "#0d50a8",
  "series": [
    "#0957b4",
    "#a9c9e8",
    "#00a088",
    "#cc5937",
    "#d99a1f",
    "#895880"
  ],
  "fontFamily": "\"PingFang SC\", \"Microsoft YaHei\", \"Noto Sans CJK SC\", system-ui, sans-serif"
};

/** Light text on near-black blue. */
export const dark: Required<Theme> = {
  "background": "#0f1721",
  "ink": "#e7ecf3",
  "inkMuted": "#9dabbc",
  "rule": "#2a3747",
  "neutral": "#1b2633",
  "scaleLow": "#16283d",
  "scaleHigh": "#74b7f7",
  "series": [
    "#67aafa",
    "#35597d",
    "#2cdec7",
    "#e87f5b",
    "#e9b74a",
    "#c28bb6"
  ],
  "fontFamily": "\"PingFang SC\", \"Microsoft YaHei\", \"Noto Sans CJK SC\", system-ui, sans-serif"
};
