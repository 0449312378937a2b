// Store and channel filters: a searchable list each, and a chip for every label kept.
//
// In: the labels of the dataset and the filter in force. Out: changes of the filter. A dimension the file does not have shows nothing.

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Dimension } from "../app.ts";
import type { Context } from "../context.ts";
import type { TextKey } from "../texts.ts";
import { icon } from "./icons.ts";

const NAMES: Record<Dimension, TextKey> = { stores: "filter.store", channels: "filter.channel" };

/** From so many labels on the list has a search box. */
const SEARCH_FROM = 9;

/** More chips than this are summed up in one. */
const CHIPS_MAX = 6;

function labelsOf(context: Context, dimension: Dimension): readonly string[] {
  return context.state.opened?.dataset.summary[dimension] ?? [];
}

function chosen(context: Context, dimension: Dimension): readonly string[] {
  return context.state.filter[dimension] ?? [];
}

function shown(context: Context, label: string): string {
  return label === "" ? context.t("filter.unnamed") : label;
}

function toggle(context: Context, dimension: Dimension, label: string): void {
  const kept = chosen(context, dimension);
  context.app.filterBy(dimension, kept.includes(label) ? kept.filter((other) => other !== label) : [...kept, label]);
}

function picker(context: Context, dimension: Dimension): TemplateResult | typeof nothing {
  const labels = labelsOf(context, dimension);
  if (labels.length === 0) return nothing;
  const { app, state, t, format } = context;
  const kept = new Set(chosen(context, dimension));
  const search = state.search[dimension].trim().toLocaleLowerCase();
  const found = labels.filter((label) => shown(context, label).toLocaleLowerCase().includes(search));
  const name = t(NAMES[dimension]);
  return html`<details class="menu" data-menu>
    <summary class="button quiet">
      <span>${name}</span>
      <span class="menu-value">${kept.size === 0 ? t("filter.all") : t("filter.count", { n: format.count(kept.size) })}</span>
      ${icon("chevron")}
    </summary>
    <div class="menu-panel">
      ${labels.length < SEARCH_FROM
        ? nothing
        : html`<input
            type="search"
            class="menu-search"
            aria-label=${`${t("filter.search")} ${name}`}
            placeholder=${t("filter.search")}
            .value=${state.search[dimension]}
            @input=${(event: Event) => app.update({ search: { ...state.search, [dimension]: (event.target as HTMLInputElement).value } })}
          />`}
      <fieldset class="menu-list">
        <legend class="visually-hidden">${name}</legend>
        ${found.map(
          (label) => html`<label class="menu-item">
            <input type="checkbox" .checked=${kept.has(label)} @change=${() => toggle(context, dimension, label)} />
            <span>${shown(context, label)}</span>
          </label>`,
        )}
        ${found.length === 0 ? html`<p class="muted">${t("filter.no_match")}</p>` : nothing}
      </fieldset>
      <div class="menu-foot">
        <button type="button" class="button quiet small" ?disabled=${kept.size === 0} @click=${() => app.filterBy(dimension, [])}>${t("filter.clear")}</button>
      </div>
    </div>
  </details>`;
}

function chips(context: Context, dimension: Dimension): (TemplateResult | typeof nothing)[] {
  const { app, t, format } = context;
  const kept = chosen(context, dimension);
  const name = t(NAMES[dimension]);
  const chip = (text: string, remove: () => void): TemplateResult => html`<li>
    <button type="button" class="chip" aria-label=${t("filter.remove", { name: text })} @click=${remove}>
      <span>${text}</span>${icon("close")}
    </button>
  </li>`;
  if (kept.length > CHIPS_MAX) return [chip(`${name} ${t("filter.count", { n: format.count(kept.length) })}`, () => app.filterBy(dimension, []))];
  return kept.map((label) => chip(`${name} ${shown(context, label)}`, () => toggle(context, dimension, label)));
}

/** Whether the dataset has a dimension to filter by. */
export function canFilter(context: Context): boolean {
  return labelsOf(context, "stores").length + labelsOf(context, "channels").length > 0;
}

/** Whether orders are left out by a filter. */
export function isFiltered(context: Context): boolean {
  return chosen(context, "stores").length + chosen(context, "channels").length > 0;
}

/** The filter in words. */
export function filterText(context: Context): string {
  const parts = (["stores", "channels"] as const).flatMap((dimension) => {
    const kept = chosen(context, dimension);
    if (kept.length === 0) return [];
    const labels = kept.length > CHIPS_MAX ? context.t("filter.count", { n: context.format.count(kept.length) }) : context.format.list(kept.map((label) => shown(context, label)));
    return [`${context.t(NAMES[dimension])} ${labels}`];
  });
  return parts.join(context.lang === "zh" ? "；" : "; ");
}

/** The bar of filters over a page. */
export function filterBar(context: Context): TemplateResult | typeof nothing {
  if (!canFilter(context)) return nothing;
  const filtered = isFiltered(context);
  return html`<section class="filters" aria-label=${context.t("filter.title")}>
    ${picker(context, "stores")} ${picker(context, "channels")}
    ${filtered
      ? html`<ul class="chips">${chips(context, "stores")} ${chips(context, "channels")}</ul>
          <button type="button" class="button quiet small" @click=${() => context.app.clearFilters()}>${context.t("filter.clear_all")}</button>
          <p class="muted filter-note">${context.t("filter.note")}</p>`
      : nothing}
  </section>`;
}
