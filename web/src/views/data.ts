// The data page: what was read, what was used, what was set aside, and whether the numbers on screen add up.
//
// In: the summary of the dataset and the results at hand. Out: tables; sums are compared, never made here beyond adding up what is shown.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { BesideOrders, IngestReport, TableReport } from "feilun";
import { checksOf } from "../checks.ts";
import type { Check } from "../checks.ts";
import { nameOfDimension } from "../context.ts";
import type { Context } from "../context.ts";
import { ROLES, columnOf } from "../roles.ts";
import { sizeOf } from "../opening.ts";
import type { Opened } from "../opening.ts";
import { figureRow } from "./figures.ts";
import { icon } from "./icons.ts";
import { localTimeText } from "./definition.ts";

/** Row numbers shown of each reason. */
const EXAMPLES_SHOWN = 5;

function total(parts: readonly { rows: number }[]): number {
  return parts.reduce((sum, part) => sum + part.rows, 0);
}

function rowsPanel(context: Context, report: IngestReport): TemplateResult {
  const { t, format } = context;
  const aside = total(report.setAside);
  const share = (rows: number): string => (report.rowsRead === 0 ? "—" : format.percent(rows / report.rowsRead, 2));
  const row = (label: string, rows: number, examples: string, strong = false): TemplateResult => html`<tr class=${strong ? "is-strong" : ""}>
    <th scope="row">${label}</th>
    <td class="number">${format.count(rows)}</td>
    <td class="number">${share(rows)}</td>
    <td class="muted examples">${examples}</td>
  </tr>`;
  const examplesOf = (rows: readonly number[], of: number): string => {
    const numbers = format.list(rows.slice(0, EXAMPLES_SHOWN).map((each) => format.count(each)));
    return of > EXAMPLES_SHOWN ? t("data.examples_more", { rows: numbers }) : numbers;
  };
  return html`<section class="card panel" aria-labelledby="rows-title">
    <header class="panel-head"><h2 id="rows-title">${t("data.rows")}</h2></header>
    <div class="table-scroll" tabindex="0" role="group" aria-labelledby="rows-title">
      <table class="data-table">
        <thead>
          <tr><th scope="col">${t("data.reason")}</th><th scope="col" class="number">${t("data.count")}</th><th scope="col" class="number">${t("data.share")}</th><th scope="col">${t("data.examples")}</th></tr>
        </thead>
        <tbody>
          ${row(t("data.rows_read"), report.rowsRead, "", true)} ${row(t("data.rows_used"), report.rowsUsed, "")} ${row(t("data.rows_aside"), aside, "")}
          ${report.setAside.map((each) => html`<tr class="is-part">
            <th scope="row">${t(`reason.${each.reason}`)}</th>
            <td class="number">${format.count(each.rows)}</td>
            <td class="number">${share(each.rows)}</td>
            <td class="muted examples">${examplesOf(each.examples, each.rows)}</td>
          </tr>`)}
        </tbody>
      </table>
    </div>
    ${report.setAside.length === 0 ? html`<p class="muted">${t("data.none_aside")}</p>` : nothing}
  </section>`;
}

function tablesPanel(context: Context, tables: readonly TableReport[]): TemplateResult {
  const { app, t, term, format } = context;
  const aside = ({ setAside, ignoredTimes }: TableReport): string => {
    const reasons = setAside.map(({ reason, column, rows }) => `${t(`reason.${reason}`)}${column ? ` (${column})` : ""} ${format.count(rows)}`);
    return [...reasons, ...(ignoredTimes > 0 ? [t("data.ignored_times", { n: format.count(ignoredTimes) })] : [])].join(context.lang === "zh" ? "；" : "; ");
  };
  const row = (report: TableReport): TemplateResult => {
    const name = term(`table.${report.table}`);
    return html`<tr>
      <th scope="row">${name}</th>
      <td class="number">${format.count(report.rowsRead)}</td>
      <td class="number">${format.count(report.rowsUsed)}</td>
      <td class="muted examples">${aside(report) || t("how.no_filter")}</td>
      <td><button type="button" class="button quiet small" aria-label=${t("data.detach_name", { name })} @click=${() => void app.detach(report.table as BesideOrders)}>${t("data.detach")}</button></td>
    </tr>`;
  };
  return html`<section class="card panel" aria-labelledby="beside-title">
    <header class="panel-head"><h2 id="beside-title">${t("data.tables")}</h2></header>
    ${tables.length === 0
      ? nothing
      : html`<div class="table-scroll" tabindex="0" role="group" aria-labelledby="beside-title">
          <table class="data-table">
            <thead>
              <tr><th scope="col">${t("data.table")}</th><th scope="col" class="number">${t("data.rows_read")}</th><th scope="col" class="number">${t("data.rows_used")}</th><th scope="col">${t("data.rows_aside")}</th><td></td></tr>
            </thead>
            <tbody>${tables.map(row)}</tbody>
          </table>
        </div>`}
    <p class="muted">${t("data.tables.text")}</p>
  </section>`;
}

function statusesPanel(context: Context, report: IngestReport): TemplateResult {
  const { t, format } = context;
  return html`<section class="card panel" aria-labelledby="statuses-title">
    <header class="panel-head"><h2 id="statuses-title">${t("data.statuses")}</h2></header>
    ${report.statuses.length === 0
      ? html`<p class="muted">${t("data.no_status")}</p>`
      : html`<table class="data-table">
          <thead><tr><th scope="col">${t("data.status")}</th><th scope="col" class="number">${t("data.count")}</th><th scope="col">${t("data.counted")}</th></tr></thead>
          <tbody>
            ${report.statuses.map(
              ({ status, rows, excluded }) => html`<tr>
                <th scope="row">${status || t("data.empty_status")}</th>
                <td class="number">${format.count(rows)}</td>
                <td>${excluded ? html`<span class="match is-warn">${t("data.excluded")}</span>` : html`<span class="match is-good">${t("data.counted")}</span>`}</td>
              </tr>`,
            )}
          </tbody>
        </table>`}
  </section>`;
}

function columnsPanel(context: Context, opened: Opened, report: IngestReport): TemplateResult {
  const { app, t, term, format } = context;
  const localTime = app.growth.result?.definition.localTime;
  const line = (label: string, value: unknown): TemplateResult => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  const mapped = ROLES.flatMap((role) => (columnOf(report.mapping, role) ? [line(term(`role.${role}`), html`<code>${columnOf(report.mapping, role)}</code>`)] : []));
  const further = report.mapping.dimensions ?? [];
  return html`<section class="card panel" aria-labelledby="columns-title">
    <header class="panel-head">
      <h2 id="columns-title">${t("data.columns")}</h2>
      <button type="button" class="button quiet small" @click=${() => app.remap(opened)}>${icon("columns")}${t("data.change_columns")}</button>
    </header>
    <dl class="facts">
      ${mapped} ${further.length > 0 ? line(t("map.dimensions"), format.list(further)) : nothing}
    </dl>
    <dl class="facts is-second">
      ${line(t("data.local_time"), localTime ? localTimeText(context, localTime) : "—")}
      ${line(t("data.bytes"), t("data.bytes_of", { read: format.bytes(report.bytesRead), total: format.bytes(sizeOf(opened.source)) }))}
      ${line(t("data.rounded"), format.count(report.roundedAmounts))}
      ${report.ignoredValues > 0 ? line(t("data.ignored"), format.count(report.ignoredValues)) : nothing}
      ${line(t("data.anonymous"), report.anonymousOrders > 0 ? t("data.anonymous_net", { n: format.count(report.anonymousOrders), net: format.money(report.anonymousNetMinor) }) : format.count(0))}
      ${line(t("data.pii"), report.piiColumnsIgnored.length > 0 ? format.list(report.piiColumnsIgnored) : t("how.no_filter"))}
    </dl>
  </section>`;
}

function checksPanel(context: Context): TemplateResult {
  const { t, format } = context;
  const verdict = (holds: boolean): TemplateResult =>
    holds ? html`<span class="match is-good">${icon("check")}${t("data.holds")}</span>` : html`<span class="match is-bad">${icon("warn")}${t("data.fails")}</span>`;
  const looked = ({ sides, periods }: Check): TemplateResult => {
    if (sides) return html`<td class="number">${sides[0]}</td><td class="number">${sides[1]}</td>`;
    const { checked, failed } = periods ?? { checked: 0, failed: 0 };
    return html`<td class="number muted" colspan="2">${failed > 0 ? t("data.check.failed", { n: format.count(failed) }) : t("data.check.periods", { n: format.count(checked) })}</td>`;
  };
  return html`<section class="card panel" aria-labelledby="checks-title">
    <header class="panel-head"><h2 id="checks-title">${t("data.checks")}</h2></header>
    <p class="definition">${t("data.checks.text")}</p>
    <div class="table-scroll" tabindex="0" role="group" aria-labelledby="checks-title">
      <table class="data-table">
        <thead>
          <tr><th scope="col">${t("data.check")}</th><th scope="col" class="number">${t("data.left")}</th><th scope="col" class="number">${t("data.right")}</th><th scope="col">${t("data.verdict")}</th></tr>
        </thead>
        <tbody>
          ${checksOf(context).map(
            (check) => html`<tr>
              <th scope="row">${check.id ? html`<span class="muted">${check.id}</span> ` : nothing}${check.text}</th>
              ${looked(check)}
              <td>${verdict(check.holds)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** The data page. */
export function dataPage(context: Context): TemplateResult {
  const { t, format, state } = context;
  const opened = state.opened!;
  const { summary } = opened.dataset;
  const { report } = summary;
  return html`
    ${figureRow(context, t("data.summary"), [
      { label: t("figure.orders"), value: format.short(summary.orders), full: format.count(summary.orders), how: { by: ["data.orders"] } },
      { label: t("figure.customers"), value: format.short(summary.customers), full: format.count(summary.customers), how: { by: ["data.customers"] } },
      { label: t("figure.net"), value: format.shortMoney(summary.netMinor), full: format.money(summary.netMinor), how: { by: ["data.net"] } },
      ...summary.dimensions.slice(0, 2).map(({ key, labels }) => ({ label: nameOfDimension(context, key), value: format.count(labels.length) })),
    ])}
    <div class="split">
      <div class="stack">${rowsPanel(context, report)} ${tablesPanel(context, summary.tables)} ${statusesPanel(context, report)}</div>
      ${columnsPanel(context, opened, report)}
    </div>
    ${checksPanel(context)}
  `;
}
