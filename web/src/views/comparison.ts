// Two periods side by side: what it was, what it is, and the change.
//
// In: the growth table, the flywheel table, or both, and the two periods of the view. Out: the switches, a table with a line per metric, and the same for a spreadsheet.

import { html, nothing } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Definition, FlywheelTable, GrowthPeriod, GrowthTable, Period, Unit } from "feilun";
import type { Context } from "../context.ts";
import { daysOf, holding, pairOf } from "../periods.ts";
import type { Pair } from "../periods.ts";
import type { Table } from "../tables.ts";
import type { Choice, Day } from "../view.ts";
import { listed } from "./controls.ts";
import { definitionFold } from "./definition.ts";
import { howButton } from "./explain.ts";
import { csvButton } from "./exports.ts";

/** The rate of those retained. */
const RETENTION = "retained_rate";

/** A metric in both periods. */
interface Line {
  /** The id of its formula. */
  readonly by: string;
  readonly name: string;
  readonly unit: Unit;
  readonly now: number | null;
  readonly then: number | null;
  /** The periods it speaks of, where they are not those of the head. */
  readonly periods?: Pair<Period>;
}

/** The change between two values; shares differ by points, everything else by a part of what it was. */
export function changeText({ format }: Context, now: number | null, then: number | null, unit: Unit): TemplateResult {
  const points = unit === "share" || unit === "difference" || unit === "change";
  if (now === null || then === null || (!points && then === 0)) return html`<span class="muted">—</span>`;
  return html`<span class="change">${points ? format.points(now - then) : format.signedPercent((now - then) / Math.abs(then))}</span>`;
}

/** The complete periods of growth accounting. */
function complete(table: GrowthTable): GrowthPeriod[] {
  return table.periods.filter(({ period }) => period.complete);
}

/** The two periods of growth accounting; before the data's first there is nothing to hold it against. */
function growthPair({ state }: Context, table: GrowthTable): Pair<GrowthPeriod> {
  const { now, then } = pairOf(complete(table), state.view);
  return { now, then: then?.first ? undefined : then };
}

function growthLines(context: Context, table: GrowthTable): Line[] {
  const { t, term } = context;
  const { now, then } = growthPair(context, table);
  const line = (by: string, name: string, unit: Unit, read: (period: GrowthPeriod) => number | null): Line => ({ by, name, unit, now: now ? read(now) : null, then: then ? read(then) : null });
  const counts = (["active", "new", "retained", "resurrected", "churned"] as const).map((id) => line(`growth.${id}`, term(`growth.${id}`), "count", (period) => period.counts[id]));
  return [
    line("growth.net", t("figure.net"), "minor", ({ revenue }) => revenue.reportedNet), ...counts,
    line("growth.quick_ratio", term("growth.quick_ratio"), "ratio", ({ quickRatio }) => quickRatio),
    line(RETENTION, t("growth.retention"), "share", ({ retentionRate }) => retentionRate),
  ];
}

function stepLines({ named, state }: Context, table: FlywheelTable): Line[] {
  return table.steps.flatMap(({ headline, series }) => {
    const { now, then } = pairOf(series.filter(({ mature }) => mature), state.view);
    if (headline.status === "needs_table") return [];
    return [{ by: headline.id, name: named(headline.name), unit: headline.unit, now: now?.value ?? null, then: then?.value ?? null, periods: { now: now?.period, then: then?.period } }];
  });
}

/** The switches: which period, against which. */
function pairSwitches(context: Context, periods: readonly { readonly period: Period }[]): TemplateResult {
  const { state, t } = context;
  const { view } = state;
  const label = (day: string): string => holding(periods, day)?.period.label ?? day;
  const against = (choice: Choice<"then">): string => {
    if (choice !== "previous" && choice !== "year") return label(choice);
    const found = pairOf(periods, { now: view.now, then: choice }).then;
    return `${t(`compare.${choice}`)}${found ? ` ${found.period.label}` : ""}`;
  };
  const started = (choice: string): Day | undefined => holding(periods, choice)?.period.start as Day | undefined;
  return html`
    ${listed(context, "now", t("compare.now"), (choice) => (choice === "latest" ? t("compare.latest", { period: periods.at(-1)?.period.label ?? "—" }) : label(choice)), { also: daysOf(periods), taken: started(view.now) })}
    ${listed(context, "then", t("compare.then"), against, { also: daysOf(periods), taken: started(view.then) })}
  `;
}

function lineRow(context: Context, { by, name, unit, now, then, periods }: Line, head: Pair<Period>, definition: Definition): TemplateResult {
  const { format } = context;
  const value = (written: number | null, end: "now" | "then"): TemplateResult => {
    const period = periods?.[end];
    return html`<td class="number">${format.unit(written, unit)}${period && period.label !== head[end]?.label ? html` <span class="muted part">${period.label}</span>` : nothing}</td>`;
  };
  const basis = (["now", "then"] as const).map((end) => `${(periods ?? head)[end]?.label ?? "—"}: ${format.unit(end === "now" ? now : then, unit)}`);
  return html`<tr><th scope="row">${name}${howButton(context, { name, value: format.unit(now, unit), by: [by], basis, definition })}</th>${value(now, "now")}${value(then, "then")}<td class="number">${changeText(context, now, then, unit)}</td></tr>`;
}

/** What is compared: growth accounting, the steps of the flywheel, or both. */
export interface Compared {
  readonly growth?: GrowthTable | null;
  readonly flywheel?: FlywheelTable | null;
}

function linesOf(context: Context, { growth, flywheel }: Compared): Line[] {
  const lines = growth ? growthLines(context, growth) : [];
  // The rate of those retained is the first step's number.
  return flywheel ? [...lines.filter(({ by }) => by !== RETENTION), ...stepLines(context, flywheel)] : lines;
}

function definitionOf({ growth, flywheel }: Compared): Definition | undefined {
  return (growth ?? flywheel)?.definition;
}

/** The periods to choose from. */
function periodsOf({ growth, flywheel }: Compared): { readonly period: Period }[] {
  if (growth) return complete(growth);
  const known = new Map((flywheel?.steps ?? []).flatMap(({ series }) => series.filter(({ mature }) => mature).map((point) => [point.period.start, point])));
  return [...known.values()].sort((a, b) => (a.period.start < b.period.start ? -1 : 1));
}

/** The two periods over the table. */
function headOf(context: Context, compared: Compared): Pair<Period> {
  const { now, then } = compared.growth ? growthPair(context, compared.growth) : pairOf(periodsOf(compared), context.state.view);
  return { now: now?.period, then: then?.period };
}

/** The switches and the table. */
export function comparison(context: Context, labelledBy: string, compared: Compared): TemplateResult {
  const { t } = context;
  const periods = periodsOf(compared);
  const definition = definitionOf(compared);
  if (periods.length === 0 || !definition) return html`<p class="muted">${t("overview.no_period")}</p>`;
  const head = headOf(context, compared);
  return html`<div class="controls">${pairSwitches(context, periods)}</div>
    <div class="table-scroll" tabindex="0" role="group" aria-labelledby=${labelledBy}>
      <table class="data-table is-narrow">
        <thead>
          <tr><th scope="col">${t("csv.metric")}</th><th scope="col" class="number">${head.now?.label ?? "—"}</th><th scope="col" class="number">${head.then?.label ?? "—"}</th><th scope="col" class="number">${t("overview.change")}</th></tr>
        </thead>
        <tbody>${linesOf(context, compared).map((line) => lineRow(context, line, head, definition))}</tbody>
      </table>
    </div>`;
}

/** The switches and the table as a panel of their own. */
export function comparisonPanel(context: Context, compared: Compared): TemplateResult | typeof nothing {
  const { t } = context;
  const definition = definitionOf(compared);
  if (!definition || definition.orders === 0) return nothing;
  const id = compared.growth ? "panel-growth-compared" : "panel-steps-compared";
  return html`<section class="card panel" id=${id} aria-labelledby=${`${id}-title`}>
    <header class="panel-head">
      <h2 id=${`${id}-title`}>${t("compare.title")}</h2>
      <div class="exports">${csvButton(context, "comparison", definition, () => comparisonRows(context, compared))}</div>
    </header>
    ${comparison(context, `${id}-title`, compared)}
    <footer class="panel-foot">${definitionFold(context, definition)}</footer>
  </section>`;
}

/** The same for a spreadsheet. */
function comparisonRows(context: Context, compared: Compared): Table {
  const { t } = context;
  const head = headOf(context, compared);
  return {
    head: [t("csv.metric"), t("compare.now"), t("csv.value"), t("compare.then"), t("csv.value")],
    rows: linesOf(context, compared).map((line) => {
      const write = (value: number | null): number | null => (value === null || line.unit !== "minor" ? value : value / 100);
      const periods = line.periods ?? head;
      return [line.name, periods.now?.label ?? "", write(line.now), periods.then?.label ?? "", write(line.then)];
    }),
  };
}
