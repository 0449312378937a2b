/**
 * What goes on paper: a print waits for nothing, so a light drawing is made ahead wherever the screen's is dark, and what is printed is put in at once.
 *
 * In: a drawing and its theme. Out: the theme for paper, and the table in parts, each as wide as a page.
 */
import { light } from "../generated/themes.js";
import type { Drawing, Theme } from "../generated/types.js";
import { tableOf } from "./table.js";

/** As many letters of the print's table stand side by side on A4 landscape. */
const PAGE_LETTERS = 190;

/** What the edges of a cell take, in letters. */
const EDGES = 1.6;

/** The theme for paper; `null` where the one on screen is light already. */
export function paperTheme(theme: Theme): Theme | null {
  const [red = 255, green = 255, blue = 255] = (theme.background?.match(/[\da-f]{2}/gi) ?? []).map((part) => parseInt(part, 16));
  const { fontFamily = light.fontFamily } = theme;
  return red + green + blue < 384 ? { ...light, fontFamily } : null;
}

/** The table, broken between columns where it is wider than a page; every part has the heads of the rows. */
export function pageTables(drawing: Drawing): HTMLTableElement[] {
  const { head, rows } = drawing.table;
  const widths = head.map((text, column) => EDGES + Math.max(letters(text), ...rows.map((row) => letters(column === 0 ? row.head : (row.cells[column - 1]?.text ?? "")))));
  const first = widths[0] ?? 0;
  const starts = [1];
  let used = first;
  for (let column = 1; column < head.length; column++) {
    const width = widths[column] ?? 0;
    if (used + width > PAGE_LETTERS && column > (starts.at(-1) ?? 1)) {
      starts.push(column);
      used = first;
    }
    used += width;
  }
  return starts.map((start, part) => tableOf(drawing, start, starts[part + 1]));
}

/** How many letters wide a text is; a Han character is two. */
function letters(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > "\u2e7f" ? 2 : 1), 0);
}
