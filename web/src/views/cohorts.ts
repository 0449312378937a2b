// The cohort page: who came back, by the period of the first purchase.
//
// In: the cohort table of the switches. Out: key figures, the heatmap or the curves.

import { html } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { CohortTable, Measure } from "feilun";
import type { Context } from "../context.ts";
import { capitalised } from "../format.ts";
import { cohortRows } from "../tables.ts";
import { listed, segmented } from "./controls.ts";
import { figureRow } from "./figures.ts";
import type { Figure } from "./figures.ts";
import { panelView } from "./panel.ts";
import { selectHandler } from "./select.ts";

/** The columns whose pooled mean is a key figure. */
const KEY_COLUMNS = [1, 3];

/** Rates and ratios have a pooled mean that can be read on its own; counts and sums do not. */
const MEASURES_WITHOUT_MEAN: readonly Measure[] = ["count", "orders", "net"];

function keyFigures(context: Context, table: CohortTable | null): Figure[] {
  const { state, t, term, format } = context;
  const { granularity, measure } = state.view;
  const unit = term(`granularity.${granularity}`);
  const columns = MEASURES_WITHOUT_MEAN.includes(measure) ? [] : KEY_COLUMNS;
  return [
    { label: t("figure.customers"), value: table && format.short(table.nCustomers), full: format.count(table?.nCustomers) },
    { label: t("figure.orders"), value: table && format.short(table.definition.orders), full: format.count(table?.definition.orders) },
    { label: t("figure.net"), value: table && format.shortMoney(table.definition.netMinor), full: format.money(table?.definition.netMinor) },
    ...columns.map((k) => ({
      label: t("figure.column", { k: String(k), unit, Unit: capitalised(unit), measure: measure === "rate" ? t("page.cohorts.rate") : term(`measure.${measure}`) }),
      value: table && format.measure(table.means.pooled[k], measure),
      note: table ? t("figure.pooled", { n: format.count(table.means.rowsUsed[k] ?? 0) }) : "",
    })),
  ];
}

/** The cohort page. */
export function cohortsPage(context: Context): TemplateResult {
  const { app, lang, state, t, term } = context;
  const { view, opened } = state;
  const currency = opened?.draft.currency ?? "";
  const controls = html`
    ${segmented(context, "granularity", t("control.granularity"), (choice) => term(`granularity.${choice}`))}
    ${segmented(context, "window", t("control.window"), (choice) => t(`control.window.${choice}`))}
    ${listed(context, "criterion", t("control.criterion"), (choice) => term(`criterion.${choice}`))}
    ${listed(context, "measure", t("control.measure"), (choice) => term(`measure.${choice}`))}
    ${listed(context, "warmup", t("control.warmup"), (choice) => (choice === "0" ? t("control.warmup.none") : t("control.warmup.days", { n: choice })))}
    ${segmented(context, "chart", t("control.chart"), (choice) => t(`control.chart.${choice}`))}
  `;
  const picked = selectHandler(context);
  return html`
    ${figureRow(t("page.cohorts"), keyFigures(context, app.cohorts.result))}
    ${panelView(context, {
      id: "cohorts",
      title: term(view.chart === "heatmap" ? "cohort.heatmap" : "cohort.curves"),
      query: app.cohorts,
      controls,
      chart: (result) =>
        view.chart === "heatmap"
          ? html`<feilun-cohorts heading="none" theme=${context.scheme} .result=${result} lang=${lang} currency=${currency} @feilun-select=${picked}></feilun-cohorts>`
          : html`<feilun-curves heading="none" theme=${context.scheme} .result=${result} lang=${lang} currency=${currency} @feilun-select=${picked}></feilun-curves>`,
      figure: (result) => ({ figure: { chart: view.chart === "heatmap" ? "cohort_heatmap" : "retention_curves", result } }),
      table: (result) => cohortRows(context, result, view.measure),
    })}
  `;
}
