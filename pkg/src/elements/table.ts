/**
 * The table twin: the content of a drawing as a real table.
 */
import type { Drawing } from "../generated/types.js";

/** The table of a drawing. */
export function tableOf(drawing: Drawing): HTMLTableElement {
  const table = document.createElement("table");
  table.part.add("table");
  table.createCaption().textContent = drawing.title;
  const head = table.createTHead().insertRow();
  for (const text of drawing.table.head) head.append(header(text, "col"));
  const body = table.createTBody();
  for (const { head: text, cells } of drawing.table.rows) {
    const row = body.insertRow();
    row.append(header(text, "row"));
    for (const cell of cells) {
      const data = row.insertCell();
      data.textContent = cell.text;
      if (cell.key !== null) data.dataset["key"] = cell.key;
    }
  }
  return table;
}

function header(text: string, scope: "col" | "row"): HTMLElement {
  const cell = document.createElement("th");
  cell.scope = scope;
  cell.textContent = text;
  return cell;
}
