// The flywheel page: six steps from store experience to referral, each with its number or with what is missing for it.
//
// In: the flywheel table. Out: gain and cycle time, the ring, a card per step, waits, claims and costs.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Definition, FlywheelStep, FlywheelTable, Metric, StepPoint, Unit } from "feilun";
import type { Context } from "../context.ts";
import type { Explained } from "../explained.ts";
import { linkedKeys } from "../linked.ts";
import { flywheelRows } from "../tables.ts";
import { comparisonPanel } from "./comparison.ts";
import { listed, more, numbers, segmented, weekStart } from "./controls.ts";
import { howButton } from "./explain.ts";
import { figureRow } from "./figures.ts";
import type { Figure } from "./figures.ts";
import { claimPanel, costPanel, lagPanel } from "./loop.ts";
import { panelView } from "./panel.ts";
import { sparkline } from "./sparkline.ts";

/** The waits that the days of the chain bound, in its order. */
const HORIZONS = ["metric.lag_join", "metric.lag_touch", "metric.lag_order", "metric.lag_invite", "metric.lag_buy"] as const;

const ON_A_VALUE: readonly Metric["status"][] = ["ok", "proxy"];

/** The tables or columns any of which would do. */
function alternatives(needs: string): string[] {
  return needs.split("|").map((name) => name.trim());
}

export function needsText(context: Context, metric: Metric): string {
  const { t } = context;
  if (metric.needs === null) return "";
  const named = alternatives(metric.needs).map((name) => t(name.includes(".") ? "step.column" : "step.table", { name }));
  return t("step.needs", { needs: named.join(t("list.or")) });
}

/** Why there is no value, or what to know about it. */
export function noteOf(context: Context, metric: Metric): string {
  return metric.status === "needs_table" ? needsText(context, metric) : metric.note ? context.named(metric.note) : "";
}

function keyFigures(context: Context, table: FlywheelTable | null): Figure[] {
  const { t, term, format } = context;
  const acceleration = table?.momentum.acceleration;
  const figure = (label: string, note: string, metric: Metric | undefined): Figure => ({
    label,
    value: metric ? format.unit(metric.value, metric.unit) : null,
    note: metric && metric.value === null ? noteOf(context, metric) || context.t(`status.${metric.status}`) : note,
    how: metric && table ? howOf(context, metric, table.definition) : undefined,
  });
  const withData = table?.steps.filter((step) => ON_A_VALUE.includes(step.headline.status)).length;
  return [
    figure(t("figure.gain"), t("figure.gain.text"), table?.gain),
    figure(t("figure.cycle"), t("figure.cycle.text"), table?.cycleTime),
    figure(term("metric.momentum"), acceleration ? t("figure.momentum.text", { change: format.unit(acceleration.value, acceleration.unit) }) : "", table?.momentum.index),
    { label: t("figure.steps"), value: withData === undefined ? null : `${format.count(withData)} / ${format.count(table?.steps.length)}` },
  ];
}

/** The period, the counts and the interval a value rests on. */
export function basis(context: Context, metric: Metric): string[] {
  const { t, format } = context;
  const parts: string[] = [];
  if (metric.period) parts.push(metric.period);
  if (metric.num !== null && metric.den !== null) parts.push(t("step.fraction", { num: metric.unit === "minor" ? format.money(metric.num) : format.count(metric.num), den: format.count(metric.den) }));
  if (metric.interval) parts.push(`95% ${format.unit(metric.interval.low, metric.unit)} – ${format.unit(metric.interval.high, metric.unit)}`);
  return parts;
}

/** How a metric was computed, by its name or another. */
export function howOf(context: Context, metric: Metric, definition: Definition, name = context.named(metric.name)): Explained {
  return { name, value: context.format.unit(metric.value, metric.unit), by: [metric.id], basis: [...basis(context, metric), noteOf(context, metric)].filter(Boolean), definition };
}

function otherMetric(context: Context, metric: Metric, definition: Definition): TemplateResult {
  const { named, t, format } = context;
  const known = metric.value !== null;
  const why = metric.needs === null ? t(`status.${metric.status}`) : t("step.needs_short", { needs: alternatives(metric.needs).join(` ${t("list.or").trim()} `) });
  return html`<div class=${known ? "" : "is-unknown"}>
    <dt>${named(metric.name)}${known ? howButton(context, howOf(context, metric, definition)) : nothing}</dt>
    <dd title=${known ? format.list(basis(context, metric)) : nothing}>${known ? format.unit(metric.value, metric.unit) : why}</dd>
  </div>`;
}

/** The values over time, those not due yet left out. */
export function trend({ format, t }: Context, unit: Unit, series: readonly StepPoint[]): ReturnType<typeof sparkline> {
  const known = series.filter((point) => point.value !== null);
  const [first, last] = [known[0], known.at(-1)];
  const described = first && last ? `${t("step.trend")}: ${first.period.label} ${format.unit(first.value, unit)} → ${last.period.label} ${format.unit(last.value, unit)}` : "";
  return sparkline(series.map((point) => point.value), described);
}

function stepCard(context: Context, { definition, momentum }: FlywheelTable, step: FlywheelStep, idx: number): TemplateResult {
  const { named, t, format } = context;
  const { headline } = step;
  const missing = headline.status === "needs_table";
  const turning = momentum.steps.find(({ id }) => id === step.id)?.index;
  const metrics = [...(turning && turning.value !== null ? [turning] : []), ...step.metrics];
  return html`<li class="card step ${missing ? "is-missing" : ""}" id=${`step-${step.id}`}>
    <header>
      <span class="step-number" aria-hidden="true">${idx + 1}</span>
      <h3>${named(step.name)}</h3>
      ${headline.status === "ok" ? nothing : html`<span class="badge tone-${headline.status}">${t(`status.${headline.status}`)}</span>`}
    </header>
    <div class="step-headline">
      <p class="step-name">${named(headline.name)}${missing ? nothing : howButton(context, howOf(context, headline, definition))}</p>
      <div class="step-line">
        <p class="step-value">${format.unit(headline.value, headline.unit)}</p>
        ${trend(context, headline.unit, step.series)}
      </div>
      <p class="muted step-basis">${missing ? needsText(context, headline) : basis(context, headline).map((part) => html`<span>${part}</span>`)}</p>
      ${headline.note && !missing ? html`<p class="muted step-basis">${named(headline.note)}</p>` : nothing}
    </div>
    ${metrics.length > 0 ? html`<dl class="step-metrics">${metrics.map((metric) => otherMetric(context, metric, definition))}</dl>` : nothing}
  </li>`;
}

/** The flywheel page. */
export function flywheelPage(context: Context): TemplateResult {
  const { app, lang, state, t, term } = context;
  const table = app.flywheel.result;
  const currency = state.opened?.draft.currency ?? "";
  return html`
    ${figureRow(context, t("page.flywheel"), keyFigures(context, table))}
    ${panelView(context, {
      id: "flywheel",
      title: term("chart.flywheel"),
      query: app.flywheel,
      controls: html`
        ${segmented(context, "loopGranularity", t("control.granularity"), (choice) => term(`granularity.${choice}`))}
        ${listed(context, "attribution", t("control.attribution"), (choice) => t("control.attribution.days", { n: choice }))}
        ${state.view.loopGranularity === "week" ? weekStart(context) : nothing}
        ${more(context, html`
          ${listed(context, "momentumBase", t("control.momentum_base"), (choice) => t(`control.momentum_base.${choice}`))}
          ${numbers(context, "horizons", t("control.horizons"), HORIZONS.map((id) => term(id)), t("control.numbers.days"))}
          ${numbers(context, "stepWeights", t("control.step_weights"), table?.steps.map(({ name }) => context.named(name)) ?? [], t("control.numbers.weights"))}
        `)}
      `,
      chart: (result) => html`<feilun-flywheel heading="none" theme=${context.scheme} .selected=${linkedKeys(context.app)} .result=${result} lang=${lang} currency=${currency}></feilun-flywheel>`,
      figure: (result) => ({ figure: { chart: "flywheel_ring", result } }),
      table: (result) => flywheelRows(context, result),
    })}
    ${table && table.definition.orders > 0
      ? html`<section class="step-cards" aria-labelledby="steps-title">
          <h2 id="steps-title" class="visually-hidden">${t("step.cards")}</h2>
          <ol>${table.steps.map((step, idx) => stepCard(context, table, step, idx))}</ol>
        </section>`
      : nothing}
    ${comparisonPanel(context, { flywheel: table })}
    ${lagPanel(context)} ${claimPanel(context)} ${costPanel(context)}
  `;
}
