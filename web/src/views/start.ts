// The first view: a place to drop a file, two samples, and what happens to the data.
//
// In: nothing but the words. Out: a file or a sample to open.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { capitalised } from "../format.ts";
import { sampleSource } from "../opening.ts";
import { SAMPLES } from "../samples.ts";
import type { Sample } from "../samples.ts";
import type { TextKey } from "../texts.ts";
import { icon } from "./icons.ts";

function picked(context: Context, event: Event): void {
  const input = event.target as HTMLInputElement;
  const files = [...(input.files ?? [])];
  input.value = "";
  if (files.length > 0) void context.app.openFiles(files);
}

function sampleCard(context: Context, sample: Sample): TemplateResult[] {
  const { app, host, t } = context;
  const source = sampleSource(sample, host);
  if (source === null) return [];
  const card = html`<li class="card sample">
    <div class="sample-head">
      <h3>${t(sample.title)}</h3>
      <span class="badge ${sample.kind === "sample.synthetic" ? "is-sample" : ""}">${capitalised(t(sample.kind))}</span>
    </div>
    <p class="muted">${t(sample.text)}</p>
    <button type="button" class="button" data-sample=${sample.id} @click=${() => void app.openSample(sample, source)}>${t("sample.open")}</button>
  </li>`;
  return [card];
}

function stepItem(context: Context, title: TextKey, text: TextKey): TemplateResult {
  return html`<li><h3>${context.t(title)}</h3><p class="muted">${context.t(text)}</p></li>`;
}

/** The start view. */
export function startView(context: Context): TemplateResult {
  const { app, state, t } = context;
  const samples = SAMPLES.flatMap((sample) => sampleCard(context, sample));
  return html`<div class="start">
    <div class="start-head">
      <h1 tabindex="-1">${t("start.title")}</h1>
      <p class="lead">${t("start.lead")}</p>
    </div>
    <label class="drop ${state.dropping ? "is-over" : ""}">
      ${icon("upload")}
      <span class="drop-title">${t("start.drop")}</span>
      <span class="muted">${t("start.or")}</span>
      <span class="button primary">${t("start.pick")}</span>
      <input class="visually-hidden" type="file" multiple accept=".arrow,.feather,.arrows,.ipc,application/vnd.apache.arrow.file,application/vnd.apache.arrow.stream" @change=${(event: Event) => picked(context, event)} />
      <span class="muted drop-formats">${t("start.formats")}</span>
    </label>
    <p class="promise">${icon("lock")}<span>${t("app.promise")}</span></p>
    ${samples.length === 0
      ? nothing
      : html`<section aria-labelledby="samples-title">
          <h2 id="samples-title">${t("start.samples")}</h2>
          <ul class="samples">${samples}</ul>
        </section>`}
    <section aria-labelledby="how-title">
      <h2 id="how-title">${t("start.how")}</h2>
      <ol class="steps">
        ${stepItem(context, "start.step1", "start.step1.text")} ${stepItem(context, "start.step2", "start.step2.text")}
        ${stepItem(context, "start.step3", "start.step3.text")}
      </ol>
    </section>
    ${state.opened
      ? html`<p><button type="button" class="button quiet" @click=${() => app.cancelOpening()}>${t("map.back", { name: state.opened.source.name })}</button></p>`
      : nothing}
  </div>`;
}
