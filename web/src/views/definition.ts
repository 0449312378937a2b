// "How computed": everything a result says about itself.
//
// In: the definition of a result. Out: a fold with its parameters, days, filters, exclusions and rows set aside, and the same as JSON for the clipboard.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Definition, Filter, LocalTimeNote } from "feilun";
import { nameOfDimension } from "../context.ts";
import type { Context } from "../context.ts";
import { icon } from "./icons.ts";
import { offsetName } from "./mapping.ts";

/** How instants became local days, in words. */
export function localTimeText(context: Context, note: LocalTimeNote): string {
  if (note.wallClock) return context.t("how.wall_clock");
  return note.timeZone ?? (note.utcOffsetMinutes === null ? context.t("figure.none") : offsetName(note.utcOffsetMinutes));
}

function filterLine(context: Context, filter: Filter): string {
  const ends = [filter.from, filter.until].map((day) => (day ? context.format.date(day) : ""));
  const days = ends.some(Boolean) ? [ends.join(" – ").trim()] : [];
  const labels = Object.entries(filter.only ?? {}).map(([key, kept]) => `${nameOfDimension(context, key)} ${context.format.list(kept)}`);
  const parts = [...days, ...labels];
  return parts.length === 0 ? context.t("how.no_filter") : parts.join(context.lang === "zh" ? "；" : "; ");
}

function setAsideText(context: Context, definition: Definition): string {
  const { t, format } = context;
  if (definition.setAside.length === 0) return t("how.no_filter");
  return format.list(definition.setAside.map(({ reason, rows }) => `${t(`reason.${reason}`)} ${format.count(rows)}`));
}

/** The definition fold of a panel. */
export function definitionFold(context: Context, definition: Definition): TemplateResult {
  const { app, state, t, format } = context;
  const line = (label: string, value: unknown): TemplateResult => html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(JSON.stringify(definition, null, 2));
    app.announce(t("how.copied"));
  };
  const { config } = definition.parameters;
  const { filter } = "rfm" in config ? config.rfm : "cohorts" in config ? config.cohorts : "growth" in config ? config.growth : config;
  const options = Object.entries(config).filter(([name]) => name !== "filter");
  return html`<details class="how" ?open=${state.report}>
    <summary>${t("how.title")}${icon("chevron")}</summary>
    <dl class="facts">
      ${line(t("how.data_start"), format.date(definition.dataStart))} ${line(t("how.as_of"), format.date(definition.asOf))}
      ${line(t("how.complete_until"), format.date(definition.completeUntil))} ${line(t("how.local_time"), localTimeText(context, definition.localTime))}
      ${line(t("how.filter"), filterLine(context, filter ?? {}))}
      ${definition.excludedStatuses.length > 0 ? line(t("how.excluded"), format.list(definition.excludedStatuses)) : nothing}
      ${line(t("how.orders"), format.count(definition.orders))} ${line(t("how.uncounted"), format.count(definition.uncountedOrders))}
      ${line(t("how.net"), format.money(definition.netMinor))} ${line(t("how.set_aside"), setAsideText(context, definition))}
      ${line(t("how.version"), format.count(definition.version))}
    </dl>
    <h3>${t("how.options")}</h3>
    <dl class="facts options" lang="en">${options.map(([name, value]) => line(name, html`<code>${JSON.stringify(value)}</code>`))}</dl>
    <button type="button" class="button small" @click=${copy}>${icon("copy")}${t("how.copy")}</button>
  </details>`;
}
