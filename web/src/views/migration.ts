// Where customers went between two days: from which segment to which.
//
// In: the migration of the RFM switches. Out: a panel with them as bands or as a matrix, the customers of each segment on both days, and the largest streams.

import { html } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { RfmMigration } from "feilun";
import type { Context } from "../context.ts";
import { linkedKeys, pickedKeys } from "../linked.ts";
import { migrationRows, streamsOf } from "../tables.ts";
import { hasOwnRanks } from "../view.ts";
import { changeText } from "./comparison.ts";
import { listed, segmented } from "./controls.ts";
import { panelView } from "./panel.ts";

/** The largest streams between two different segments that are listed. */
const STREAMS = 6;

function streams(context: Context, table: RfmMigration): TemplateResult {
  const { format, named, t } = context;
  const all = streamsOf(table);
  const stayed = all.reduce((sum, { from, to, n }) => (from === to ? sum + n : sum), 0);
  const moved = all.filter(({ from, to, n }) => from !== to && from.id !== "not_yet" && n > 0);
  return html`<div class="streams">
    <p class="muted">${t("migration.stayed", { n: format.count(stayed) })}</p>
    <ol>
      ${moved.toSorted((a, b) => b.n - a.n).slice(0, STREAMS).map(({ from, to, n, share }) => html`<li><span>${named(from.name)} → ${named(to.name)}</span> <strong>${format.count(n)}</strong> <span class="muted">${t("migration.of_source", { share: format.percent(share) })}</span></li>`)}
    </ol>
  </div>`;
}

/** How many were in each segment on both days. */
function totals(context: Context, { from, to, states }: RfmMigration): TemplateResult {
  const { format, named, t } = context;
  return html`<div class="table-scroll" tabindex="0" role="group" aria-labelledby="panel-migration-title">
    <table class="data-table is-narrow">
      <thead>
        <tr><th scope="col">${t("segment.name")}</th><th scope="col" class="number">${format.dayBefore(to)}</th><th scope="col" class="number">${format.dayBefore(from)}</th><th scope="col" class="number">${t("overview.change")}</th></tr>
      </thead>
      <tbody>
        ${states
          .filter(({ id, nBefore, nAfter }) => id !== "not_yet" && nBefore + nAfter > 0)
          .map(({ name, nBefore, nAfter }) => html`<tr><th scope="row">${named(name)}</th><td class="number">${format.count(nAfter)}</td><td class="number">${format.count(nBefore)}</td><td class="number">${changeText(context, nAfter, nBefore, "count")}</td></tr>`)}
      </tbody>
    </table>
  </div>`;
}

/** The panel. */
export function migrationPanel(context: Context): TemplateResult {
  const { app, lang, state, t } = context;
  const { view, opened } = state;
  return panelView(context, {
    id: "migration",
    title: context.term("chart.migration"),
    query: app.migration,
    controls: html`
      ${segmented(context, "migrationForm", t("control.form"), (form) => t(`control.form.${form}`))}
      ${listed(context, "migrationDays", t("control.migration_days"), (days) => t("control.migration_days.days", { n: days }))}
      ${listed(context, "migrationMode", t("control.migration_mode"), (mode) => t(`control.migration_mode.${mode}`), { why: (mode) => (mode === "frozen" && hasOwnRanks(view) ? t("control.migration_mode.own_ranks") : "") })}
    `,
    // Streams lie over each other: outlines of many would hide them.
    chart: (result) => html`<feilun-migration heading="none" form=${view.migrationForm} theme=${context.scheme} .selected=${view.migrationForm === "streams" ? pickedKeys(context.app) : linkedKeys(context.app)} .result=${result} lang=${lang} currency=${opened?.draft.currency ?? ""} grid-value=${view.gridValue}></feilun-migration>
      <div class="split">${totals(context, result)} ${streams(context, result)}</div>`,
    figure: (result) => ({ figure: { chart: `migration_${view.migrationForm}`, result }, options: { gridValue: view.gridValue } }),
    table: (result) => migrationRows(context, result),
  });
}
