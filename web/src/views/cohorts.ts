// The cohort page: who came back, by the period of the first purchase.
//
// In: the cohort table of the switches. Out: key figures, the heatmap or the curves, the intervals between purchases.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { CohortTable, Measure } from "feilun";
import { ENTITY_COLUMNS, nameOfDimension } from "../context.ts";
import type { Context } from "../context.ts";
import { linkedKeys } from "../linked.ts";
import { capitalised, spanText } from "../format.ts";
import { cohortRows } from "../tables.ts";
import { checklist } from "./checklist.ts";
import { basics, dated, listed, more, segmented } from "./controls.ts";
import { figureRow } from "./figures.ts";
import type { Figure } from "./figures.ts";
import { intervalPanel } from "./intervals.ts";
import { membersPanel } from "./members.ts";
import { panelView } from "./panel.ts";

/** The columns whose pooled mean is a key figure; those of brackets by the periods they span. */
const KEY_COLUMNS = [1, 3];

/** Rates and ratios have a pooled mean that can be read on its own; counts and sums do not. */
const MEASURES_WITHOUT_MEAN: readonly Measure[] = ["count", "orders", "net"];

function keyFigures(context: Context, table: CohortTable | null): Figure[] {
  const { state, t, term, format } = context;
  const { granularity, measure, reference } = state.view;
  const unit = term(`granularity.${granularity}`);
  const how = (...by: string[]): Figure["how"] => (table ? { by, definition: table.definition } : undefined);
  const columns = MEASURES_WITHOUT_MEAN.includes(measure) ? [] : KEY_COLUMNS;
  return [
    { label: t("figure.customers"), value: table && format.short(table.nCustomers), full: format.count(table?.nCustomers), how: how("cohort.customers") },
    { label: t("figure.orders"), value: table && format.short(table.definition.orders), full: format.count(table?.definition.orders), how: how("data.orders") },
    { label: t("figure.net"), value: table && format.shortMoney(table.definition.netMinor), full: format.money(table?.definition.netMinor), how: how("data.net") },
    ...columns.map((k) => ({
      label: t("figure.column", { k: spanText(table?.columns[k] ?? { from: k, to: k }), unit, Unit: capitalised(unit), measure: measure === "rate" ? t("page.cohorts.rate") : term(`measure.${measure}`) }),
      value: table && format.measure(table.means.pooled[k], reference === "previous" ? "rate" : measure),
      note: table ? t("figure.pooled", { n: format.count(table.means.rowsUsed[k] ?? 0) }) : "",
      how: how(`measure.${measure}`, "cohort.column"),
    })),
  ];
}

/** Measures that are smoothed over three periods. */
const SMOOTHED: readonly Measure[] = ["orders", "net", "aov", "value_per_member", "nrr", "grr"];

/** Measures that hold a period against the first: a bracket is longer than that. */
const UNBRACKETED: readonly Measure[] = ["nrr", "grr"];

/** The spans of brackets after column 0: `1, 2–3, 4–6, 7–12`. */
function bracketsText(context: Context, brackets: string): string {
  let last = 0;
  const spans = brackets.split(",").map((size) => {
    const from = last + 1;
    last += Number(size);
    return spanText({ from, to: last });
  });
  return context.format.list(spans);
}

/** Why columns cannot be put into brackets beside the other switches. */
function bracketLimit({ state, t, term }: Context): string {
  const { measure, smooth } = state.view;
  if (smooth === "3") return t("control.not_with", { name: t("control.smooth") });
  return UNBRACKETED.includes(measure) ? t("control.not_with", { name: term(`measure.${measure}`) }) : "";
}

/** Why a measure cannot be taken beside the other switches. */
function measureLimit({ state, t, term }: Context, measure: Measure): string {
  const { brackets, criterion, minOrders, smooth } = state.view;
  if (measure === "value_per_returning" && criterion !== "on") return t("control.needs", { name: term("criterion.on") });
  if (measure === "value_per_returning" && minOrders !== "1") return t("control.not_with", { name: t("control.min_orders") });
  if (UNBRACKETED.includes(measure) && brackets !== "none") return t("control.not_with", { name: t("control.brackets") });
  return smooth === "3" && !SMOOTHED.includes(measure) ? t("control.needs", { name: t("control.smooth.1") }) : "";
}

/** Which cohorts, or slices, have a curve beside the mean. */
function curvePicker(context: Context, table: CohortTable): TemplateResult {
  const { app, state, t, term, format } = context;
  const { curves } = state;
  const sliced = table.slices.length > 0;
  const labels = sliced ? table.slices.map(({ label }) => label ?? "") : table.rows.filter(({ nCustomers }) => nCustomers > 0).map(({ period }) => period.label).reverse();
  const usual = t(sliced ? "curves.largest" : "curves.latest");
  const kept = new Set(curves);
  return checklist(context, {
    key: "curves",
    name: t("curves.title"),
    value: curves === null ? usual : kept.size === 0 ? t("curves.mean") : t("filter.count", { n: format.count(kept.size) }),
    labels,
    shown: (label) => label || term("slice.none"),
    kept,
    toggle: (label) => app.showCurves(kept.has(label) ? [...kept].filter((other) => other !== label) : [...kept, label]),
    foot: html`
      <button type="button" class="button quiet small" ?disabled=${curves?.length === 0} @click=${() => app.showCurves([])}>${t("curves.mean")}</button>
      <button type="button" class="button quiet small" ?disabled=${curves === null} @click=${() => app.showCurves(null)}>${usual}</button>`,
  });
}

/** What the crate calls the charts. */
const CHARTS = { heatmap: "cohort_heatmap", curves: "retention_curves", multiples: "cohort_multiples" } as const;

/** The cohort page. */
export function cohortsPage(context: Context): TemplateResult {
  const { app, lang, state, t, term } = context;
  const { view, opened } = state;
  const sliced = app.sliceBy("slice");
  const measureName = (measure: Measure): string => term(`measure.${measure}`);
  const currency = opened?.draft.currency ?? "";
  const controls = html`
    ${segmented(context, "granularity", t("control.granularity"), (choice) => term(`granularity.${choice}`))}
    ${segmented(context, "window", t("control.window"), (choice) => t(`control.window.${choice}`))}
    ${listed(context, "criterion", t("control.criterion"), (choice) => term(`criterion.${choice}`), { why: (choice) => (choice !== "on" && view.measure === "value_per_returning" ? t("control.not_with", { name: measureName("value_per_returning") }) : "") })}
    ${listed(context, "measure", t("control.measure"), measureName, { why: (choice) => measureLimit(context, choice) })}
    ${segmented(context, "chart", t("control.chart"), (choice) => t(`control.chart.${choice}`), { offered: (choice) => choice !== "multiples" || sliced !== null || view.chart === "multiples" })}
    ${view.chart !== "heatmap" && app.cohorts.result ? curvePicker(context, app.cohorts.result) : nothing}
    ${listed(context, "slice", t("control.slice"), (choice) => (choice === "none" ? t("control.slice.none") : nameOfDimension(context, choice)), { offered: (choice) => choice === "none" || app.hasColumn(choice), why: (choice) => (choice !== "none" && choice === ENTITY_COLUMNS[view.entity] ? t("control.slice.is_entity") : "") })}
    ${sliced === null ? nothing : listed(context, "sliceRule", t("control.slice_rule"), (choice) => term(`slice.${choice}`))}
    ${more(context, html`
      ${listed(context, "entity", t("control.entity"), (choice) => term(`entity.${choice}`), { offered: (choice) => choice === "customer" || app.hasColumn(ENTITY_COLUMNS[choice]), why: (choice) => (ENTITY_COLUMNS[choice] === sliced ? t("control.entity.is_slice") : "") })}
      ${listed(context, "entry", t("control.entry"), (choice) => t(`control.entry.${choice}`), { why: (choice) => (choice === "first_in_range" && view.cohortsFrom === "open" ? t("control.needs", { name: t("control.cohorts_from") }) : "") })}
      ${dated(context, "cohortsFrom", t("control.cohorts_from"))} ${dated(context, "cohortsUntil", t("control.cohorts_until"))}
      ${listed(context, "reference", t("control.reference"), (choice) => t(`control.reference.${choice}`))}
      ${listed(context, "smooth", t("control.smooth"), (choice) => t(`control.smooth.${choice}`), { why: (choice) => (choice === "1" ? "" : !SMOOTHED.includes(view.measure) ? t("control.smooth.needs") : view.brackets !== "none" ? t("control.not_with", { name: t("control.brackets") }) : "") })}
      ${listed(context, "brackets", t("control.brackets"), (choice) => (choice === "none" ? t("control.brackets.none") : bracketsText(context, choice)), { why: (choice) => (choice === "none" ? "" : bracketLimit(context)) })}
      ${listed(context, "minOrders", t("control.min_orders"), (choice) => t("control.min_orders.n", { n: choice }), { why: (choice) => (choice !== "1" && view.measure === "value_per_returning" ? t("control.not_with", { name: measureName("value_per_returning") }) : "") })}
      ${view.window === "rolling" ? listed(context, "completeness", t("control.completeness"), (choice) => t(`control.completeness.${choice}`)) : nothing}
      ${listed(context, "warmup", t("control.warmup"), (choice) => (choice === "0" ? t("control.warmup.none") : t("control.warmup.days", { n: choice })))}
      ${basics(context, view.granularity)}
    `)}
  `;
  return html`
    ${figureRow(context, t("page.cohorts"), keyFigures(context, app.cohorts.result))}
    ${panelView(context, {
      id: "cohorts",
      title: term(view.chart === "heatmap" ? "cohort.heatmap" : "cohort.curves"),
      query: app.cohorts,
      controls,
      chart: (result) =>
        view.chart === "heatmap"
          ? html`<feilun-cohorts heading="none" theme=${context.scheme} .selected=${linkedKeys(context.app)} .result=${result} lang=${lang} currency=${currency}></feilun-cohorts>`
          : html`<feilun-curves heading="none" form=${view.chart} theme=${context.scheme} .curves=${state.curves} .selected=${linkedKeys(context.app)} .result=${result} lang=${lang} currency=${currency}></feilun-curves>`,
      figure: (result) => ({ figure: { chart: CHARTS[view.chart], result }, options: { curves: state.curves && [...state.curves] } }),
      table: (result) => cohortRows(context, result, view),
    })}
    ${membersPanel(context)}
    ${intervalPanel(context)}
  `;
}
