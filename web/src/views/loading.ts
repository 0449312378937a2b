// While a file is being looked at or read, and when that fails.
//
// In: the step of opening. Out: progress with a way to cancel, or what went wrong and what to do about it.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { explain } from "../errors.ts";
import { sizeOf } from "../opening.ts";
import type { Opening } from "../opening.ts";
import { icon } from "./icons.ts";

type Step<S extends Opening["step"]> = Extract<Opening, { step: S }>;

function cancelButton(context: Context): TemplateResult {
  return html`<button type="button" class="button" @click=${() => context.app.cancelOpening()}>${context.t("load.cancel")}</button>`;
}

/** A file being fetched or looked at. */
export function preparingView(context: Context, opening: Step<"fetch" | "inspect">): TemplateResult {
  const title = context.t(opening.step === "fetch" ? "load.fetching" : "load.inspecting");
  return html`<div class="narrow loading" role="status">
    <h1 tabindex="-1">${title}</h1>
    <p class="muted">${opening.name}</p>
    <progress aria-label=${title}></progress>
    <div class="form-foot">${cancelButton(context)}</div>
  </div>`;
}

/** A file being read. */
export function loadingView(context: Context, opening: Step<"load">): TemplateResult {
  const { t, format } = context;
  const { progress, source } = opening;
  const arranging = progress?.phase === "arrange";
  const total = progress?.bytesTotal ?? sizeOf(source);
  const share = progress && total > 0 ? Math.min(progress.bytesRead / total, 1) : 0;
  const title = t(arranging ? "load.arranging" : "load.title");
  const line = (label: string, value: string): TemplateResult => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  return html`<div class="narrow loading">
    <h1 tabindex="-1">${title}</h1>
    <p class="muted">${source.name}</p>
    ${arranging ? html`<progress aria-label=${title}></progress>` : html`<progress aria-label=${title} max="1" .value=${share}></progress>`}
    <dl class="loading-facts">
      ${line(t("load.bytes"), t("load.of", { done: format.bytes(progress?.bytesRead ?? 0), total: format.bytes(total) }))}
      ${line(t("load.rows"), format.count(progress?.rowsRead ?? 0))} ${line(t("load.left"), progress?.msLeft == null ? "—" : format.wait(progress.msLeft))}
    </dl>
    <div class="form-foot">${cancelButton(context)}</div>
  </div>`;
}

/** A file that could not be opened. */
export function failedView(context: Context, opening: Step<"failed">): TemplateResult {
  const { app, state, t } = context;
  const { advice, detail, columns } = explain(opening.error);
  const { inspected } = opening;
  return html`<div class="narrow failed" role="alert">
    <h1 tabindex="-1">${t("error.title")}</h1>
    <p class="muted">${opening.name}</p>
    <p class="lead">${t(advice)}</p>
    <p class="detail"><span class="muted">${t("error.detail")}</span> <code lang="en">${detail}</code></p>
    ${state.opened ? html`<p class="muted">${t("error.kept")}</p>` : nothing}
    <div class="form-foot">
      ${state.opened ? html`<button type="button" class="button" @click=${() => app.cancelOpening()}>${t("map.back", { name: state.opened.source.name })}</button>` : nothing}
      <button type="button" class="button ${inspected && columns ? "" : "primary"}" @click=${() => app.choose()}>${t("error.other_file")}</button>
      ${inspected
        ? html`<button type="button" class="button ${columns ? "primary" : ""}" @click=${() => app.remap(inspected)}>${icon("columns")}${t("error.fix_columns")}</button>`
        : nothing}
    </div>
  </div>`;
}
