// Files the analyst takes away: tables as CSV, charts as SVG.
//
// In: a table or an SVG. Out: a download made in memory; nothing leaves the machine.

import type { Table } from "./tables.ts";

/** Characters a spreadsheet takes for the start of a formula, full-width twins included. */
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/;

function field(text: string): string {
  const safe = FORMULA_START.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table as CSV with a byte-order mark, so that spreadsheets read UTF-8. Text cannot start a formula; numbers are written bare. */
export function csvOf({ head, rows }: Table): string {
  const lines = [head, ...rows].map((cells) =>
    cells.map((cell) => (cell === null ? "" : typeof cell === "number" ? String(cell) : field(cell))).join(","),
  );
  return `\uFEFF${lines.join("\r\n")}\r\n`;
}

/** Offers a file for download. */
export function download(name: string, type: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
