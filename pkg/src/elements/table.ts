/**
 * The table twin: the content of a drawing as a real table.
 */
import type { Drawing } from "../generated/types.js";

/** The table of a drawing, or its columns from `start` to before `end` beside the heads of the rows. */
export function tableOf(drawing: Drawing, start = 1, end = drawing.table.head.length): HTMLTableElement {
  const table = document.createElement("table");
  table.part.add("table");
  table.createCaption().textContent = drawing.title;
  const head = table.createTHead().insertRow();
  const [corner = "", ...others] = drawing.table.head;
  for (const text of [corner, ...others.slice(start - 1, end - 1)]) head.append(header(text, "col"));
  const body = table.createTBody();
  for (const { head: text, cells } of drawing.table.rows) {
    const row = body.insertRow();
    row.append(header(text, "row"));
    // Every row reaches the last column, also where nothing has been observed yet.
    for (let column = start - 1; column < end - 1; column++) {
      const data = row.insertCell();
      data.textContent = cells[column]?.text ?? "";
      const key = cells[column]?.key;
      if (key != null) data.dataset["key"] = key;
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
