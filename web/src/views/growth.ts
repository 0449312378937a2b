// The growth page: where each period's customers and revenue come from, and where they go.
//
// In: the growth table of the switches. Out: key figures of the last complete period, the bars.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { GrowthPeriod, GrowthSlice, GrowthTable } from "feilun";
import { ENTITY_COLUMNS, nameOfDimension } from "../context.ts";
import type { Context } from "../context.ts";
import { linkedKeys } from "../linked.ts";
import { growthRows, growthSliceRows } from "../tables.ts";
import { comparisonPanel } from "./comparison.ts";
import { basics, listed, more, segmented } from "./controls.ts";
import { howHead } from "./explain.ts";
import { csvButton } from "./exports.ts";
import { figureRow } from "./figures.ts";
import type { Figure } from "./figures.ts";
import { membersPanel } from "./members.ts";
import { panelView } from "./panel.ts";
import { sparkline } from "./sparkline.ts";

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

/** The labels of most customers that have a row; all are in the CSV. */
const ROWS = 12;

function sliceRow(context: Context, { label, periods }: Pick<GrowthSlice, "label" | "periods">, name = label ?? context.term("slice.none")): TemplateResult {
  const { format, t, term } = context;
  const complete = periods.filter(({ period }) => period.complete);
  const last = complete.at(-1);
  const number = (text: string): TemplateResult => html`<td class="number">${text}</td>`;
  return html`<tr>
    <th scope="row">${name}</th>
    ${(["active", "new", "resurrected", "churned"] as const).map((id) => number(format.count(last?.counts[id])))}
    ${number(format.unit(last?.quickRatio ?? null, "ratio"))} ${number(format.percent(last?.retentionRate))} ${number(format.money(last?.revenue.reportedNet))}
    <td>${sparkline(complete.map(({ counts }) => counts.active), `${t("step.trend")}: ${term("growth.active")}, ${name}`)}</td>
  </tr>`;
}

/** The last complete period of each label. */
function slicesPanel(context: Context, table: GrowthTable | null): TemplateResult | typeof nothing {
  const { t, term, format } = context;
  if (!table || table.slices.length === 0) return nothing;
  const { definition, slices, periods } = table;
  const last = periods.filter(({ period }) => period.complete).at(-1);
  const active = ({ periods }: GrowthSlice): number => periods.filter(({ period }) => period.complete).at(-1)?.counts.active ?? 0;
  const shown = slices.toSorted((a, b) => active(b) - active(a)).slice(0, ROWS);
  return html`<section class="card panel" id="panel-growth-slices" aria-labelledby="growth-slices-title">
    <header class="panel-head">
      <h2 id="growth-slices-title">${t("growth.slices", { period: last?.period.label ?? "—" })}</h2>
      <div class="exports">${csvButton(context, "growth-slices", definition, () => growthSliceRows(context, table))}</div>
    </header>
    <div class="table-scroll" tabindex="0" role="group" aria-labelledby="growth-slices-title">
      <table class="data-table">
        <thead>
          <tr>
            <th scope="col">${t("csv.slice")}</th>
            ${(["active", "new", "resurrected", "churned", "quick_ratio"] as const).map((id) => howHead(context, term(`growth.${id}`), `growth.${id}`, definition))}
            ${howHead(context, t("growth.retention"), "retained_rate", definition)} ${howHead(context, t("figure.net"), "growth.net", definition)}
            <th scope="col">${t("growth.active_trend")}</th>
          </tr>
        </thead>
        <tbody>${sliceRow(context, { label: null, periods }, t("csv.all"))} ${shown.map((slice) => sliceRow(context, slice))}</tbody>
      </table>
    </div>
    ${slices.length > ROWS ? html`<p class="muted">${t("segment.slices.largest", { n: format.count(ROWS) })}</p>` : nothing}
  </section>`;
}

/** The growth page. */
export function growthPage(context: Context): TemplateResult {
  const { app, lang, state, t, term } = context;
  const { view, opened } = state;
  const sliced = app.sliceBy("growthSlice");
  const controls = html`
    ${segmented(context, "growthGranularity", t("control.granularity"), (choice) => term(`granularity.${choice}`))}
    ${listed(context, "growthSlice", t("control.slice"), (choice) => (choice === "none" ? t("control.slice.none") : nameOfDimension(context, choice)), { offered: (choice) => choice === "none" || app.hasColumn(choice), why: (choice) => (choice !== "none" && choice === ENTITY_COLUMNS[view.growthEntity] ? t("control.slice.is_entity") : "") })}
    ${sliced === null ? nothing : listed(context, "growthSliceRule", t("control.slice_rule"), (choice) => term(`slice.${choice}`))}
    ${segmented(context, "growthUnit", t("control.growth_unit"), (choice) => t(`control.growth_unit.${choice}`))}
    ${more(context, html`
      ${listed(context, "growthWindow", t("control.growth_window"), (choice) => t(`control.growth_window.${choice}`))}
      ${listed(context, "growthEntity", t("control.entity"), (choice) => term(`entity.${choice}`), { offered: (choice) => choice === "customer" || app.hasColumn(ENTITY_COLUMNS[choice]), why: (choice) => (ENTITY_COLUMNS[choice] === sliced ? t("control.entity.is_slice") : "") })}
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
        html`<feilun-growth heading="none" theme=${context.scheme} .selected=${linkedKeys(context.app)} .result=${result} lang=${lang} currency=${opened?.draft.currency ?? ""} growth-unit=${view.growthUnit}></feilun-growth>`,
      figure: (result) => ({ figure: { chart: "growth_bars", result }, options: { growthUnit: view.growthUnit } }),
      table: (result) => growthRows(context, result),
    })}
    ${membersPanel(context)}
    ${slicesPanel(context, app.growth.result)}
    ${comparisonPanel(context, { growth: app.growth.result })}
  `;
}
