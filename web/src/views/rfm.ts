// The RFM page: segments of customers by recency, frequency and money.
//
// In: the RFM table of the switches. Out: key figures, the grid, the ranges behind the scores and the segments.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { RfmSegment, RfmTable, ScoreAxis } from "feilun";
import type { Context } from "../context.ts";
import type { Explained } from "../explained.ts";
import { linkedKeys } from "../linked.ts";
import { segmentsOf, textOf } from "../segments.ts";
import { gridRows, segmentRows } from "../tables.ts";
import { columnOf } from "../roles.ts";
import { concentrationPanel } from "./concentration.ts";
import { basics, listed, more, numbers, segmented } from "./controls.ts";
import { howHead } from "./explain.ts";
import { csvButton } from "./exports.ts";
import { figureRow } from "./figures.ts";
import type { Figure } from "./figures.ts";
import { membersButton, membersPanel } from "./members.ts";
import { migrationPanel } from "./migration.ts";
import { firstSegments, ownSegments } from "./own_segments.ts";
import { panelView } from "./panel.ts";
import { segmentSlicesPanel } from "./slices.ts";

/** The segments whose share stands over the page: the best, and the ones about to be lost; where a preset has no such, the two of most net. */
const KEY_SEGMENTS = ["champions", "at_risk"] as const;

function keyFigures(context: Context, table: RfmTable | null): Figure[] {
  const { named, t, term, format } = context;
  const how = (...by: string[]): Figure["how"] => (table ? { by, definition: table.definition } : undefined);
  const scored = table?.segments.filter((segment) => segment.scored) ?? [];
  const known = KEY_SEGMENTS.every((id) => scored.length === 0 || scored.some((segment) => segment.id === id));
  const ids = known ? KEY_SEGMENTS : scored.toSorted((a, b) => b.netMinor - a.netMinor).slice(0, KEY_SEGMENTS.length).map(({ id }) => id);
  const segments = ids.map((id) => {
    const segment = scored.find((each) => each.id === id);
    return {
      label: segment ? named(segment.name) : term(`segment.${id as (typeof KEY_SEGMENTS)[number]}`),
      value: table && format.short(segment?.nCustomers ?? null),
      full: format.count(segment?.nCustomers),
      note: segment ? format.list([t("figure.of_customers", { share: format.percent(segment.share) }), t("figure.of_net", { share: format.percent(segment.netShare) })]) : "",
      how: table && segment ? howOfSegment(context, table, segment) : undefined,
    };
  });
  return [
    { label: t("figure.scored"), value: table && format.short(table.nCustomers), full: format.count(table?.nCustomers), how: how("rfm.scored") },
    { label: t("figure.net"), value: table && format.shortMoney(table.netMinor), full: format.money(table?.netMinor), how: how("rfm.net") },
    ...segments,
  ];
}

/** How the numbers of a segment were computed. */
export function howOfSegment({ format, named, t }: Context, { definition, nCustomers, netMinor }: RfmTable, segment: RfmSegment): Explained {
  return {
    name: named(segment.name),
    value: format.count(segment.nCustomers),
    by: ["rfm.customers", "rfm.share", "rfm.net_share"],
    basis: [
      `${t("segment.share")}: ${format.count(segment.nCustomers)} / ${format.count(nCustomers)} = ${format.percent(segment.share)}`,
      `${t("segment.net_share")}: ${format.money(segment.netMinor)} / ${format.money(netMinor)} = ${format.percent(segment.netShare)}`,
    ],
    definition,
  };
}

function shareBar(context: Context, share: number | null): TemplateResult {
  if (share === null) return html`<span class="muted">—</span>`;
  const width = `${(Math.min(Math.max(share, 0), 1) * 100).toFixed(1)}%`;
  return html`<span class="share"><svg class="share-bar" aria-hidden="true"><rect width="100%" height="100%"></rect><rect class="share-fill" width=${width} height="100%"></rect></svg><span>${context.format.percent(share)}</span></span>`;
}

function segmentRow(context: Context, segment: RfmSegment): TemplateResult {
  const { named, t, format } = context;
  if (!segment.scored) {
    return html`<tr class="is-unscored">
      <th scope="row">${named(segment.name)}</th>
      <td class="number">${format.count(segment.nCustomers)}</td>
      <td colspan="7" class="muted">${t("segment.unscored")}</td>
    </tr>`;
  }
  return html`<tr>
    <th scope="row">${named(segment.name)}</th>
    <td class="number">${membersButton(context, { segment: segment.id }, format.count(segment.nCustomers), t("members.show_name", { name: `${named(segment.name)} ${format.count(segment.nCustomers)}` }))}</td>
    <td>${shareBar(context, segment.share)}</td>
    <td class="number">${format.money(segment.netMinor)}</td>
    <td>${shareBar(context, segment.netShare)}</td>
    <td class="number">${format.money(segment.aovMinor)}</td>
    <td class="number">${format.count(segment.medianRecencyDays, 1)}</td>
    <td class="number">${format.count(segment.meanFrequency, 1)}</td>
    <td class="number">${format.money(segment.meanMonetaryMinor)}</td>
  </tr>`;
}

function segmentTable(context: Context, table: RfmTable): TemplateResult {
  const { t, term, format } = context;
  const number = (name: string, by: string): TemplateResult => howHead(context, name, by, table.definition);
  return html`<section class="card panel" aria-labelledby="segments-title">
    <header class="panel-head">
      <h2 id="segments-title">${t("segment.table")}</h2>
      <div class="exports">${csvButton(context, "segments", table.definition, () => segmentRows(context, table))}</div>
    </header>
    <div class="table-scroll" tabindex="0" role="group" aria-labelledby="segments-title">
      <table class="data-table">
        <thead>
          <tr>
            <th scope="col">${t("segment.name")}</th>
            ${number(t("figure.customers"), "rfm.customers")} ${number(t("segment.share"), "rfm.share")} ${number(t("figure.net"), "rfm.net")} ${number(t("segment.net_share"), "rfm.net_share")}
            ${number(term("measure.aov"), "rfm.aov")} ${number(t("segment.recency"), "rfm.recency")} ${number(t("segment.frequency"), "rfm.frequency")} ${number(t("segment.monetary"), "rfm.monetary")}
          </tr>
        </thead>
        <tbody>${table.segments.map((segment) => segmentRow(context, segment))}</tbody>
        <tfoot>
          <tr>
            <th scope="row">${t("segment.total")}</th>
            <td class="number">${membersButton(context, { all: true }, format.count(table.nCustomers), t("members.show_name", { name: `${t("segment.total")} ${format.count(table.nCustomers)}` }))}</td>
            <td></td>
            <td class="number">${format.money(table.netMinor)}</td>
            <td colspan="5"></td>
          </tr>
        </tfoot>
      </table>
    </div>
  </section>`;
}

function scoreRanges(context: Context, table: RfmTable): TemplateResult {
  const { t, format } = context;
  const axes: readonly { name: string; axis: ScoreAxis; write: (value: number) => string }[] = [
    { name: t("score.recency"), axis: table.recency, write: (value) => format.count(value) },
    { name: t("score.frequency"), axis: table.frequency, write: (value) => format.count(value) },
    { name: t("score.monetary"), axis: table.monetary, write: (value) => format.money(value) },
  ];
  const range = (min: number | null, max: number | null, write: (value: number) => string): string => {
    if (min === null || max === null) return "—";
    return min === max ? write(min) : `${write(min)} – ${write(max)}`;
  };
  return html`<section class="card panel scores" aria-labelledby="scores-title">
    <header class="panel-head"><h2 id="scores-title">${t("score.title")}</h2></header>
    <p class="definition">${t("score.text")}</p>
    <div class="score-axes">
      ${axes.map(
        ({ name, axis, write }) => html`<table class="data-table compact">
          <caption>${name}</caption>
          <thead><tr><th scope="col">${t("score.score")}</th><th scope="col" class="number">${t("score.range")}</th><th scope="col" class="number">${t("figure.customers")}</th></tr></thead>
          <tbody>
            ${[...axis.groups].reverse().map(
              (group) => html`<tr>
                <th scope="row">${group.score}</th>
                <td class="number">${range(group.min, group.max, write)}</td>
                <td class="number">${format.count(group.nCustomers)}</td>
              </tr>`,
            )}
          </tbody>
          ${axis.degenerate ? html`<tfoot><tr><td colspan="3" class="muted">${t("score.degenerate")}</td></tr></tfoot>` : nothing}
        </table>`,
      )}
    </div>
  </section>`;
}

/** The thresholds of scores 2 and up, of every axis that has its own. */
function thresholds(context: Context): TemplateResult {
  const { state, t } = context;
  const { bins, recencyMode, frequencyMode, monetaryMode } = state.view;
  const labels = Array.from({ length: Number(bins) - 1 }, (_, idx) => t("score.from", { n: String(idx + 2) }));
  return html`
    ${recencyMode === "fixed" ? numbers(context, "recencyLimits", t("control.recency_limits"), labels, t("control.numbers.descend")) : nothing}
    ${frequencyMode === "fixed" ? numbers(context, "frequencyThresholds", t("control.frequency_thresholds"), labels, t("control.numbers.from_two")) : nothing}
    ${monetaryMode === "fixed" ? numbers(context, "monetaryThresholds", t("control.monetary_thresholds"), labels, t("control.numbers.ascend"), 100) : nothing}
  `;
}

/** The RFM page. */
export function rfmPage(context: Context): TemplateResult {
  const { app, lang, state, t } = context;
  const { view, opened } = state;
  const table = app.rfm.result;
  const hasCosts = columnOf(opened!.dataset.summary.report.mapping, "cost") !== null;
  const own = segmentsOf(view.segments);
  const controls = html`
    ${listed(context, "preset", t("control.preset"), (choice) => t(`control.preset.${choice}`), { brings: (choice) => (choice === "custom" && own === null ? { segments: textOf(firstSegments(context)) } : {}) })}
    ${listed(context, "rfmWindow", t("control.rfm_window"), (choice) => (choice === "all" ? t("control.rfm_window.all") : t("control.rfm_window.days", { n: choice })))}
    ${segmented(context, "gridValue", t("control.grid_value"), (choice) => t(`control.grid_value.${choice}`))}
    ${more(context, html`
      ${view.preset === "cn8" ? listed(context, "cn8By", t("control.cn8_by"), (choice) => t(`control.cn8_by.${choice}`)) : nothing}
      ${listed(context, "bins", t("control.bins"), (choice) => t("control.bins.n", { n: choice }), { why: (choice) => (choice !== "5" && view.preset !== "cn8" ? t("control.needs", { name: t("control.preset.cn8") }) : "") })}
      ${listed(context, "recencyMode", t("control.recency_mode"), (mode) => t(`score.mode.${mode}`))}
      ${listed(context, "frequencyMode", t("control.frequency_mode"), (mode) => t(`score.mode.${mode}`))}
      ${listed(context, "frequency", t("control.frequency"), (choice) => t(`control.frequency.${choice}`))}
      ${listed(context, "monetaryMode", t("control.monetary_mode"), (mode) => t(`score.mode.${mode}`))}
      ${listed(context, "monetary", t("control.monetary"), (choice) => t(`control.monetary.${choice}`), { offered: (choice) => choice !== "margin" || hasCosts })}
      ${basics(context, "month")} ${thresholds(context)}
    `)}
    ${view.preset === "custom" && own ? ownSegments(context, own) : nothing}
  `;
  const shown = table !== null && table.definition.orders > 0;
  return html`
    ${figureRow(context, t("page.rfm"), keyFigures(context, table))}
    ${panelView(context, {
      id: "rfm",
      title: context.term("chart.rfm_grid"),
      query: app.rfm,
      controls,
      chart: (result) =>
        html`<feilun-rfm heading="none" theme=${context.scheme} .selected=${linkedKeys(context.app)} .result=${result} lang=${lang} currency=${opened?.draft.currency ?? ""} grid-value=${view.gridValue}></feilun-rfm>`,
      figure: (result) => ({ figure: { chart: "rfm_grid", result }, options: { gridValue: view.gridValue } }),
      table: (result) => gridRows(context, result),
    })}
    ${membersPanel(context)}
    ${shown ? segmentTable(context, table) : nothing}
    ${shown ? segmentSlicesPanel(context, table) : nothing}
    ${migrationPanel(context)} ${concentrationPanel(context)}
    ${shown ? scoreRanges(context, table) : nothing}
  `;
}
