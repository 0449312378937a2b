// Files the analyst takes away: tables as CSV, charts as SVG and PNG, definitions as JSON.
//
// In: a table, a drawing or text. Out: a download made in memory; nothing leaves the machine.

import type { Drawing } from "feilun";
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

/** Pixels of a PNG for each CSS pixel of the drawing: sharp on a projector and in print. */
const PNG_SCALE = 2;

/** A drawing as a PNG of twice its size. */
export async function pngOf({ svg, width, height }: Drawing): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * PNG_SCALE;
    canvas.height = height * PNG_SCALE;
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => canvas.toBlob((png) => (png ? resolve(png) : reject(new Error("the picture could not be made"))), "image/png"));
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Offers a file for download. */
export function download(name: string, type: string, content: BlobPart): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
