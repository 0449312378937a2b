// The filters: a range of days, a searchable list for each dimension, and a chip for everything chosen.
//
// In: the labels of the dataset and the filter in force. Out: changes of the filter. A dimension the file does not have shows nothing. On a phone the
// lists are behind one button; what is chosen is in sight.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { DatasetSummary } from "feilun";
import { nameOfDimension } from "../context.ts";
import type { Context } from "../context.ts";
import { checklist } from "./checklist.ts";
import { icon } from "./icons.ts";

/** More chips than this are summed up in one. */
const CHIPS_MAX = 6;

type Dimension = DatasetSummary["dimensions"][number];

/** The dimensions with something to choose from. */
function dimensions(context: Context): readonly Dimension[] {
  return (context.state.opened?.dataset.summary.dimensions ?? []).filter(({ labels }) => labels.length > 1);
}

function chosen(context: Context, key: string): readonly string[] {
  return context.state.filter.only?.[key] ?? [];
}

function shown(context: Context, label: string): string {
  return label === "" ? context.t("filter.unnamed") : label;
}

function toggle(context: Context, key: string, label: string): void {
  const kept = chosen(context, key);
  context.app.filterBy(key, kept.includes(label) ? kept.filter((other) => other !== label) : [...kept, label]);
}

function picker(context: Context, { key, labels }: Dimension): TemplateResult {
  const { app, t, format } = context;
  const kept = new Set(chosen(context, key));
  return checklist(context, {
    key,
    name: nameOfDimension(context, key),
    value: kept.size === 0 ? t("filter.all") : t("filter.count", { n: format.count(kept.size) }),
    labels,
    shown: (label) => shown(context, label),
    kept,
    toggle: (label) => toggle(context, key, label),
    foot: html`<button type="button" class="button quiet small" ?disabled=${kept.size === 0} @click=${() => app.filterBy(key, [])}>${t("filter.clear")}</button>`,
  });
}

function chips(context: Context, key: string): TemplateResult[] {
  const { app, t, format } = context;
  const kept = chosen(context, key);
  const name = nameOfDimension(context, key);
  const chip = (text: string, remove: () => void): TemplateResult => html`<li>
    <button type="button" class="chip" aria-label=${t("filter.remove", { name: text })} @click=${remove}>
      <span>${text}</span>${icon("close")}
    </button>
  </li>`;
  if (kept.length > CHIPS_MAX) return [chip(`${name} ${t("filter.count", { n: format.count(kept.length) })}`, () => app.filterBy(key, []))];
  return kept.map((label) => chip(`${name} ${shown(context, label)}`, () => toggle(context, key, label)));
}

function days(context: Context): TemplateResult {
  const { app, state, t } = context;
  const { dataStart, completeUntil } = state.opened!.dataset.summary;
  const field = (end: "from" | "until"): TemplateResult => html`<label class="menu-date">
    <span>${t(`filter.${end}`)}</span>
    <input type="date" name=${end} min=${dataStart} max=${completeUntil} .value=${state.filter[end] ?? ""} @change=${(event: Event) => app.filterDays(end, (event.target as HTMLInputElement).value)} />
  </label>`;
  const { from, until } = state.filter;
  return html`<details class="menu" data-menu="days">
    <summary class="button quiet">
      <span>${t("filter.period")}</span>
      <span class="menu-value">${from || until ? daysText(context) : t("filter.all")}</span>
      ${icon("chevron")}
    </summary>
    <div class="menu-panel">${field("from")} ${field("until")}</div>
  </details>`;
}

function daysText({ state, format }: Context): string {
  const { from, until } = state.filter;
  return `${from ? format.date(from) : ""} – ${until ? format.date(until) : ""}`.trim();
}

/** Whether orders are left out by a filter. */
export function isFiltered(context: Context): boolean {
  const { from, until, only } = context.state.filter;
  return Boolean(from || until) || Object.keys(only ?? {}).length > 0;
}

/** The filter in words. */
export function filterText(context: Context): string {
  const { from, until, only } = context.state.filter;
  const labels = Object.entries(only ?? {}).map(([key, kept]) => {
    const named = kept.length > CHIPS_MAX ? context.t("filter.count", { n: context.format.count(kept.length) }) : context.format.list(kept.map((label) => shown(context, label)));
    return `${nameOfDimension(context, key)} ${named}`;
  });
  return [...(from || until ? [daysText(context)] : []), ...labels].join(context.lang === "zh" ? "；" : "; ");
}

/** The bar of filters over a page. */
export function filterBar(context: Context): TemplateResult {
  const { app, state, t, format } = context;
  const { from, until, only } = state.filter;
  const chosen = Object.keys(only ?? {}).length + (from || until ? 1 : 0);
  const clearDays = (): void => {
    app.filterDays("from", "");
    app.filterDays("until", "");
  };
  return html`<section class="filters" aria-label=${t("filter.title")}>
    <button type="button" class="button filters-toggle" aria-expanded=${state.showFilters} @click=${() => app.update({ showFilters: !state.showFilters })}>
      ${icon("filter")}<span>${t("filter.title")}</span>
      <span class="menu-value">${chosen === 0 ? t("filter.all") : t("filter.count", { n: format.count(chosen) })}</span>
      ${icon("chevron")}
    </button>
    <div class="filter-menus">${days(context)} ${dimensions(context).map((dimension) => picker(context, dimension))}</div>
    ${isFiltered(context)
      ? html`<ul class="chips">
            ${from || until
              ? html`<li>
                  <button type="button" class="chip" aria-label=${t("filter.remove", { name: daysText(context) })} @click=${clearDays}><span>${daysText(context)}</span>${icon("close")}</button>
                </li>`
              : nothing}
            ${Object.keys(only ?? {}).map((key) => chips(context, key))}
          </ul>
          <button type="button" class="button quiet small" @click=${() => app.clearFilters()}>${t("filter.clear_all")}</button>
          <p class="muted filter-note">${t("filter.note")}</p>`
      : nothing}
  </section>`;
}
