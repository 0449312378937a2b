// How long customers wait until they buy again, and what that says about the periods to look at.
//
// In: the purchase intervals under the filter. Out: a panel with the quarters, the granularity they suggest, and from when on a customer sleeps.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { PurchaseIntervals } from "feilun";
import type { Context } from "../context.ts";
import { intervalRows } from "../tables.ts";
import { definitionFold } from "./definition.ts";
import { csvButton, definitionButton } from "./exports.ts";
import { queryError } from "./panel.ts";

function suggestion(context: Context, { granularity }: PurchaseIntervals): TemplateResult | typeof nothing {
  const { app, state, t, term } = context;
  if (granularity === null) return nothing;
  const unit = term(`granularity.${granularity}`);
  if (granularity === state.view.granularity) return html`<p>${t("intervals.fits", { unit })}</p>`;
  return html`<p>${t("intervals.suggests", { unit })} <button type="button" class="button small" data-action="suggested-granularity" @click=${() => app.switchTo({ granularity })}>${t("intervals.use", { unit })}</button></p>`;
}

function answer(context: Context, table: PurchaseIntervals): TemplateResult {
  const { format, t } = context;
  const days = (value: number | null): string => (value === null ? "—" : format.unit(value, "days"));
  const fact = (label: string, value: string): TemplateResult => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`
    <dl class="top-shares">
      ${fact(t("intervals.returning"), t("intervals.of", { n: format.count(table.nReturning), of: format.count(table.nCustomers) }))}
      ${fact(t("intervals.p25"), days(table.p25Days))} ${fact(t("intervals.p50"), days(table.p50Days))} ${fact(t("intervals.p80"), days(table.p80Days))}
      ${table.dormantFromDays === null ? nothing : fact(t("intervals.dormant"), t("intervals.dormant_days", { from: days(table.dormantFromDays), until: days(table.dormantUntilDays) }))}
    </dl>
    ${suggestion(context, table)}
    ${table.lowN ? html`<p class="muted">${context.term("chart.low_n")}</p>` : nothing}`;
}

/** The panel. */
export function intervalPanel(context: Context): TemplateResult {
  const { app, named, t } = context;
  const query = app.intervals;
  const { result } = query;
  return html`<section class="card panel" id="panel-intervals" aria-labelledby="panel-intervals-title" aria-busy=${query.pending ? "true" : "false"}>
    <header class="panel-head">
      <h2 id="panel-intervals-title">${t("intervals.title")}</h2>
      ${result ? html`<div class="exports" role="group" aria-label=${t("export.title")}>${csvButton(context, "intervals", result.definition, () => intervalRows(context, result))} ${definitionButton(context, "intervals", result.definition)}</div>` : nothing}
    </header>
    ${result ? html`<p class="definition">${named(result.definition.text)}</p>` : nothing}
    ${query.error ? queryError(context, query) : result ? answer(context, result) : html`<div class="skeleton" aria-hidden="true"></div>`}
    ${result ? html`<footer class="panel-foot">${definitionFold(context, result.definition)}</footer>` : nothing}
  </section>`;
}
