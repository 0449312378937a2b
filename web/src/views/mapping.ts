// The mapping step: which column of the file serves which role, and how times, money and statuses are to be read.
//
// In: the inspection of a file and the draft being edited. Out: changes of the draft, and the go-ahead.

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Field, Mapping, Proposal, Role } from "feilun";
import type { Context } from "../context.ts";
import type { Draft, Inspected } from "../opening.ts";
import { icon } from "./icons.ts";

const REQUIRED: readonly Role[] = ["customer_id", "ordered_at", "amount"];

/** The field of the mapping that holds the column of a role. */
const MAPPING_FIELDS: Record<Role, keyof Mapping> = {
  customer_id: "customerId",
  ordered_at: "orderedAt",
  amount: "amount",
  order_id: "orderId",
  status: "status",
  refund_amount: "refundAmount",
  store_id: "storeId",
  channel: "channel",
  inviter_id: "inviterId",
  joined_at: "joinedAt",
};

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
  return REQUIRED.filter((role) => !draft.mapping[MAPPING_FIELDS[role]]);
}

function matchBadge(context: Context, draft: Draft, proposal: Proposal): TemplateResult {
  const { t } = context;
  const column = draft.mapping[MAPPING_FIELDS[proposal.role]] ?? null;
  const badge = (tone: string, text: string): TemplateResult => html`<span class="match ${tone}">${text}</span>`;
  if (column !== (proposal.column ?? null)) return badge("is-plain", t("map.by_you"));
  if (column !== null) return proposal.confidence >= 1 ? badge("is-good", t("map.exact")) : badge("is-warn", t("map.likely"));
  return proposal.alternatives.length > 0 ? badge("is-warn", t("map.ambiguous")) : badge("is-plain", t("map.absent"));
}

function roleRow(context: Context, inspected: Inspected, proposal: Proposal): TemplateResult {
  const { app, t } = context;
  const { draft, inspection } = inspected;
  const { role } = proposal;
  const key = MAPPING_FIELDS[role];
  const required = REQUIRED.includes(role);
  const column = draft.mapping[key] ?? null;
  const fitting = inspection.fields.filter((field) => field.roles.includes(role));
  const field = inspection.fields.find((each) => each.name === column);
  const choose = (event: Event): void => {
    const value = (event.target as HTMLSelectElement).value;
    const { [key]: _, ...others } = draft.mapping;
    app.editDraft({ mapping: value === "" ? others : { ...others, [key]: value } });
  };
  return html`<tr>
    <th scope="row">
      <span class="role">${t(`role.${role}`)}${required ? html`<span class="required">${t("map.required")}</span>` : nothing}</span>
      <span class="role-text">${t(`role.${role}.text`)}</span>
    </th>
    <td>
      <select name=${role} aria-label=${`${t(`role.${role}`)}: ${t("map.column")}`} ?required=${required} aria-invalid=${required && !column ? "true" : nothing} @change=${choose}>
        <option value="" ?selected=${column === null}>${t(required ? "map.choose" : "map.none")}</option>
        ${fitting.map((each) => html`<option value=${each.name} ?selected=${each.name === column}>${each.name}</option>`)}
      </select>
    </td>
    <td class="type">${field ? html`<code>${field.dataType}</code>` : html`<span class="muted">—</span>`}</td>
    <td>${matchBadge(context, draft, proposal)}</td>
  </tr>`;
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

function unread(context: Context, inspected: Inspected): TemplateResult | typeof nothing {
  const { t, format } = context;
  const used = new Set(Object.values(inspected.draft.mapping));
  const left: Field[] = inspected.inspection.fields.filter((field) => !used.has(field.name));
  const personal = left.filter((field) => field.pii);
  return html`
    ${personal.length > 0
      ? html`<p class="notice">${icon("lock")}<span>${t("map.pii", { columns: context.format.list(personal.map((field) => field.name)) })}</span></p>`
      : nothing}
    ${left.length > 0
      ? html`<details class="card fold">
          <summary>${t("map.unread", { n: format.count(left.length) })}${icon("chevron")}</summary>
          <ul class="unread">${left.map((field) => html`<li><code>${field.name}</code> <span class="muted">${field.dataType}</span></li>`)}</ul>
        </details>`
      : nothing}
  `;
}

/** The mapping step. */
export function mappingView(context: Context, inspected: Inspected): TemplateResult {
  const { app, state, t, format } = context;
  const { source, inspection, draft } = inspected;
  const missing = missingRoles(draft);
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
      <p class="file-line"><strong>${source.name}</strong> <span class="muted">${format.bytes(source.file.size)}</span></p>
    </div>
    <div class="card table-card">
      <table class="mapping-table">
        <caption class="visually-hidden">${t("map.title")}</caption>
        <thead>
          <tr><th scope="col">${t("map.role")}</th><th scope="col">${t("map.column")}</th><th scope="col">${t("map.type")}</th><th scope="col">${t("map.match")}</th></tr>
        </thead>
        <tbody>${inspection.proposals.map((proposal) => roleRow(context, inspected, proposal))}</tbody>
      </table>
    </div>
    ${unread(context, inspected)}
    <div class="card fields">${localTime(context, draft)} ${money(context, draft)}</div>
    ${advanced(context, draft)}
    <div class="form-foot">
      ${missing.length > 0
        ? html`<p class="form-hint" role="status">${t("map.missing", { roles: format.list(missing.map((role) => t(`role.${role}`))) })}</p>`
        : html`<p class="promise">${icon("lock")}<span>${t("app.promise")}</span></p>`}
      <button type="button" class="button" @click=${() => app.cancelOpening()}>${state.opened ? t("map.back", { name: state.opened.source.name }) : t("map.cancel")}</button>
      <button type="submit" class="button primary" ?disabled=${missing.length > 0}>${t("map.confirm")}</button>
    </div>
  </form>`;
}
