// How much of the net the best have: of customers, staff, leaders or stores.
//
// In: the concentration of the RFM window. Out: a panel with the Lorenz curve.

import { html } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { ENTITY_COLUMNS } from "../context.ts";
import { concentrationRows } from "../tables.ts";
import { listed } from "./controls.ts";
import { panelView } from "./panel.ts";
import { selectHandler } from "./select.ts";

/** The panel. */
export function concentrationPanel(context: Context): TemplateResult {
  const { app, format, lang, state, t, term } = context;
  return panelView(context, {
    id: "concentration",
    title: term("chart.concentration"),
    query: app.concentration,
    controls: listed(context, "concentrationOf", t("control.concentration_of"), (entity) => term(`entity.${entity}`), { offered: (entity) => entity === "customer" || app.hasColumn(ENTITY_COLUMNS[entity]) }),
    chart: (result) => html`
      <dl class="top-shares">
        <div><dt>${t("concentration.gini")}</dt><dd>${format.count(result.gini, 2)}</dd></div>
        ${result.top.map(({ percent, nEntities, netShare }) => html`<div><dt>${t("concentration.top", { percent: format.count(percent), n: format.count(nEntities) })}</dt><dd>${format.percent(netShare)}</dd></div>`)}
      </dl>
      <feilun-concentration heading="none" theme=${context.scheme} .result=${result} lang=${lang} currency=${state.opened?.draft.currency ?? ""} @feilun-select=${selectHandler(context)}></feilun-concentration>`,
    figure: (result) => ({ figure: { chart: "lorenz_curve", result } }),
    table: (result) => concentrationRows(context, result),
  });
}
