// The report: a cover and every page one below the other, as it goes on paper (A4 landscape, light, tables in full, definitions open).
//
// In: the answers of all pages. Out: the report on screen with a way to print it; the print rules in pages.css do the rest.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { CHOICES } from "../view.ts";
import type { Page } from "../view.ts";
import { filterText, isFiltered } from "./filters.ts";
import { brandMark, icon } from "./icons.ts";

function cover(context: Context): TemplateResult {
  const { state, t, format } = context;
  const { dataset, source } = state.opened!;
  const { summary } = dataset;
  const line = (label: string, value: string): TemplateResult => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<header class="report-cover">
    <p class="report-brand">${brandMark()}<span>${t("app.title")}</span></p>
    <h1 tabindex="-1">${source.sample ? t(source.sample.title) : source.name}</h1>
    ${source.sample ? html`<p><span class="badge is-sample">${t("sample.badge", { kind: t(source.sample.kind) })}</span></p>` : nothing}
    <dl class="facts">
      ${line(t("report.observed"), t("app.range", { from: format.date(summary.dataStart), to: format.dayBefore(summary.completeUntil) }))}
      ${line(t("figure.orders"), format.count(summary.orders))} ${line(t("figure.customers"), format.count(summary.customers))}
      ${line(t("figure.net"), format.money(summary.netMinor))}
      ${line(t("how.filter"), isFiltered(context) ? filterText(context) : t("how.no_filter"))}
      ${line(t("how.set_aside"), format.count(summary.report.rowsRead - summary.report.rowsUsed))}
      ${line(t("report.made_on"), format.day(new Date()))}
    </dl>
    <ol class="report-contents">${CHOICES.page.map((page) => html`<li>${t(`page.${page}`)} <span class="muted">${t(`page.${page}.lead`)}</span></li>`)}</ol>
    <p class="muted">${t("app.promise")}</p>
  </header>`;
}

/** The report over all pages. */
export function reportView(context: Context, pages: Record<Page, (context: Context) => TemplateResult>): TemplateResult {
  const { app, t } = context;
  return html`<div class="report">
    <div class="report-bar">
      <p class="muted">${t("report.text")}</p>
      <button type="button" class="button primary" data-action="print" @click=${() => print()}>${t("report.print")}</button>
      <button type="button" class="button" data-action="close-report" @click=${() => app.update({ report: false })}>${icon("close")}${t("report.close")}</button>
    </div>
    ${cover(context)}
    ${CHOICES.page.map(
      (page) => html`<section class="report-page" aria-labelledby=${`report-${page}`}>
        <h2 class="report-title" id=${`report-${page}`}>${t(`page.${page}`)}</h2>
        ${pages[page](context)}
      </section>`,
    )}
  </div>`;
}
