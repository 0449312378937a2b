// The mapping step: which column of the file serves which role, and how times, money and statuses are to be read.
//
// In: the inspection of a file and the draft being edited. Out: changes of the draft, and the go-ahead.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { BesideOrders, Field, Proposal, Role } from "feilun";
import type { Context } from "../context.ts";
import { ROLES, columnOf, mappingField } from "../roles.ts";
import { sizeOf } from "../opening.ts";
import type { Draft, Inspected, TableFile } from "../opening.ts";
import { icon } from "./icons.ts";

const REQUIRED: readonly Role[] = ["customer_id", "ordered_at", "amount"];

/** Roles shown even where no column fits; the other optional ones are folded away. */
const USUAL: readonly Role[] = [...REQUIRED, "order_id", "status", "refund_amount", "store_id", "channel", "inviter_id", "joined_at"];

/** Most further columns to filter and slice by. */
const DIMENSIONS_MAX = 8;

/** Offsets in use somewhere, in minutes. */
const OFFSETS = [-720, -660, -600, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 0, 60, 120, 180, 210, 240, 270, 300, 330, 345, 360, 390, 420, 480, 540, 570, 600, 660, 720, 780, 840];

const DEFAULT_ZONE = "Asia/Shanghai";

const CURRENCIES = ["¥", "US$", "€", "£", "HK$", ""];

/** An offset as people write it. */
export function offsetName(minutes: number): string {
  const magnitude = Math.abs(minutes);
  const hours = String(Math.floor(magnitude / 60)).padStart(2, "0");
  return `UTC${minutes < 0 ? "−" : "+"}${hours}:${String(magnitude % 60).padStart(2, "0")}`;
}

function missingRoles(draft: Draft): readonly Role[] {
  return REQUIRED.filter((role) => !columnOf(draft.mapping, role));
}

function matchBadge(context: Context, draft: Draft, proposal: Proposal): TemplateResult {
  const { t, term } = context;
  const column = columnOf(draft.mapping, proposal.role);
  if (column !== proposal.column) return html`<span class="match is-plain">${t("map.by_you")}</span>`;
  const isAsked = proposal.alternatives.length > 0;
  const isDoubted = column !== null && proposal.confidence < 1;
  const tone = isAsked || isDoubted ? "is-warn" : column === null ? "is-plain" : "is-good";
  const name = isAsked ? "map.ambiguous" : column === null ? "map.absent" : isDoubted ? "map.likely" : "map.exact";
  return html`<span class="match ${tone}">${t(name)}</span>${(column === null && !isAsked) || proposal.reason === "exact_name" ? nothing : html`<span class="match-reason">${term(`proposal.${proposal.reason}`)}</span>`}`;
}

function roleRow(context: Context, inspected: Inspected, proposal: Proposal): TemplateResult {
  const { app, t, term } = context;
  const { draft, inspection } = inspected;
  const { role } = proposal;
  const required = REQUIRED.includes(role);
  const column = columnOf(draft.mapping, role);
  const fitting = inspection.fields.filter((field) => field.roles.includes(role));
  const field = inspection.fields.find((each) => each.name === column);
  const choose = (event: Event): void => {
    const value = (event.target as HTMLSelectElement).value;
    app.editDraft({ mapping: { ...draft.mapping, [mappingField(role)]: value === "" ? null : value } });
  };
  return html`<tr>
    <th scope="row">
      <span class="role">${term(`role.${role}`)}${required ? html`<span class="required">${t("map.required")}</span>` : nothing}</span>
      <span class="role-text">${t(`role.${role}.text`)}</span>
    </th>
    <td>
      <select name=${role} aria-label=${`${term(`role.${role}`)}: ${t("map.column")}`} ?required=${required} aria-invalid=${required && !column ? "true" : nothing} @change=${choose}>
        <option value="" ?selected=${column === null}>${t(required ? "map.choose" : "map.none")}</option>
        ${fitting.map((each) => html`<option value=${each.name} ?selected=${each.name === column}>${each.name}</option>`)}
      </select>
    </td>
    <td class="type">${field ? html`<code>${field.dataType}</code>` : html`<span class="muted">—</span>`}</td>
    <td>${matchBadge(context, draft, proposal)}</td>
  </tr>`;
}

function rolesTable(context: Context, inspected: Inspected, proposals: readonly Proposal[]): TemplateResult {
  const { t } = context;
  return html`<table class="mapping-table">
    <caption class="visually-hidden">${t("map.title")}</caption>
    <thead>
      <tr><th scope="col">${t("map.role")}</th><th scope="col">${t("map.column")}</th><th scope="col">${t("map.type")}</th><th scope="col">${t("map.match")}</th></tr>
    </thead>
    <tbody>${proposals.map((proposal) => roleRow(context, inspected, proposal))}</tbody>
  </table>`;
}

function localTime(context: Context, draft: Draft): TemplateResult {
  const { app, t } = context;
  const { localTime: chosen } = draft;
  const zones = Intl.supportedValuesOf("timeZone");
  return html`<fieldset class="field">
    <legend>${t("map.time")}</legend>
    <p class="muted">${t("map.time.text")}</p>
    <div class="field-row">
      <label class="radio">
        <input type="radio" name="local-time" .checked=${chosen.kind === "offset"} @change=${() => app.editDraft({ localTime: { kind: "offset", minutes: 480 } })} />
        <span>${t("map.offset")}</span>
      </label>
      <select
        name="offset"
        aria-label=${t("map.offset")}
        ?disabled=${chosen.kind !== "offset"}
        @change=${(event: Event) => app.editDraft({ localTime: { kind: "offset", minutes: Number((event.target as HTMLSelectElement).value) } })}
      >
        ${OFFSETS.map((minutes) => html`<option value=${minutes} ?selected=${minutes === (chosen.kind === "offset" ? chosen.minutes : 480)}>${offsetName(minutes)}</option>`)}
      </select>
    </div>
    <div class="field-row">
      <label class="radio">
        <input type="radio" name="local-time" .checked=${chosen.kind === "zone"} @change=${() => app.editDraft({ localTime: { kind: "zone", name: DEFAULT_ZONE } })} />
        <span>${t("map.zone")}</span>
      </label>
      <select
        name="zone"
        aria-label=${t("map.zone")}
        ?disabled=${chosen.kind !== "zone"}
        @change=${(event: Event) => app.editDraft({ localTime: { kind: "zone", name: (event.target as HTMLSelectElement).value } })}
      >
        ${zones.map((zone) => html`<option value=${zone} ?selected=${zone === (chosen.kind === "zone" ? chosen.name : DEFAULT_ZONE)}>${zone}</option>`)}
      </select>
    </div>
  </fieldset>`;
}

function money(context: Context, draft: Draft): TemplateResult {
  const { app, t } = context;
  return html`<fieldset class="field">
    <legend>${t("map.money")}</legend>
    <p class="muted">${t("map.money.text")}</p>
    <div class="field-row">
      <select name="currency" aria-label=${t("map.money")} @change=${(event: Event) => app.editDraft({ currency: (event.target as HTMLSelectElement).value })}>
        ${CURRENCIES.map((sign) => html`<option value=${sign} ?selected=${sign === draft.currency}>${sign || t("map.money.none")}</option>`)}
      </select>
    </div>
  </fieldset>`;
}

function advanced(context: Context, draft: Draft): TemplateResult {
  const { app, t } = context;
  return html`<details class="card fold">
    <summary>${t("map.advanced")}${icon("chevron")}</summary>
    <div class="fields">
      <div class="field">
        <label for="statuses">${t("map.statuses")}</label>
        <p class="muted" id="statuses-text">${t("map.statuses.text")}</p>
        <input id="statuses" type="text" autocomplete="off" aria-describedby="statuses-text" .value=${draft.statuses} @input=${(event: Event) => app.editDraft({ statuses: (event.target as HTMLInputElement).value })} />
      </div>
      <fieldset class="field">
        <legend>${t("map.grain")}</legend>
        ${(["order", "line"] as const).map(
          (grain) => html`<label class="radio">
            <input type="radio" name="grain" .checked=${draft.grain === grain} @change=${() => app.editDraft({ grain })} />
            <span>${t(`map.grain.${grain}`)}</span>
          </label>`,
        )}
        <label class="radio">
          <input type="checkbox" .checked=${draft.naiveIsUtc} @change=${(event: Event) => app.editDraft({ naiveIsUtc: (event.target as HTMLInputElement).checked })} />
          <span>${t("map.naive")}</span>
        </label>
      </fieldset>
    </div>
  </details>`;
}

function tableFiles(context: Context, tables: readonly TableFile[]): TemplateResult | typeof nothing {
  const { app, t, term, format } = context;
  if (tables.length === 0) return nothing;
  const row = ({ name, file, kind, proposals }: TableFile): TemplateResult => html`<tr>
    <th scope="row"><span class="role">${name}</span><span class="role-text">${format.bytes(file.size)}</span></th>
    <td>
      <select aria-label=${t("map.table_of", { name })} @change=${(event: Event) => app.retable(name, ((event.target as HTMLSelectElement).value || null) as BesideOrders | null)}>
        ${proposals.map(({ table }) => html`<option value=${table} ?selected=${table === kind}>${term(`table.${table}`)}</option>`)}
        <option value="" ?selected=${kind === null}>${t("map.table_none")}</option>
      </select>
    </td>
  </tr>`;
  return html`<section class="card table-card" aria-labelledby="tables-title">
    <header class="panel-head"><h2 id="tables-title">${t("map.tables")}</h2><p class="muted">${t("map.tables.text")}</p></header>
    <table class="mapping-table"><tbody>${tables.map(row)}</tbody></table>
  </section>`;
}

/** What else the file holds: not read, unless it is to filter and slice by. */
function unread(context: Context, inspected: Inspected): TemplateResult | typeof nothing {
  const { app, t, format } = context;
  const { mapping } = inspected.draft;
  const used = new Set(ROLES.map((role) => columnOf(mapping, role)));
  const left = inspected.inspection.fields.filter((field) => !used.has(field.name));
  const personal = left.filter((field) => field.pii);
  const further = mapping.dimensions ?? [];
  const toggle = (name: string): void => {
    app.editDraft({ mapping: { ...mapping, dimensions: further.includes(name) ? further.filter((other) => other !== name) : [...further, name] } });
  };
  const line = (field: Field): TemplateResult => {
    const described = html`<code>${field.name}</code> <span class="muted">${field.dataType}</span>`;
    if (field.pii || !field.roles.includes("store_id")) return html`<li>${described}</li>`;
    const chosen = further.includes(field.name);
    return html`<li>
      <label><input type="checkbox" .checked=${chosen} ?disabled=${!chosen && further.length >= DIMENSIONS_MAX} @change=${() => toggle(field.name)} /> ${described}</label>
    </li>`;
  };
  return html`
    ${personal.length > 0
      ? html`<p class="notice">${icon("lock")}<span>${t("map.pii", { columns: context.format.list(personal.map((field) => field.name)) })}</span></p>`
      : nothing}
    ${left.length > 0
      ? html`<details class="card fold" ?open=${further.length > 0}>
          <summary>${t("map.unread", { n: format.count(left.length - further.length) })}${icon("chevron")}</summary>
          <p class="muted">${t("map.dimensions.text")}</p>
          <ul class="unread">${left.map(line)}</ul>
        </details>`
      : nothing}
  `;
}

/** The mapping step. */
export function mappingView(context: Context, inspected: Inspected): TemplateResult {
  const { app, state, t, format } = context;
  const { source, inspection, draft } = inspected;
  const missing = missingRoles(draft);
  const isShown = ({ role, column, alternatives }: Proposal): boolean => USUAL.includes(role) || Boolean(column) || alternatives.length > 0;
  const shown = inspection.proposals.filter(isShown);
  const folded = inspection.proposals.filter((proposal) => !isShown(proposal));
  const confirm = (event: Event): void => {
    event.preventDefault();
    if (missing.length === 0) void app.load(inspected);
  };
  return html`<form class="narrow mapping" @submit=${confirm}>
    <div class="page-head">
      <div>
        <h1 tabindex="-1">${t("map.title")}</h1>
        <p class="lead">${t("map.lead")}</p>
      </div>
      <p class="file-line"><strong>${source.name}</strong> <span class="muted">${format.bytes(sizeOf(source))}</span></p>
    </div>
    <div class="card table-card">${rolesTable(context, inspected, shown)}</div>
    ${folded.length > 0
      ? html`<details class="card fold">
          <summary>${t("map.more", { n: format.count(folded.length) })}${icon("chevron")}</summary>
          ${rolesTable(context, inspected, folded)}
        </details>`
      : nothing}
    ${tableFiles(context, inspected.tables)} ${unread(context, inspected)}
    <div class="card fields">${localTime(context, draft)} ${money(context, draft)}</div>
    ${advanced(context, draft)}
    <div class="form-foot">
      ${missing.length > 0
        ? html`<p class="form-hint" role="status">${t("map.missing", { roles: format.list(missing.map((role) => context.term(`role.${role}`))) })}</p>`
        : html`<p class="promise">${icon("lock")}<span>${t("app.promise")}</span></p>`}
      <button type="button" class="button" @click=${() => app.cancelOpening()}>${state.opened ? t("map.back", { name: state.opened.source.name }) : t("map.cancel")}</button>
      <button type="submit" class="button primary" ?disabled=${missing.length > 0}>${t("map.confirm")}</button>
    </div>
  </form>`;
}
