// The segments of each store, channel, …: who has more of the best customers, and who is about to lose more.
//
// In: the RFM table by the dimension chosen. Out: a panel with a row per segment and a column per label.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { RfmSlice, RfmTable } from "feilun";
import { nameOfDimension } from "../context.ts";
import type { Context } from "../context.ts";
import { segmentSliceRows } from "../tables.ts";
import { listed } from "./controls.ts";
import { csvButton } from "./exports.ts";

/** The labels of most customers that have a column; all are in the CSV. */
const COLUMNS = 8;

function shareOf(slice: Pick<RfmSlice, "segments">, id: string): number | null {
  return slice.segments.find((segment) => segment.id === id)?.share ?? null;
}

function sliceTable(context: Context, table: RfmTable): TemplateResult {
  const { format, named, t, term } = context;
  const largest = table.slices.toSorted((a, b) => b.nCustomers - a.nCustomers).slice(0, COLUMNS);
  const head = (name: string, n: number): TemplateResult => html`<th scope="col" class="number">${name}<br /><span class="muted">${format.count(n)}</span></th>`;
  return html`<div class="table-scroll" tabindex="0" role="group" aria-labelledby="segment-slices-title">
      <table class="data-table">
        <thead><tr><th scope="col">${t("segment.name")}</th>${head(t("csv.all"), table.nCustomers)}${largest.map(({ label, nCustomers }) => head(label ?? term("slice.none"), nCustomers))}</tr></thead>
        <tbody>
          ${table.segments
            .filter(({ scored }) => scored)
            .map(({ id, name }) => html`<tr><th scope="row">${named(name)}</th>${[table, ...largest].map((slice) => html`<td class="number">${format.percent(shareOf(slice, id))}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
    <p class="muted">${t("segment.slices.text")}${table.slices.length > COLUMNS ? ` ${t("segment.slices.largest", { n: format.count(COLUMNS) })}` : ""}</p>`;
}

/** The panel. */
export function segmentSlicesPanel(context: Context, table: RfmTable): TemplateResult {
  const { app, t } = context;
  return html`<section class="card panel" id="panel-segment-slices" aria-labelledby="segment-slices-title">
    <header class="panel-head">
      <h2 id="segment-slices-title">${t("segment.slices")}</h2>
      ${table.slices.length > 0 ? html`<div class="exports">${csvButton(context, "segment-slices", table.definition, () => segmentSliceRows(context, table))}</div>` : nothing}
    </header>
    <div class="controls">
      ${listed(context, "rfmSlice", t("control.slice"), (choice) => (choice === "none" ? t("control.slice.none") : nameOfDimension(context, choice)), { offered: (choice) => choice === "none" || app.hasColumn(choice) })}
    </div>
    ${table.slices.length > 0 ? sliceTable(context, table) : html`<p class="muted">${t("segment.slices.choose")}</p>`}
  </section>`;
}
