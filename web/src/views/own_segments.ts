// The editor of one's own segments: a row per box of scores, tried from above; whoever is in none belongs to the rest.
//
// In: the segments of the view. Out: native fields; every change is a view of its own, in the address and under undo.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { AXES, BINS, MOST_BOXES, isName, textOf } from "../segments.ts";
import type { Box, OwnSegments, Span } from "../segments.ts";
import { icon } from "./icons.ts";

const SCORES = Array.from({ length: BINS }, (_, idx) => idx + 1);
const EVERY: Span = [1, BINS];

/** What one begins with: the best, those about to be lost, the new. */
export function firstSegments({ t }: Pick<Context, "t">): OwnSegments {
  return {
    boxes: [
      { name: t("own.best"), r: [4, BINS], f: [4, BINS], m: [4, BINS] },
      { name: t("own.leaving"), r: [1, 2], f: [3, BINS], m: EVERY },
      { name: t("own.new"), r: [4, BINS], f: [1, 1], m: EVERY },
    ],
    rest: t("own.rest"),
  };
}

function nameField(context: Context, label: string, name: string, apply: (name: string) => void): TemplateResult {
  const changed = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    field.setCustomValidity(isName(field.value) ? "" : context.t("own.name_taken"));
    if (field.reportValidity()) apply(field.value);
  };
  return html`<input type="text" maxlength="40" aria-label=${label} .value=${name} @change=${changed} />`;
}

/** The editor. */
export function ownSegments(context: Context, own: OwnSegments): TemplateResult {
  const { app, t, format } = context;
  const { boxes } = own;
  const apply = (change: Partial<OwnSegments>): void => app.switchTo({ segments: textOf({ ...own, ...change }) });
  const put = (idx: number, change: Partial<Box>): void => apply({ boxes: boxes.map((box, at) => (at === idx ? { ...box, ...change } : box)) });
  const swap = (idx: number): void => apply({ boxes: boxes.map((box, at) => (at === idx ? boxes[idx - 1]! : at === idx - 1 ? boxes[idx]! : box)) });
  const end = (idx: number, axis: (typeof AXES)[number], place: 0 | 1): TemplateResult => {
    const [low, high] = boxes[idx]![axis];
    const changed = (event: Event): void => {
      const score = Number((event.target as HTMLSelectElement).value);
      // The other end goes along, so that there is always a score between them.
      put(idx, { [axis]: place === 0 ? [score, Math.max(score, high)] : [Math.min(score, low), score] });
    };
    return html`<select aria-label=${t(place === 0 ? "own.from" : "own.to", { axis: axis.toUpperCase(), n: format.count(idx + 1) })} @change=${changed}>
      ${SCORES.map((score) => html`<option value=${score} ?selected=${score === (place === 0 ? low : high)}>${score}</option>`)}
    </select>`;
  };
  const tool = (name: "up" | "close", label: string, able: boolean, run: () => void): TemplateResult =>
    html`<button type="button" class="button quiet small icon-only" aria-label=${label} title=${label} ?disabled=${!able} @click=${run}>${icon(name)}</button>`;
  return html`<fieldset class="own-segments">
    <legend class="control-label">${t("own.title")}</legend>
    <div class="table-scroll">
      <table class="data-table compact">
        <thead><tr><th scope="col">${t("segment.name")}</th>${AXES.map((axis) => html`<th scope="col">${axis.toUpperCase()}</th>`)}<td></td></tr></thead>
        <tbody>
          ${boxes.map((box, idx) => html`<tr>
            <td>${nameField(context, t("own.name", { n: format.count(idx + 1) }), box.name, (name) => put(idx, { name }))}</td>
            ${AXES.map((axis) => html`<td><span class="own-span">${end(idx, axis, 0)}–${end(idx, axis, 1)}</span></td>`)}
            <td><span class="own-span">${tool("up", t("own.up", { name: box.name }), idx > 0, () => swap(idx))}${tool("close", t("own.remove", { name: box.name }), true, () => apply({ boxes: boxes.filter((_, at) => at !== idx) }))}</span></td>
          </tr>`)}
          <tr>
            <td>${nameField(context, t("own.rest_name"), own.rest, (rest) => apply({ rest }))}</td>
            <td colspan="4" class="muted">${t("own.rest_text")}</td>
          </tr>
        </tbody>
      </table>
    </div>
    ${boxes.length < MOST_BOXES ? html`<button type="button" class="button small" @click=${() => apply({ boxes: [...boxes, { name: t("own.more", { n: format.count(boxes.length + 1) }), r: EVERY, f: EVERY, m: EVERY }] })}>${t("own.add")}</button>` : nothing}
  </fieldset>`;
}
