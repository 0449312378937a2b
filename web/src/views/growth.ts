// The growth page: where each period's customers and revenue come from, and where they go.
//
// In: the growth table of the switches. Out: key figures of the last complete period, the bars.

import { html } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { GrowthPeriod, GrowthTable } from "feilun";
import { ENTITY_COLUMNS } from "../context.ts";
import type { Context } from "../context.ts";
import { growthRows } from "../tables.ts";
import { comparisonPanel } from "./comparison.ts";
import { basics, listed, more, segmented } from "./controls.ts";
import { figureRow } from "./figures.ts";
import type { Figure } from "./figures.ts";
import { panelView } from "./panel.ts";
import { selectHandler } from "./select.ts";

function keyFigures(context: Context, table: GrowthTable | null): Figure[] {
  const { state, t, term, format } = context;
  const complete = table?.periods.filter((period) => period.period.complete) ?? [];
  const last = complete[complete.length - 1];
  const before = complete[complete.length - 2];
  const figure = (by: string, label: string, read: (period: GrowthPeriod) => number | null, write: (value: number | null) => string): Figure => ({
    label,
    value: table && (last ? write(read(last)) : "—"),
    note: before ? t("figure.before", { value: write(read(before)) }) : "",
    how: table && last ? { by: [by], basis: [last.period.label], definition: table.definition } : undefined,
  });
  const count = (value: number | null): string => format.short(value);
  const money = (value: number | null): string => format.shortMoney(value);
  const ratio = (value: number | null): string => format.unit(value, "ratio");
  const revenue = state.view.growthUnit === "revenue";
  return [
    { label: t("figure.period"), value: table && (last?.period.label ?? "—"), note: t("figure.period.text") },
    ...(revenue
      ? [
          figure("growth.net", t("figure.net"), (period) => period.revenue.reportedNet, money),
          figure("growth.new", term("growth.new"), (period) => period.revenue.new, money),
          figure("growth.churned", term("growth.churned"), (period) => period.revenue.churned, money),
          figure("growth.revenue_quick_ratio", term("growth.quick_ratio"), (period) => period.revenueQuickRatio, ratio),
        ]
      : [
          figure("growth.active", term("growth.active"), (period) => period.counts.active, count),
          figure("growth.new", term("growth.new"), (period) => period.counts.new, count),
          figure("retained_rate", t("growth.retention"), (period) => period.retentionRate, (value) => format.percent(value)),
          figure("growth.quick_ratio", term("growth.quick_ratio"), (period) => period.quickRatio, ratio),
        ]),
  ];
}

/** The growth page. */
export function growthPage(context: Context): TemplateResult {
  const { app, lang, state, t, term } = context;
  const { view, opened } = state;
  const controls = html`
    ${segmented(context, "growthGranularity", t("control.granularity"), (choice) => term(`granularity.${choice}`))}
    ${segmented(context, "growthUnit", t("control.growth_unit"), (choice) => t(`control.growth_unit.${choice}`))}
    ${more(context, html`
      ${listed(context, "growthWindow", t("control.growth_window"), (choice) => t(`control.growth_window.${choice}`))}
      ${listed(context, "growthEntity", t("control.entity"), (choice) => term(`entity.${choice}`), { offered: (choice) => choice === "customer" || app.hasColumn(ENTITY_COLUMNS[choice]) })}
      ${basics(context, view.growthGranularity)}
    `)}
  `;
  return html`
    ${figureRow(context, t("page.growth"), keyFigures(context, app.growth.result))}
    ${panelView(context, {
      id: "growth",
      title: term("growth.chart"),
      query: app.growth,
      controls,
      chart: (result) =>
        html`<feilun-growth heading="none" theme=${context.scheme} .result=${result} lang=${lang} currency=${opened?.draft.currency ?? ""} growth-unit=${view.growthUnit} @feilun-select=${selectHandler(context)}></feilun-growth>`,
      figure: (result) => ({ figure: { chart: "growth_bars", result }, options: { growthUnit: view.growthUnit } }),
      table: (result) => growthRows(context, result),
    })}
    ${comparisonPanel(context, { growth: app.growth.result })}
  `;
}
