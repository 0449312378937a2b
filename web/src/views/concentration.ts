// How much of the net the best have: of customers, staff, leaders or stores.
//
// In: the concentration of the RFM window. Out: a panel with the Lorenz curve.

import type { ConcentrationTable } from "feilun";
import { html } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { ENTITY_COLUMNS } from "../context.ts";
import { linkedKeys } from "../linked.ts";
import { concentrationRows } from "../tables.ts";
import { listed } from "./controls.ts";
import { howButton } from "./explain.ts";
import { panelView } from "./panel.ts";

/** The panel. */
export function concentrationPanel(context: Context): TemplateResult {
  const { app, format, lang, state, t, term } = context;
  const share = (name: string, value: string, by: string, { definition }: ConcentrationTable): TemplateResult =>
    html`<div><dt>${name}${howButton(context, { name, value, by: [by], definition })}</dt><dd>${value}</dd></div>`;
  return panelView(context, {
    id: "concentration",
    title: term("chart.concentration"),
    query: app.concentration,
    controls: listed(context, "concentrationOf", t("control.concentration_of"), (entity) => term(`entity.${entity}`), { offered: (entity) => entity === "customer" || app.hasColumn(ENTITY_COLUMNS[entity]) }),
    chart: (result) => html`
      <dl class="top-shares">
        ${share(t("concentration.gini"), format.count(result.gini, 2), "concentration.gini", result)}
        ${result.top.map(({ percent, nEntities, netShare }) => html`${share(t("concentration.top", { percent: format.count(percent), n: format.count(nEntities) }), format.percent(netShare), "concentration.top", result)}`)}
      </dl>
      <feilun-concentration heading="none" theme=${context.scheme} .selected=${linkedKeys(context.app)} .result=${result} lang=${lang} currency=${state.opened?.draft.currency ?? ""}></feilun-concentration>`,
    figure: (result) => ({ figure: { chart: "lorenz_curve", result } }),
    table: (result) => concentrationRows(context, result),
  });
}
