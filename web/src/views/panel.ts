// A panel: a question, its answer as a chart, how it was computed, and a way to take it along.
//
// In: a query and how to show its result. Out: the same frame for every state: waiting, computed, being recomputed (the old picture stays), empty, failed.

import type { Definition, DrawOptions, Figure, Mark } from "feilun";
import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { explain, isEmpty, isLost } from "../errors.ts";
import type { Latest } from "../latest.ts";
import { wantedOf } from "../members.ts";
import type { Table } from "../tables.ts";
import { definitionFold } from "./definition.ts";
import { csvButton, definitionButton, pictureButtons } from "./exports.ts";
import { filterText, isFiltered } from "./filters.ts";
import { icon } from "./icons.ts";
import { isListed, membersButton } from "./members.ts";

/** What a panel needs of its query. */
export type AnyQuery<Result> = Pick<Latest<never, Result>, "result" | "error" | "pending" | "retry">;

/** A panel. */
export interface Panel<Result extends { definition: Definition }> {
  readonly id: string;
  readonly title: string;
  readonly query: AnyQuery<Result>;
  readonly controls?: TemplateResult;
  readonly chart: (result: Result) => TemplateResult;
  /** What the export draws, and with which options. */
  readonly figure: (result: Result) => { figure: Figure; options?: DrawOptions };
  /** Whether a panel above has said how the same query was computed. */
  readonly repeats?: boolean;
  /** The result as a table to export. */
  readonly table: (result: Result) => Table;
}

function emptyState(context: Context): TemplateResult {
  const { app, t } = context;
  const filtered = isFiltered(context);
  return html`<div class="empty">
    <p class="empty-title">${t("empty.title")}</p>
    <p class="muted">${filtered ? t("empty.text", { filter: filterText(context) }) : t("empty.window")}</p>
    ${filtered ? html`<button type="button" class="button" @click=${() => app.clearFilters()}>${t("filter.clear_all")}</button>` : nothing}
  </div>`;
}

/** Why a query has no answer, and what to do. */
export function queryError(context: Context, query: Pick<Latest<never, unknown>, "error" | "retry">): TemplateResult {
  if (isEmpty(query.error)) return emptyState(context);
  const { app, state, t } = context;
  const { advice, detail } = explain(query.error);
  const retry = isLost(query.error)
    ? html`<button type="button" class="button small" @click=${() => void app.load(state.opened!)}>${t("error.reopen")}</button>`
    : html`<button type="button" class="button small" @click=${() => query.retry()}>${t("error.retry")}</button>`;
  return html`<div class="panel-error" role="alert">
    ${icon("warn")}
    <div>
      <p>${t(advice)}</p>
      <p class="detail"><span class="muted">${t("error.detail")}</span> <code lang="en">${detail}</code></p>
    </div>
    ${retry}
  </div>`;
}

function selection(context: Context, panel: string): TemplateResult {
  const { app, state, t } = context;
  const { selected } = state;
  if (selected?.panel !== panel) return html`<p class="selection is-hint muted">${t("select.hint")}</p>`;
  const wanted = wantedOf(selected.mark.key);
  return html`<div class="selection">
    <p class="selection-title"><span class="muted">${t("select.title")}</span> <strong>${selected.mark.label}</strong></p>
    <dl>${selected.mark.details.map(({ name, value }) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${isListed(context, wanted) ? membersButton(context, wanted, t("members.show"), t("members.show_name", { name: selected.mark.label })) : nothing}
    <button type="button" class="button quiet small icon-only" aria-label=${t("select.clear")} @click=${() => app.update({ selected: null })}>${icon("close")}</button>
  </div>`;
}

/** Draws a panel. */
export function panelView<Result extends { definition: Definition }>(context: Context, panel: Panel<Result>): TemplateResult {
  const { query } = panel;
  const { result } = query;
  const empty = result !== null && result.definition.orders === 0;
  return html`<section class="card panel" id=${`panel-${panel.id}`} aria-labelledby=${`panel-${panel.id}-title`} aria-busy=${query.pending ? "true" : "false"}>
    <header class="panel-head">
      <h2 id=${`panel-${panel.id}-title`}>${panel.title}</h2>
      ${result && !empty
        ? html`<div class="exports" role="group" aria-label=${context.t("export.title")}>
            ${csvButton(context, panel.id, result.definition, () => panel.table(result))}
            ${pictureButtons(context, panel.id, result.definition, () => panel.figure(result))} ${definitionButton(context, panel.id, result.definition)}
          </div>`
        : nothing}
    </header>
    ${panel.repeats ? nothing : result ? html`<p class="definition">${context.named(result.definition.text)}</p>` : query.error ? nothing : html`<p class="definition skeleton" aria-hidden="true"></p>`}
    ${panel.controls ? html`<div class="controls">${panel.controls}</div>` : nothing}
    <div class="panel-body" @feilun-select=${({ detail }: CustomEvent<{ mark: Mark }>) => context.app.update({ selected: { panel: panel.id, mark: detail.mark } })}>
      ${query.error ? queryError(context, query) : nothing}
      ${result === null ? (query.error ? nothing : html`<div class="skeleton chart-skeleton" aria-hidden="true"></div>`) : nothing}
      ${result === null || isEmpty(query.error) ? nothing : empty ? emptyState(context) : html`${panel.chart(result)} ${selection(context, panel.id)}`}
    </div>
    ${result ? html`<footer class="panel-foot">${definitionFold(context, result.definition)}</footer>` : nothing}
  </section>`;
}
