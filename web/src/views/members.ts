// The list behind a segment or a cell: every customer, sortable, drawn only where it is looked at.
//
// In: the scored customers and the list asked for. Out: a table with as many rows as fit, its place kept by two spacers; as CSV and as Arrow. Lists of people are
// for the analyst's own page: a dashboard inside another page has none.

import type { RfmCustomers } from "feilun";
import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { MEMBER_COLUMNS, rowsOf } from "../members.ts";
import type { MemberColumn, MemberList, Wanted } from "../members.ts";
import type { Table } from "../tables.ts";
import { arrowButton, csvButton, definitionButton } from "./exports.ts";
import { icon } from "./icons.ts";
import { queryError } from "./panel.ts";

/** Height of a row, as members.css sets it. */
const ROW_PX = 32;
/** Rows drawn: what is in sight, and as much again around it. */
const ROWS_DRAWN = 48;
const ROWS_AHEAD = 16;

/** Whether there may be a list: of customers scored, in a dashboard that is the page, and not on paper. */
export function isListed({ app, host, state }: Context, of: Wanted | null): of is Wanted {
  if (!of || !host.page || state.report) return false;
  return !("segment" in of) || app.rfm.result?.segments.find(({ id }) => id === of.segment)?.scored === true;
}

function placeOf(of: Wanted): string {
  return "all" in of ? "all" : "segment" in of ? of.segment : `${of.r}/${of.fm}`;
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
  const { app, t, named } = context;
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

function tableOf(context: Context, customers: RfmCustomers, rows: readonly number[], plain: boolean): Table {
  return {
    head: [...MEMBER_COLUMNS.map((column) => columnName(context, column, plain)), context.t("segment.name")],
    rows: rows.map((row) => [
      ...MEMBER_COLUMNS.map((column) => (column === "netMinor" ? customers.netMinor[row]! / 100 : customers[column][row]!)),
      segmentName(context, customers.segments[customers.segment[row]!]!),
    ]),
  };
}

function segmentName(context: Context, id: string): string {
  return nameOf(context, { segment: id });
}

function heads(context: Context, list: MemberList): TemplateResult[] {
  const { app } = context;
  return MEMBER_COLUMNS.map((column) => {
    const sorted = list.column === column;
    const sort = (): void => app.update({ list: { ...list, column, descending: sorted ? !list.descending : column !== "customerId", first: 0 } });
    return html`<th scope="col" class=${column === "customerId" ? "" : "number"} aria-sort=${sorted ? (list.descending ? "descending" : "ascending") : "none"}>
      <button type="button" class="sort" data-sort=${column} @click=${sort}>${columnName(context, column, list.plain)}${sorted ? html`<span class="sort-mark" aria-hidden="true">${list.descending ? "↓" : "↑"}</span>` : nothing}</button>
    </th>`;
  });
}

function table(context: Context, customers: RfmCustomers, rows: readonly number[], list: MemberList): TemplateResult {
  const { app, format } = context;
  const first = Math.min(list.first, Math.max(0, rows.length - ROWS_DRAWN));
  const drawn = rows.slice(first, first + ROWS_DRAWN);
  const scrolled = (event: Event): void => {
    const top = Math.floor((event.target as HTMLElement).scrollTop / ROW_PX);
    const wanted = Math.max(0, top - (top % ROWS_AHEAD) - ROWS_AHEAD);
    if (wanted !== list.first) app.update({ list: { ...list, first: wanted } });
  };
  const spacer = (count: number): TemplateResult | typeof nothing => (count > 0 ? html`<tbody aria-hidden="true" class="spacer"><tr><td colspan="7" height=${count * ROW_PX}></td></tr></tbody>` : nothing);
  return html`<div class="members-scroll" tabindex="0" role="group" aria-labelledby="members-title" @scroll=${scrolled}>
    <table class="data-table members-table" aria-rowcount=${rows.length + 1}>
      <thead><tr aria-rowindex="1">${heads(context, list)}</tr></thead>
      ${spacer(first)}
      <tbody>
        ${drawn.map(
          (row, idx) => html`<tr aria-rowindex=${first + idx + 2}>
            <th scope="row"><code>${customers.customerId[row]}</code></th>
            <td class="number">${format.count(customers.recencyDays[row])}</td>
            <td class="number">${format.count(customers.orders[row])}</td>
            <td class="number">${format.money(customers.netMinor[row])}</td>
            <td class="number">${customers.r[row]}</td>
            <td class="number">${customers.f[row]}</td>
            <td class="number">${customers.m[row]}</td>
          </tr>`,
        )}
      </tbody>
      ${spacer(rows.length - first - drawn.length)}
    </table>
  </div>`;
}

/** The list asked for. */
export function membersPanel(context: Context): TemplateResult | typeof nothing {
  const { app, state, t, format } = context;
  const { list } = state;
  if (!list) return nothing;
  const { result, error, pending } = app.members;
  const customers = result?.pseudonyms === !list.plain ? result : null;
  const rows = customers ? rowsOf(customers, list) : [];
  const close = (event: Event): void => {
    app.update({ list: null });
    focusNext(event, `[data-list="${placeOf(list.of)}"]`);
  };
  return html`<section class="card panel members" aria-labelledby="members-title" aria-busy=${pending ? "true" : "false"}>
    <header class="panel-head">
      <h2 id="members-title" tabindex="-1">${t("members.title", { name: nameOf(context, list.of) })}</h2>
      <div class="exports" role="group" aria-label=${t("export.title")}>
        ${customers
          ? html`${csvButton(context, "customers", customers.definition, () => tableOf(context, customers, rows, list.plain))}
            ${arrowButton(context, "customers", customers.definition, () => app.membersArrow(list.plain))} ${definitionButton(context, "customers", customers.definition)}`
          : nothing}
        <button type="button" class="button quiet small icon-only" aria-label=${t("members.close")} @click=${close}>${icon("close")}</button>
      </div>
    </header>
    <p class="definition">${customers ? t("members.count", { n: format.count(rows.length) }) : ""} ${t(list.plain ? "members.plain_text" : "members.pseudonym_text")}</p>
    <label class="radio"><input type="checkbox" name="plain-ids" .checked=${list.plain} @change=${() => app.update({ list: { ...list, plain: !list.plain } })} />${t("members.plain")}</label>
    ${error ? queryError(context, app.members) : nothing}
    ${customers ? table(context, customers, rows, list) : error ? nothing : html`<div class="skeleton chart-skeleton" aria-hidden="true"></div>`}
  </section>`;
}
