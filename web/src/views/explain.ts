// "How computed" of a single number: a quiet button beside it, and a dialog with its formula, what it rests on, and the SQL that says the same.
//
// In: a number with the ids of its formulas. Out: the button, and the dialog while one is asked for; the dashboard opens it after drawing.

import type { Definition } from "feilun";
import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { formulasOf } from "../explained.ts";
import type { Explained } from "../explained.ts";
import { sqlOf } from "../sql.ts";
import { definitionFold } from "./definition.ts";
import { icon } from "./icons.ts";

/** The button beside a number. */
export function howButton({ app, t }: Context, explained: Explained): TemplateResult {
  const label = `${t("how.title")}: ${explained.name}`;
  return html`<button type="button" class="how-button" aria-haspopup="dialog" aria-label=${label} title=${t("how.title")} @click=${() => app.update({ explained })}>${icon("info")}</button>`;
}

/** The head of a column of numbers. */
export function howHead(context: Context, name: string, by: string, definition: Definition): TemplateResult {
  return html`<th scope="col" class="number">${name}${howButton(context, { name, value: "", by: [by], definition })}</th>`;
}

/** A file's SQL, folded; its name alone where the page does not carry it. */
export function sqlFold({ t }: Context, path: string): TemplateResult {
  const sql = sqlOf(path);
  if (sql === "") return html`<p class="muted">${t("dictionary.sql")} <code>${path}</code></p>`;
  return html`<details class="entry-sql">
    <summary>${t("dictionary.sql")} <code>${path}</code>${icon("chevron")}</summary>
    <pre tabindex="0" role="group" aria-label=${path}><code>${sql}</code></pre>
  </details>`;
}

/** The dialog, while a number is asked for. */
export function explainDialog(context: Context): TemplateResult | typeof nothing {
  const { app, named, state, t } = context;
  if (!state.explained) return nothing;
  const { name, value, by, basis = [], definition } = state.explained;
  const formulas = formulasOf(by);
  const files = [...new Set(formulas.map(({ sql }) => sql))];
  const outside = (event: Event): void => {
    if (event.target === event.currentTarget) (event.currentTarget as HTMLDialogElement).close();
  };
  return html`<dialog class="dialog explain" aria-labelledby="explain-title" @close=${() => app.update({ explained: null })} @click=${outside}>
    <div class="explain-body">
      <div class="panel-head">
        <h2 id="explain-title">${name}</h2>
        <form method="dialog"><button class="button quiet small icon-only" aria-label=${t("help.close")}>${icon("close")}</button></form>
      </div>
      ${value ? html`<p class="explain-value">${value}</p>` : nothing}
      <dl class="entry-facts">
        ${formulas.length > 0 ? html`<div><dt>${t("dictionary.formula")}</dt>${formulas.map((formula) => html`<dd>${named(formula)}</dd>`)}</div>` : nothing}
        ${basis.length > 0 ? html`<div><dt>${t("how.basis")}</dt>${basis.map((part) => html`<dd>${part}</dd>`)}</div>` : nothing}
        ${definition ? html`<div><dt>${t("how.scope")}</dt><dd>${named(definition.text)}</dd></div>` : nothing}
      </dl>
      ${files.map((path) => sqlFold(context, path))}
      ${definition ? definitionFold(context, definition) : nothing}
    </div>
  </dialog>`;
}
