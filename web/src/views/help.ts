// The help: every shortcut, and the view as text to keep or to take from somebody else.
//
// In: the table of shortcuts and the view. Out: a modal dialog while asked for; the dashboard opens it after drawing.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { SHORTCUTS } from "../shortcuts.ts";
import { jsonOf, viewOfJson } from "../view.ts";
import { icon } from "./icons.ts";

function keyName(key: string): string {
  return key === "Mod" ? (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl") : key;
}

function viewForm(context: Context): TemplateResult {
  const { app, state, t } = context;
  const apply = (event: SubmitEvent): void => {
    event.preventDefault();
    const text = (event.target as HTMLFormElement).querySelector("textarea")!.value;
    const view = viewOfJson(text);
    if (view) app.switchTo(view);
    app.announce(t(view ? "help.applied" : "help.no_view"));
    if (view) app.update({ help: false });
  };
  const copy = async (event: Event): Promise<void> => {
    await navigator.clipboard.writeText((event.target as HTMLElement).closest("form")!.querySelector("textarea")!.value);
    app.announce(t("how.copied"));
  };
  return html`<form class="view-json" @submit=${apply}>
    <h3 id="view-json-title">${t("help.view")}</h3>
    <p class="muted" id="view-json-text">${t("help.view.text")}</p>
    <textarea name="view" rows="9" spellcheck="false" lang="en" aria-labelledby="view-json-title" aria-describedby="view-json-text" .value=${jsonOf(state.view)}></textarea>
    <div class="view-json-foot">
      <button type="button" class="button small" @click=${(event: Event) => void copy(event)}>${icon("copy")}${t("help.copy")}</button>
      <button type="submit" class="button small">${t("help.apply")}</button>
    </div>
  </form>`;
}

/** The dialog, while it is asked for. */
export function helpDialog(context: Context): TemplateResult | typeof nothing {
  const { app, state, t } = context;
  if (!state.help) return nothing;
  return html`<dialog class="dialog help" aria-labelledby="help-title" @close=${() => app.update({ help: false })}>
    <div class="panel-head">
      <h2 id="help-title">${t("help.title")}</h2>
      <form method="dialog"><button class="button quiet small icon-only" aria-label=${t("help.close")}>${icon("close")}</button></form>
    </div>
    <dl class="shortcuts">
      ${SHORTCUTS.map(
        ({ keys, text, single }) => html`<div class=${single && !state.singleKeys ? "is-off" : ""}>
          <dt>${keys.map((key) => (key === "…" ? html`<span>–</span>` : html`<kbd>${keyName(key)}</kbd>`))}</dt>
          <dd>${t(text)}</dd>
        </div>`,
      )}
      <div><dt><kbd>←</kbd><kbd>→</kbd><kbd>↑</kbd><kbd>↓</kbd><kbd>Enter</kbd></dt><dd>${t("help.chart")}</dd></div>
    </dl>
    <label class="radio"><input type="checkbox" name="single-keys" .checked=${state.singleKeys} @change=${() => app.update({ singleKeys: !state.singleKeys })} />${t("help.single")}</label>
    ${viewForm(context)}
  </dialog>`;
}

/** Undo, redo and the help, in sight. */
export function pageTools(context: Context): TemplateResult {
  const { app, t } = context;
  const tool = (name: "undo" | "redo" | "help", able: boolean, run: () => void): TemplateResult =>
    html`<button type="button" class="button quiet small icon-only" data-tool=${name} aria-label=${t(`help.${name}`)} title=${t(`help.${name}`)} ?disabled=${!able} @click=${run}>${icon(name)}</button>`;
  return html`<div class="page-tools" role="group" aria-label=${t("help.tools")}>
    <button type="button" class="button quiet small" data-action="report" @click=${() => app.update({ report: true, selected: null, list: null })}>${icon("print")}${t("report.open")}</button>
    ${tool("undo", app.past.canUndo, () => app.undo())} ${tool("redo", app.past.canRedo, () => app.redo())}
    ${tool("help", true, () => app.update({ help: true }))}
  </div>`;
}
