// The overview: one look at the whole business.
//
// In: the answers of every page. Out: each step of the flywheel with its change, what changed in the last complete period, where the loop leaks, and how far the data carry.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { FlywheelStep, FlywheelTable, GrowthTable, RfmTable, StepHeadroom } from "feilun";
import { checksOf } from "../checks.ts";
import { nameOfDimension } from "../context.ts";
import type { Context } from "../context.ts";
import type { Page } from "../view.ts";
import { changeText, comparison } from "./comparison.ts";
import { listed } from "./controls.ts";
import { definitionFold } from "./definition.ts";
import { howButton, howHead } from "./explain.ts";
import { figureRow } from "./figures.ts";
import type { Figure } from "./figures.ts";
import { howOf, needsText } from "./flywheel.ts";
import { icon } from "./icons.ts";
import type { AnyQuery } from "./panel.ts";
import { queryError } from "./panel.ts";
import { howOfSegment } from "./rfm.ts";
import { sparkline } from "./sparkline.ts";

/** Segments whose customers are about to be lost, under any preset that has them. */
const LEAKING_SEGMENTS: readonly string[] = ["at_risk", "cannot_lose", "almost_lost", "about_to_sleep", "important_win_back"];

function linkTo(context: Context, page: Page): TemplateResult {
  const { app, t } = context;
  return html`<button type="button" class="button quiet small" data-to=${page} @click=${() => app.turnTo(page)}>${t("overview.to", { page: t(`page.${page}`) })}</button>`;
}

/** The last two mature points of a step. */
function lastTwo({ series }: FlywheelStep): { now: number | null; before: number | null; label: string } {
  const mature = series.filter((point) => point.mature);
  const [before, now] = [mature[mature.length - 2], mature[mature.length - 1]];
  return { now: now?.value ?? null, before: before?.value ?? null, label: before?.period.label ?? "" };
}

function stepTile(context: Context, table: FlywheelTable, step: FlywheelStep, idx: number): TemplateResult {
  const { named, t, format } = context;
  const { headline } = step;
  const missing = headline.status === "needs_table";
  const { now, before, label } = lastTwo(step);
  return html`<li class="card step ${missing ? "is-missing" : ""} ${table.bottleneck.step === step.id ? "is-bottleneck" : ""}">
    <header>
      <span class="step-number" aria-hidden="true">${idx + 1}</span>
      <h3>${named(step.name)}</h3>
      ${table.bottleneck.step === step.id ? html`<span class="badge tone-proxy">${t("overview.bottleneck")}</span>` : nothing}
    </header>
    <div>
      <p class="step-name">${named(headline.name)}${missing ? nothing : howButton(context, howOf(context, headline, table.definition))}</p>
      <div class="step-line">
        <p class="step-value">${format.unit(headline.value, headline.unit)}</p>
        ${sparkline(step.series.map((point) => (point.mature ? point.value : null)), `${t("step.trend")}: ${named(headline.name)}`)}
      </div>
      <p class="muted step-basis">
        ${missing
          ? needsText(context, headline)
          : headline.value === null
            ? t(`status.${headline.status}`)
            : html`${headline.period ? html`<span>${headline.period}</span>` : nothing}
              ${before === null ? nothing : html`<span>${t("overview.against", { period: label })} ${changeText(context, now, before, headline.unit)}</span>`}`}
      </p>
    </div>
  </li>`;
}

function steps(context: Context, table: FlywheelTable): TemplateResult {
  const { t } = context;
  return html`<section class="step-cards" aria-labelledby="overview-steps-title">
    <div class="section-head"><h2 id="overview-steps-title">${t("step.cards")}</h2>${linkTo(context, "flywheel")}</div>
    <ol>${table.steps.map((step, idx) => stepTile(context, table, step, idx))}</ol>
  </section>`;
}

const skeleton = html`<div class="skeleton card-skeleton" aria-hidden="true"></div>`;

/** A card of the overview: waiting, failed, or with its answer. */
function card<Result extends { definition: { orders: number } }>(
  context: Context, id: string, title: string, page: Page, query: AnyQuery<Result>, content: (result: Result) => TemplateResult,
): TemplateResult {
  const { result, error } = query;
  return html`<section class="card panel" id=${`overview-${id}`} aria-labelledby=${`overview-${id}-title`}>
    <header class="panel-head"><h2 id=${`overview-${id}-title`}>${title}</h2>${linkTo(context, page)}</header>
    ${error ? queryError(context, query) : result === null ? skeleton : content(result)}
  </section>`;
}

function changes(context: Context, table: GrowthTable): TemplateResult {
  const { flywheel } = context.app;
  if (flywheel.result === null && flywheel.error === null) return skeleton;
  return html`${comparison(context, "overview-changes-title", { growth: table, flywheel: flywheel.result })}
    <div class="panel-foot">${definitionFold(context, table.definition)}</div>`;
}

function headroomRow(context: Context, table: FlywheelTable, headroom: StepHeadroom): TemplateResult {
  const { named, t, format } = context;
  const step = table.steps.find(({ id }) => id === headroom.id);
  if (!step) return html``;
  const { unit } = step.headline;
  return html`<tr class=${table.bottleneck.step === headroom.id ? "is-strong" : ""}>
    <th scope="row">${named(step.name)}${howButton(context, howOf(context, step.headline, table.definition))}${table.bottleneck.step === headroom.id ? html` <span class="badge tone-proxy">${t("overview.bottleneck")}</span>` : nothing}</th>
    <td class="number">${format.unit(headroom.now, unit)}</td>
    <td class="number">${format.unit(headroom.best, unit)}${headroom.bestPeriod ? html` <span class="muted part">${headroom.bestPeriod}</span>` : nothing}</td>
    <td class="number">${format.unit(headroom.gainThen, "ratio")}</td>
  </tr>`;
}

function leaks(context: Context, table: FlywheelTable): TemplateResult {
  const { app, t, named } = context;
  const worst = table.steps.find(({ id }) => id === table.bottleneck.step);
  const best = table.bottleneck.mode === "slices" ? t("overview.best_slices", { name: nameOfDimension(context, context.state.view.leakBy) }) : t("overview.own_best");
  return html`<div class="controls">${listed(context, "leakBy", t("overview.leak_by"), (choice) => (choice === "none" ? t("overview.own_best") : t("overview.best_slices", { name: nameOfDimension(context, choice) })), { offered: (choice) => choice === "none" || app.hasColumn(choice) })}</div>
    <p class="definition">${worst ? t("overview.leak", { step: named(worst.name), best }) : t("overview.no_leak", { best })}</p>
    <div class="table-scroll" tabindex="0" role="group" aria-labelledby="overview-leaks-title">
      <table class="data-table is-narrow">
        <thead>
          <tr><th scope="col">${t("csv.step")}</th><th scope="col" class="number">${t("overview.now")}</th>${howHead(context, t("overview.best"), "headroom.best", table.definition)}${howHead(context, t("overview.gain_then"), "gain_then", table.definition)}</tr>
        </thead>
        <tbody>${table.bottleneck.steps.map((headroom) => headroomRow(context, table, headroom))}</tbody>
      </table>
    </div>
    <div class="panel-foot">${definitionFold(context, table.definition)}</div>`;
}

function atRisk(context: Context, table: RfmTable): TemplateResult {
  const { t, named, format } = context;
  const found = table.segments.filter(({ id, nCustomers }) => LEAKING_SEGMENTS.includes(id) && nCustomers > 0);
  if (found.length === 0) return html`<p class="muted">${t("overview.none_at_risk")}</p>`;
  return html`<dl class="facts">
      ${found.map((segment) => html`<div>
        <dt>${named(segment.name)}${howButton(context, howOfSegment(context, table, segment))}</dt>
        <dd><strong>${format.count(segment.nCustomers)}</strong> <span class="muted">${t("figure.of_net", { share: format.percent(segment.netShare) })}</span></dd>
      </div>`)}
    </dl>
    <div class="panel-foot">${definitionFold(context, table.definition)}</div>`;
}

function quality(context: Context): TemplateResult {
  const { app, state, t, format } = context;
  const { report } = state.opened!.dataset.summary;
  const aside = report.rowsRead - report.rowsUsed;
  const checks = checksOf(context);
  const failed = checks.filter(({ holds }) => !holds).length;
  const missing = (app.flywheel.result?.steps ?? []).filter(({ headline }) => headline.status === "needs_table").length;
  const line = (label: string, value: unknown): TemplateResult => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<section class="card panel" id="overview-quality" aria-labelledby="overview-quality-title">
    <header class="panel-head"><h2 id="overview-quality-title">${t("overview.quality")}</h2>${linkTo(context, "data")}</header>
    <dl class="facts">
      ${line(t("data.rows_used"), html`${format.count(report.rowsUsed)} <span class="muted">${report.rowsRead === 0 ? "" : format.percent(report.rowsUsed / report.rowsRead, 2)}</span>`)}
      ${line(t("data.rows_aside"), html`${format.count(aside)} <span class="muted">${format.list(report.setAside.slice(0, 2).map(({ reason, rows }) => `${t(`reason.${reason}`)} ${format.count(rows)}`))}</span>`)}
      ${line(t("data.anonymous"), format.count(report.anonymousOrders))} ${line(t("overview.steps_missing"), format.count(missing))}
      ${line(
        t("data.checks"),
        failed === 0
          ? html`<span class="match is-good">${icon("check")}${t("overview.checks_hold", { n: format.count(checks.length) })}</span>`
          : html`<span class="match is-bad">${icon("warn")}${t("overview.checks_fail", { n: format.count(failed) })}</span>`,
      )}
    </dl>
  </section>`;
}

/** The overview. */
export function overviewPage(context: Context): TemplateResult {
  const { app, t, format } = context;
  const [growth, flywheel] = [app.growth.result, app.flywheel.result];
  const last = growth?.periods.filter(({ period }) => period.complete).at(-1);
  const loop = (label: string, metric: FlywheelTable["gain"] | undefined): Figure => ({
    label,
    value: metric ? format.unit(metric.value, metric.unit) : null,
    note: !metric ? "" : metric.value === null ? needsText(context, metric) || t(`status.${metric.status}`) : (metric.period ?? ""),
    how: metric && flywheel ? howOf(context, metric, flywheel.definition) : undefined,
  });
  const ofPeriod = last?.period.label ?? "";
  const how = (id: string): Figure["how"] => (growth && last ? { by: [id], basis: [ofPeriod], definition: growth.definition } : undefined);
  return html`
    ${figureRow(context, t("page.overview"), [
      { label: t("figure.net"), value: growth && format.shortMoney(last?.revenue.reportedNet), full: format.money(last?.revenue.reportedNet), note: ofPeriod, how: how("growth.net") },
      { label: context.term("growth.active"), value: growth && format.short(last?.counts.active), full: format.count(last?.counts.active), note: ofPeriod, how: how("growth.active") },
      { label: t("growth.retention"), value: growth && format.percent(last?.retentionRate), note: ofPeriod, how: how("retained_rate") },
      loop(t("figure.gain"), flywheel?.gain),
      loop(t("figure.cycle"), flywheel?.cycleTime),
    ])}
    ${flywheel && flywheel.definition.orders > 0 ? steps(context, flywheel) : nothing}
    <div class="split">
      ${card(context, "changes", t("overview.changes"), "growth", app.growth, (result) => changes(context, result))}
      ${card(context, "leaks", t("overview.leaks"), "flywheel", app.flywheel, (result) => leaks(context, result))}
      ${card(context, "risk", t("overview.risk"), "rfm", app.rfm, (result) => atRisk(context, result))} ${quality(context)}
    </div>
  `;
}
