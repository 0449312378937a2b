// The list behind a segment, a cell or a count: every customer, sortable, drawn only where it is looked at.
//
// In: the customers and the list asked for. Out: a table with as many rows as fit, its place kept by two spacers; as CSV and as Arrow. Lists of people are
// for the analyst's own page: a dashboard inside another page has none.

import type { CohortMembers } from "feilun";
import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { spanText } from "../format.ts";
import { columnsOf, isScored, rowsOf, valuesOf } from "../members.ts";
import type { Listed, MemberColumn, MemberList, Wanted } from "../members.ts";
import type { Table } from "../tables.ts";
import { arrowButton, csvButton, definitionButton } from "./exports.ts";
import { icon } from "./icons.ts";
import { queryError } from "./panel.ts";

/** Height of a row, as members.css sets it. */
const ROW_PX = 32;
/** Rows drawn: what is in sight, and as much again around it. */
const ROWS_DRAWN = 48;
const ROWS_AHEAD = 16;

/** Whether there may be a list: of customers scored or counted, in a dashboard that is the page, and not on paper. */
export function isListed({ app, host, state }: Context, of: Wanted | null): of is Wanted {
  if (!of || !host.page || state.report) return false;
  // Where everybody is present by definition there is nobody to list.
  if ("cohort" in of) return app.cohorts.result?.rows.find(({ period }) => period.label === of.cohort)?.cells[of.column]?.count != null;
  return !("segment" in of) || app.rfm.result?.segments.find(({ id }) => id === of.segment)?.scored === true;
}

function placeOf(of: Wanted): string {
  if ("all" in of) return "all";
  if ("segment" in of) return of.segment;
  if ("fm" in of) return `${of.r}/${of.fm}`;
  return "cohort" in of ? `${of.cohort}/${of.column}` : `${of.period}/${of.part}`;
}

/** Moves the focus to what the next drawing will show. */
function focusNext(event: Event, selector: string): void {
  const root = (event.target as Element).getRootNode() as ShadowRoot;
  requestAnimationFrame(() => root.querySelector<HTMLElement>(selector)?.focus());
}

/** A button that opens the list; where there is none, its content alone. */
export function membersButton(context: Context, of: Wanted, content: unknown, label: string): unknown {
  if (!isListed(context, of)) return content;
  const show = (event: Event): void => {
    context.app.update({ list: { of, column: "netMinor", descending: true, plain: false, first: 0 } });
    focusNext(event, "#members-title");
  };
  return html`<button type="button" class="link" data-list=${placeOf(of)} aria-label=${label} @click=${show}>${content}</button>`;
}

function nameOf(context: Context, of: Wanted): string {
  const { app, state, t, term, named } = context;
  if ("cohort" in of) return t("members.cohort", { cohort: of.cohort, unit: term(`granularity.${state.view.granularity}`), k: spanText(app.cohorts.result?.columns[of.column] ?? { from: of.column, to: of.column }) });
  if ("part" in of) return `${of.period} · ${term(`growth.${of.part}`)}`;
  if ("all" in of) return t("segment.total");
  if ("r" in of) return `R ${of.r} × FM ${of.fm}`;
  const segment = app.rfm.result?.segments.find(({ id }) => id === of.segment);
  return segment ? named(segment.name) : of.segment;
}

function columnName(context: Context, column: MemberColumn, plain: boolean): string {
  const { t } = context;
  switch (column) {
    case "customerId": return t(plain ? "members.id" : "members.pseudonym");
    case "recencyDays": return t("members.recency");
    case "orders": return t("figure.orders");
    case "netMinor": return t("figure.net");
    default: return column.toUpperCase();
  }
}

function tableOf(context: Context, listed: Listed, rows: readonly number[], plain: boolean): Table {
  const columns = columnsOf(listed);
  const head = columns.map((column) => columnName(context, column, plain));
  const values = (row: number) => columns.map((column) => (column === "netMinor" ? listed.netMinor[row]! / 100 : valuesOf(listed, column)[row]!));
  if (!isScored(listed)) return { head, rows: rows.map(values) };
  return { head: [...head, context.t("segment.name")], rows: rows.map((row) => [...values(row), segmentName(context, listed.segments[listed.segment[row]!]!)]) };
}

function segmentName(context: Context, id: string): string {
  return nameOf(context, { segment: id });
}

function heads(context: Context, listed: Listed, list: MemberList): TemplateResult[] {
  const { app } = context;
  return columnsOf(listed).map((column) => {
    const sorted = list.column === column;
    const sort = (): void => app.update({ list: { ...list, column, descending: sorted ? !list.descending : column !== "customerId", first: 0 } });
    return html`<th scope="col" class=${column === "customerId" ? "" : "number"} aria-sort=${sorted ? (list.descending ? "descending" : "ascending") : "none"}>
      <button type="button" class="sort" data-sort=${column} @click=${sort}>${columnName(context, column, list.plain)}${sorted ? html`<span class="sort-mark" aria-hidden="true">${list.descending ? "↓" : "↑"}</span>` : nothing}</button>
    </th>`;
  });
}

function table(context: Context, listed: Listed, rows: readonly number[], list: MemberList): TemplateResult {
  const { app, format } = context;
  const columns = columnsOf(listed);
  const first = Math.min(list.first, Math.max(0, rows.length - ROWS_DRAWN));
  const drawn = rows.slice(first, first + ROWS_DRAWN);
  const scrolled = (event: Event): void => {
    const top = Math.floor((event.target as HTMLElement).scrollTop / ROW_PX);
    const wanted = Math.max(0, top - (top % ROWS_AHEAD) - ROWS_AHEAD);
    if (wanted !== list.first) app.update({ list: { ...list, first: wanted } });
  };
  const spacer = (count: number): TemplateResult | typeof nothing => (count > 0 ? html`<tbody aria-hidden="true" class="spacer"><tr><td colspan=${columns.length} height=${count * ROW_PX}></td></tr></tbody>` : nothing);
  const cell = (column: MemberColumn, row: number): TemplateResult => {
    const value = valuesOf(listed, column)[row]!;
    return typeof value === "string" ? html`<th scope="row"><code title=${value}>${value}</code></th>` : html`<td class="number">${column === "netMinor" ? format.money(value) : format.count(value)}</td>`;
  };
  return html`<div class="members-scroll" tabindex="0" role="group" aria-labelledby="members-title" @scroll=${scrolled}>
    <table class="data-table members-table" aria-rowcount=${rows.length + 1}>
      <thead><tr aria-rowindex="1">${heads(context, listed, list)}</tr></thead>
      ${spacer(first)}
      <tbody>${drawn.map((row, idx) => html`<tr aria-rowindex=${first + idx + 2}>${columns.map((column) => cell(column, row))}</tr>`)}</tbody>
      ${spacer(rows.length - first - drawn.length)}
    </table>
  </div>`;
}

/** Those present in the cell, or the others. */
function membersSwitch(context: Context, list: MemberList): TemplateResult | typeof nothing {
  const { app, t } = context;
  const { of } = list;
  if (!("cohort" in of)) return nothing;
  const choose = (members: CohortMembers) => (): void => app.update({ list: { ...list, of: { ...of, members }, first: 0 } });
  return html`<div role="radiogroup" aria-labelledby="members-title" class="members-of">
    ${(["present", "absent"] as const).map((members) => html`<label class="radio"><input type="radio" name="members-of" value=${members} .checked=${of.members === members} @change=${choose(members)} />${t(`members.${members}`)}</label>`)}
  </div>`;
}

/** The list asked for. */
export function membersPanel(context: Context): TemplateResult | typeof nothing {
  const { app, state, t, format } = context;
  const { list } = state;
  if (!list) return nothing;
  const { result, error, pending } = app.members;
  const listed = pending || error ? null : result;
  const rows = listed ? rowsOf(listed, list) : [];
  const close = (event: Event): void => {
    app.update({ list: null });
    focusNext(event, `[data-list="${placeOf(list.of)}"]`);
  };
  return html`<section class="card panel members" aria-labelledby="members-title" aria-busy=${pending ? "true" : "false"}>
    <header class="panel-head">
      <h2 id="members-title" tabindex="-1">${t("members.title", { name: nameOf(context, list.of) })}</h2>
      <div class="exports" role="group" aria-label=${t("export.title")}>
        ${listed
          ? html`${csvButton(context, "customers", listed.definition, () => tableOf(context, listed, rows, list.plain))}
            ${isScored(listed) ? arrowButton(context, "customers", listed.definition, () => app.membersArrow(list.plain)) : nothing} ${definitionButton(context, "customers", listed.definition)}`
          : nothing}
        <button type="button" class="button quiet small icon-only" aria-label=${t("members.close")} @click=${close}>${icon("close")}</button>
      </div>
    </header>
    <p class="definition">${listed ? t("members.count", { n: format.count(rows.length) }) : ""} ${t(list.plain ? "members.plain_text" : "members.pseudonym_text")}</p>
    ${membersSwitch(context, list)}
    <label class="radio"><input type="checkbox" name="plain-ids" .checked=${list.plain} @change=${() => app.update({ list: { ...list, plain: !list.plain } })} />${t("members.plain")}</label>
    ${error ? queryError(context, app.members) : nothing}
    ${listed ? table(context, listed, rows, list) : error ? nothing : html`<div class="skeleton chart-skeleton" aria-hidden="true"></div>`}
  </section>`;
}
