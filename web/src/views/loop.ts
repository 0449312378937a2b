// What lies behind the ring: how long each step takes, what a new buyer costs and is worth, and whether growth does what it claims.
//
// In: the flywheel table. Out: a panel for each.

import { html } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { linkedKeys } from "../linked.ts";
import { claimRows, costRows, lagRows } from "../tables.ts";
import { panelView } from "./panel.ts";

/** The waits between the steps. */
export function lagPanel(context: Context): TemplateResult {
  return panelView(context, {
    id: "lags",
    title: context.term("chart.lags"),
    query: context.app.flywheel,
    repeats: true,
    chart: (result) => html`<feilun-lags heading="none" theme=${context.scheme} .selected=${linkedKeys(context.app)} .result=${result} lang=${context.lang}></feilun-lags>`,
    figure: (result) => ({ figure: { chart: "lag_bars", result } }),
    table: (result) => lagRows(context, result),
  });
}

/** Cost and value of each entry cohort. */
export function costPanel(context: Context): TemplateResult {
  const currency = context.state.opened?.draft.currency ?? "";
  return panelView(context, {
    id: "costs",
    title: context.term("chart.costs"),
    query: context.app.flywheel,
    repeats: true,
    chart: (result) => html`<feilun-costs heading="none" theme=${context.scheme} .selected=${linkedKeys(context.app)} .result=${result} lang=${context.lang} currency=${currency}></feilun-costs>`,
    figure: (result) => ({ figure: { chart: "cohort_costs", result } }),
    table: (result) => costRows(context, result),
  });
}

/** Trends and verdicts. */
export function claimPanel(context: Context): TemplateResult {
  const currency = context.state.opened?.draft.currency ?? "";
  return panelView(context, {
    id: "claims",
    title: context.term("chart.claims"),
    query: context.app.flywheel,
    repeats: true,
    chart: (result) => html`<feilun-claims heading="none" theme=${context.scheme} .selected=${linkedKeys(context.app)} .result=${result} lang=${context.lang} currency=${currency}></feilun-claims>`,
    figure: (result) => ({ figure: { chart: "claim_trends", result } }),
    table: (result) => claimRows(context, result),
  });
}
