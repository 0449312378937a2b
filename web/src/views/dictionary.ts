// The dictionary page: every metric of private-domain retail by name, formula, need and SQL, with what it is in this data.
//
// In: the dictionary, the private-domain metrics and what is typed in the search box. Out: a card per entry.

import { dictionary } from "feilun/texts";
import type { DictionaryEntry, DomainMetric, PrivateDomainTable } from "feilun";
import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { linkedKeys } from "../linked.ts";
import { domainRows, pickupRows } from "../tables.ts";
import { caseCard, caseOf, nameOfCase } from "./cases.ts";
import { listed, segmented } from "./controls.ts";
import { definitionFold } from "./definition.ts";
import { sqlFold } from "./explain.ts";
import { csvButton, definitionButton } from "./exports.ts";
import { basis, noteOf, trend } from "./flywheel.ts";
import { panelView, queryError } from "./panel.ts";

/** The place of what is typed here among the search boxes. */
const SEARCH = "page.dictionary";

function formulaOf({ lang }: Context, entry: DictionaryEntry): string {
  return lang === "zh" ? entry.formulaZh : entry.formulaEn;
}

/** The entries of the case chosen in both of whose languages, or in whose id or needs, every word typed occurs. */
function found(context: Context, typed: string): readonly DictionaryEntry[] {
  const words = typed.toLocaleLowerCase().split(/\s+/);
  const asked = caseOf(context)?.questions.flatMap(({ metrics }) => metrics);
  return dictionary.filter(({ id, zh, en, formulaZh, formulaEn, needs }) => {
    const text = [id, zh, en, formulaZh, formulaEn, ...needs].join("\n").toLocaleLowerCase();
    return (asked?.includes(id) ?? true) && words.every((word) => text.includes(word));
  });
}

function valueLine(context: Context, name: string, { metric, series }: DomainMetric): TemplateResult {
  const { format, named, t } = context;
  return html`${named(metric.name) === name ? nothing : html`<p class="step-name">${named(metric.name)}</p>`}
    <div class="step-line">
      <p class="step-value">${format.unit(metric.value, metric.unit)}</p>
      ${trend(context, metric.unit, series)}
    </div>
    <p class="muted step-basis">${metric.value === null ? noteOf(context, metric) || t(`status.${metric.status}`) : [...basis(context, metric), noteOf(context, metric)].map((part) => html`<span>${part}</span>`)}</p>`;
}

/** An entry with several metrics: the first is the entry's own, the others its variants or factors. */
function otherLine(context: Context, { metric }: DomainMetric): TemplateResult {
  const { format, named, t } = context;
  return html`<div class=${metric.value === null ? "is-unknown" : ""}>
    <dt>${named(metric.name)}</dt>
    <dd>${metric.value === null ? t(`status.${metric.status}`) : format.unit(metric.value, metric.unit)}</dd>
  </div>`;
}

function entryCard(context: Context, entry: DictionaryEntry, table: PrivateDomainTable | null): TemplateResult {
  const { lang, t, format } = context;
  const [own, ...others] = table?.metrics.filter((metric) => metric.entry === entry.id) ?? [];
  const status = own && own.metric.status !== "ok" ? own.metric.status : null;
  return html`<li class="card step entry ${status === "needs_table" ? "is-missing" : ""}" id=${`entry-${entry.id}`}>
    <header>
      <h3>${entry[lang]}</h3>
      ${status ? html`<span class="badge tone-${status}">${t(`status.${status}`)}</span>` : nothing}
    </header>
    <p class="entry-other"><span lang=${lang === "zh" ? "en" : "zh-CN"}>${lang === "zh" ? entry.en : entry.zh}</span> <code>${entry.id}</code></p>
    ${own ? html`<div class="step-headline">${valueLine(context, entry[lang], own)}</div>` : html`<div class="step-headline skeleton" aria-hidden="true"></div>`}
    ${others.length > 0 ? html`<dl class="step-metrics">${others.map((other) => otherLine(context, other))}</dl>` : nothing}
    <dl class="entry-facts">
      <div><dt>${t("dictionary.formula")}</dt><dd>${formulaOf(context, entry)}</dd></div>
      <div><dt>${t("dictionary.needs")}</dt><dd>${format.list([...entry.needs])}</dd></div>
    </dl>
    ${sqlFold(context, entry.computedBy.sql)}
  </li>`;
}

function pickupPanel(context: Context): TemplateResult {
  return panelView(context, {
    id: "pickups",
    title: context.term("chart.pickups"),
    query: context.app.domain,
    chart: (result) => html`<feilun-pickups heading="none" theme=${context.scheme} .selected=${linkedKeys(context.app)} .result=${result} lang=${context.lang}></feilun-pickups>`,
    figure: (result) => ({ figure: { chart: "pickup_heatmap", result } }),
    table: (result) => pickupRows(context, result),
  });
}

/** The dictionary page. */
export function dictionaryPage(context: Context): TemplateResult {
  const { app, state, t, term, format } = context;
  const query = app.domain;
  const { result } = query;
  const typed = state.search[SEARCH] ?? "";
  const shown = found(context, typed.trim());
  const chosen = caseOf(context);
  return html`
    <div class="controls">
      <label class="control dictionary-search">
        <span class="control-label">${t("dictionary.search")}</span>
        <input type="search" placeholder=${t("dictionary.search.hint")} .value=${typed} @input=${(event: Event) => app.update({ search: { ...state.search, [SEARCH]: (event.target as HTMLInputElement).value } })} />
      </label>
      ${listed(context, "case", t("case.title"), (choice) => nameOfCase(context, choice))}
      ${segmented(context, "loopGranularity", t("control.granularity"), (choice) => term(`granularity.${choice}`))}
      ${listed(context, "domainWindow", t("dictionary.window"), (days) => t("dictionary.window.days", { n: days }))}
      ${result ? html`<div class="exports" role="group" aria-label=${t("export.title")}>${csvButton(context, "dictionary", result.definition, () => domainRows(context, result))} ${definitionButton(context, "dictionary", result.definition)}</div>` : nothing}
    </div>
    ${query.error ? queryError(context, query) : nothing}
    ${chosen ? caseCard(context, chosen) : nothing}
    ${result?.pickupHours ? pickupPanel(context) : nothing}
    <section class="step-cards" aria-labelledby="entries-title" aria-busy=${query.pending ? "true" : "false"}>
      <h2 id="entries-title" class="entries-title"><span role="status">${t("dictionary.count", { n: format.count(shown.length), of: format.count(dictionary.length) })}</span></h2>
      <ol>${shown.map((entry) => entryCard(context, entry, result))}</ol>
    </section>
    ${result ? html`<div class="card how-card">${definitionFold(context, result.definition)}</div>` : nothing}
  `;
}
