/**
 * The few words of the elements' own controls.
 */
import type { Lang } from "../generated/types.js";

/** The control that switches between chart and table. */
export const WORDS: Record<Lang, { chart: string; table: string }> = {
  zh: { chart: "图表", table: "表格" },
  en: { chart: "Chart", table: "Table" },
};

/** The language of a BCP 47 tag: English where it says so, else Chinese. */
export function langOf(tag: string): Lang {
  return /^en\b/i.test(tag) ? "en" : "zh";
}
