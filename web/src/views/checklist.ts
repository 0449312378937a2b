// A list of labels to tick, behind a button: searchable where it is long.
//
// In: the labels and which are ticked. Out: a menu; what is typed in its search box is kept in the state.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { icon } from "./icons.ts";

/** From so many labels on the list has a search box. */
const SEARCH_FROM = 9;

/** A list to tick. */
export interface Checklist {
  readonly key: string;
  readonly name: string;
  /** What is ticked, in a few words. */
  readonly value: string;
  readonly labels: readonly string[];
  /** A label as it is shown. */
  readonly shown: (label: string) => string;
  readonly kept: ReadonlySet<string>;
  readonly toggle: (label: string) => void;
  /** Buttons below the list. */
  readonly foot: TemplateResult;
}

/** The menu. */
export function checklist(context: Context, { key, name, value, labels, shown, kept, toggle, foot }: Checklist): TemplateResult {
  const { app, state, t } = context;
  const typed = state.search[key] ?? "";
  const search = typed.trim().toLocaleLowerCase();
  const found = labels.filter((label) => shown(label).toLocaleLowerCase().includes(search));
  return html`<details class="menu" data-menu=${key}>
    <summary class="button quiet">
      <span>${name}</span>
      <span class="menu-value">${value}</span>
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
            .value=${typed}
            @input=${(event: Event) => app.update({ search: { ...state.search, [key]: (event.target as HTMLInputElement).value } })}
          />`}
      <fieldset class="menu-list">
        <legend class="visually-hidden">${name}</legend>
        ${found.map(
          (label) => html`<label class="menu-item">
            <input type="checkbox" .checked=${kept.has(label)} @change=${() => toggle(label)} />
            <span>${shown(label)}</span>
          </label>`,
        )}
        ${found.length === 0 ? html`<p class="muted">${t("filter.no_match")}</p>` : nothing}
      </fieldset>
      <div class="menu-foot">${foot}</div>
    </div>
  </details>`;
}
