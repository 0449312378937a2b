// Where customers went between two days: from which segment to which.
//
// In: the migration of the RFM switches. Out: a panel with the matrix and the largest streams.

import { html } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { RfmMigration } from "feilun";
import type { Context } from "../context.ts";
import { migrationRows } from "../tables.ts";
import { listed } from "./controls.ts";
import { panelView } from "./panel.ts";
import { selectHandler } from "./select.ts";

/** The largest streams between two different segments that are listed. */
const STREAMS = 6;

function streams(context: Context, { links, states, customers }: RfmMigration): TemplateResult {
  const { format, named, t } = context;
  const nameOf = new Map(states.map((state) => [state.id, named(state.name)]));
  const moved = links.filter(({ source, target }) => source !== target && nameOf.has(source) && nameOf.has(target) && source !== "not_yet");
  const largest = moved.toSorted((a, b) => b.nCustomers - a.nCustomers).slice(0, STREAMS);
  const stayed = states.reduce((sum, _, at) => sum + (customers[at]?.[at] ?? 0), 0);
  return html`<div class="streams">
    <p class="muted">${t("migration.stayed", { n: format.count(stayed) })}</p>
    <ol>
      ${largest.map(({ source, target, nCustomers }) => {
        const before = states.find(({ id }) => id === source)!.nBefore;
        return html`<li><span>${nameOf.get(source)} → ${nameOf.get(target)}</span> <strong>${format.count(nCustomers)}</strong> <span class="muted">${t("migration.of_source", { share: format.percent(nCustomers / before) })}</span></li>`;
      })}
    </ol>
  </div>`;
}

/** The panel. */
export function migrationPanel(context: Context): TemplateResult {
  const { app, lang, state, t } = context;
  const { view, opened } = state;
  const own = [view.recencyMode, view.frequencyMode, view.monetaryMode].some((mode) => mode === "ntile" || mode === "nested");
  return panelView(context, {
    id: "migration",
    title: context.term("chart.migration"),
    query: app.migration,
    controls: html`
      ${listed(context, "migrationDays", t("control.migration_days"), (days) => t("control.migration_days.days", { n: days }))}
      ${listed(context, "migrationMode", t("control.migration_mode"), (mode) => t(`control.migration_mode.${mode}`), { why: (mode) => (mode === "frozen" && own ? t("control.migration_mode.own_ranks") : "") })}
    `,
    chart: (result) => html`<feilun-migration heading="none" theme=${context.scheme} .result=${result} lang=${lang} currency=${opened?.draft.currency ?? ""} grid-value=${view.gridValue} @feilun-select=${selectHandler(context)}></feilun-migration>
      ${streams(context, result)}`,
    figure: (result) => ({ figure: { chart: "migration_matrix", result }, options: { gridValue: view.gridValue } }),
    table: (result) => migrationRows(context, result),
  });
}
