// The switches of the page: a few choices side by side, many in a list.
//
// In: a switch of the view and the names of its choices. Out: native radio buttons or a native select, so that keyboard and screen readers work as everywhere.

import type { Granularity } from "feilun";
import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { capitalised } from "../format.ts";
import { icon } from "./icons.ts";
import { CHOICES, isWritten } from "../view.ts";
import type { Choice, Switch, View, Written } from "../view.ts";

type Names<S extends Switch> = (choice: Choice<S>) => string;

/** Which choices there are, and why one of them cannot be taken now. */
interface Limits<S extends Switch> {
  readonly offered?: (choice: Choice<S>) => boolean;
  readonly why?: (choice: Choice<S>) => string;
  /** Choices of the data, after those of the switch. */
  readonly also?: readonly Choice<S>[];
  /** The choice that stands for what is set, where that is another. */
  readonly taken?: Choice<S> | undefined;
  /** The switches a choice brings along. */
  readonly brings?: (choice: Choice<S>) => Partial<View>;
}

function choicesOf<S extends Switch>(name: S): readonly Choice<S>[] {
  return CHOICES[name];
}

function current<S extends Switch>(context: Context, name: S): Choice<S> {
  return context.state.view[name];
}

/** Few choices, all visible. */
export function segmented<S extends Switch>(context: Context, name: S, label: string, names: Names<S>, { offered = () => true }: Limits<S> = {}): TemplateResult {
  return html`<div class="control" role="radiogroup" aria-label=${label}>
    <span class="control-label" aria-hidden="true">${label}</span>
    <div class="segmented">
      ${choicesOf(name).filter(offered).map(
        (choice) => html`<label class="segment">
          <input
            type="radio"
            name=${name}
            value=${choice}
            .checked=${current(context, name) === choice}
            @change=${() => context.app.switchTo({ [name]: choice })}
          />
          <span>${capitalised(names(choice))}</span>
        </label>`,
      )}
    </div>
  </div>`;
}

/** Many choices in a native list: those `offered`, and of these not the ones that `why` has a reason against. */
export function listed<S extends Switch>(context: Context, name: S, label: string, names: Names<S>, { offered = () => true, why = () => "", also = [], taken = current(context, name), brings = () => ({}) }: Limits<S> = {}): TemplateResult {
  const written = (choice: Choice<S>): string => (why(choice) === "" ? names(choice) : `${names(choice)} (${why(choice)})`);
  return html`<label class="control">
    <span class="control-label">${label}</span>
    <select
      name=${name}
      @change=${(event: Event) => {
        const choice = (event.target as HTMLSelectElement).value as Choice<S>;
        context.app.switchTo({ ...brings(choice), [name]: choice });
      }}
    >
      ${[...choicesOf(name), ...also].filter(offered).map((choice) => html`<option value=${choice} ?selected=${taken === choice} ?disabled=${why(choice) !== ""}>${capitalised(written(choice))}</option>`)}
    </select>
  </label>`;
}

/** A day, or none. */
export function dated(context: Context, name: "cohortsFrom" | "cohortsUntil", label: string): TemplateResult {
  const { app, state } = context;
  const { dataStart, completeUntil } = state.opened!.dataset.summary;
  const day = current(context, name);
  return html`<label class="control">
    <span class="control-label">${label}</span>
    <input
      type="date" name=${name} min=${dataStart} max=${completeUntil} .value=${day === "open" ? "" : day}
      @change=${(event: Event) => app.switchTo({ [name]: (event.target as HTMLInputElement).value || "open" })}
    />
  </label>`;
}

/** Numbers of a switch, each with its own label; what they must be is said where they are not. */
export function numbers(context: Context, name: Exclude<Written, "segments">, label: string, labels: readonly string[], rule: string, scale = 1): TemplateResult {
  const values = current(context, name).split(",").map(Number);
  const changed = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    const fields = [...field.closest("fieldset")!.querySelectorAll("input")];
    const text = values.map((value, idx) => (fields[idx] ? Math.round(fields[idx].valueAsNumber * scale) : value)).join(",");
    for (const each of fields) each.setCustomValidity("");
    field.setCustomValidity(isWritten(name, text) ? "" : rule);
    if (field.reportValidity()) context.app.switchTo({ [name]: text });
  };
  return html`<fieldset class="control numbers">
    <legend class="control-label">${label}</legend>
    ${labels.map((each, idx) => html`<label><span class="control-label">${each}</span><input type="number" name=${`${name}-${idx}`} step=${1 / scale} .value=${String(values[idx]! / scale)} @change=${changed} /></label>`)}
  </fieldset>`;
}

/** Whether orders without net are purchases, and, where weeks are shown, with which day they begin. */
export function basics(context: Context, granularity: Granularity): TemplateResult {
  const { t } = context;
  return html`
    ${listed(context, "countZero", t("control.count_zero"), (choice) => t(`control.count_zero.${choice}`))}
    ${granularity === "week" ? weekStart(context) : nothing}
  `;
}

/** The first day of weeks. */
export function weekStart(context: Context): TemplateResult {
  return listed(context, "weekStart", context.t("control.week_start"), (choice) => context.term(WEEK_STARTS[choice]));
}

const WEEK_STARTS = { 0: "weekday.monday", 5: "weekday.saturday", 6: "weekday.sunday" } as const;

/** The lesser switches of a panel, folded away. */
export function more(context: Context, controls: TemplateResult): TemplateResult {
  const { app, state, t } = context;
  return html`<details class="more" ?open=${state.moreControls} @toggle=${(event: Event) => app.update({ moreControls: (event.target as HTMLDetailsElement).open })}>
    <summary class="button quiet small">${t("control.more")}${icon("chevron")}</summary>
    <div class="controls">${controls}</div>
  </details>`;
}
