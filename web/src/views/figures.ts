// Key figures: a few large numbers over a page.
//
// In: labels, values and a line of what each rests on. Out: a row of tiles; a value not known yet keeps its place.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import type { Explained } from "../explained.ts";
import { howButton } from "./explain.ts";

/** One large number. */
export interface Figure {
  readonly label: string;
  /** `null` while it is being computed. */
  readonly value: string | null;
  readonly note?: string;
  /** The number in full, where `value` is short. */
  readonly full?: string;
  /** How it was computed. */
  readonly how?: Omit<Explained, "name" | "value"> | undefined;
}

/** A row of large numbers. */
export function figureRow(context: Context, title: string, figures: readonly Figure[]): TemplateResult {
  return html`<section class="figures" aria-label=${title}>
    <dl>
      ${figures.map(
        ({ label, value, note, full, how }) => html`<div class="figure">
          <dt>${label}${how && value !== null ? howButton(context, { name: label, value: full || value, ...how }) : nothing}</dt>
          ${value === null
            ? html`<dd class="figure-value skeleton" aria-hidden="true"></dd>`
            : html`<dd class="figure-value" title=${full && full !== value ? full : nothing}>${value}</dd>`}
          ${note ? html`<dd class="figure-note">${note}</dd>` : nothing}
        </div>`,
      )}
    </dl>
  </section>`;
}
