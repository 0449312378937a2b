// Results as tables for a spreadsheet: everything the page shows, and what it rests on.
//
// In: a result and the words of the language shown. Out: a head and rows. Money is written in whole units with decimals, shares in [0, 1], unobserved values blank.

import type { CohortTable, ConcentrationTable, FlywheelTable, GrowthTable, Measure, MigrationState, PrivateDomainTable, PurchaseIntervals, RfmMigration, RfmTable } from "feilun";
import type { Context } from "./context.ts";
import { spanText } from "./format.ts";
import type { View } from "./view.ts";

/** A table to export. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

type Cell = string | number | null;

const MONEY_MEASURES: readonly Measure[] = ["net", "aov", "value_per_returning", "value_per_member", "cum_value_per_member"];

/** Days after the first purchase by which `costs` tells what a customer is worth. */
const VALUE_DAYS = [30, 90, 180, 365];

/** Terms of the days as the engine counts them. */
const WEEKDAYS = ["weekday.monday", "weekday.tuesday", "weekday.wednesday", "weekday.thursday", "weekday.friday", "weekday.saturday", "weekday.sunday"] as const;

function units(minor: number | null): number | null {
  return minor === null ? null : minor / 100;
}

/** Cohorts: one row each, one column per period; the last complete column is named, later values are partial. Below the whole, the same of every slice. */
export function cohortRows(context: Context, table: CohortTable, { measure, reference }: Pick<View, "measure" | "reference">): Table {
  const { t, term } = context;
  const write = MONEY_MEASURES.includes(measure) && reference === "none" ? units : (value: number | null) => value;
  const columns = Array.from({ length: table.nPeriods }, (_, k) => k);
  const parts = [{ label: null, ...table }, ...table.slices];
  const rows = parts.flatMap(({ label, rows, means }, part): Cell[][] => {
    const slice = table.slices.length === 0 ? [] : [part === 0 ? t("csv.all") : (label ?? term("slice.none"))];
    const cohorts = rows.map((row): Cell[] => {
      const complete = row.cells.filter((cell) => cell.state === "complete").length;
      const values = columns.map((k) => write(row.cells[k]?.value ?? null));
      return [...slice, row.period.label, row.nCustomers, row.leftCensored ? t("csv.yes") : "", complete > 0 ? complete - 1 : null, ...values];
    });
    const mean = (name: string, values: readonly (number | null)[]): Cell[] => [...slice, name, null, "", null, ...columns.map((k) => write(values[k] ?? null))];
    return [...cohorts, mean(term("cohort.mean_pooled"), means.pooled), mean(term("cohort.mean_simple"), means.simple)];
  });
  const head = [term("cohort.cohort"), term("cohort.customers"), t("csv.left_censored"), t("csv.complete_through"), ...table.columns.map(spanText)];
  return { head: table.slices.length === 0 ? head : [t("control.slice"), ...head], rows };
}

/** The cells of the RFM grid. */
export function gridRows(context: Context, table: RfmTable): Table {
  const { t } = context;
  const names = new Map(table.segments.map((segment) => [segment.id, context.named(segment.name)]));
  return {
    head: ["R", "FM", t("segment.name"), t("figure.customers"), t("segment.share"), t("figure.net")],
    rows: table.cells.map((cell) => [cell.r, cell.fm, cell.segment === null ? "" : (names.get(cell.segment) ?? cell.segment), cell.nCustomers, cell.share, units(cell.netMinor)]),
  };
}

/** The segments. */
export function segmentRows(context: Context, table: RfmTable): Table {
  const { t, term, named } = context;
  return {
    head: [
      t("segment.name"), t("figure.customers"), t("segment.share"), t("figure.orders"), t("figure.net"), t("segment.net_share"), term("measure.aov"),
      t("segment.recency"), t("segment.recency_mean"), t("segment.frequency"), t("segment.monetary"),
    ],
    rows: table.segments.map((each) => [
      named(each.name), each.nCustomers, each.share,
      ...(each.scored
        ? [each.orders, units(each.netMinor), each.netShare, units(each.aovMinor), each.medianRecencyDays, each.meanRecencyDays, each.meanFrequency, units(each.meanMonetaryMinor)]
        : Array<null>(8).fill(null)),
    ]),
  };
}

/** The streams between segments on two days, empty ones included. */
export function streamsOf({ states, customers, rowShare, flowMinor }: RfmMigration): { from: MigrationState; to: MigrationState; n: number; share: number | null; netMinor: number }[] {
  return states.flatMap((from, row) => states.map((to, column) => ({ from, to, n: customers[row]?.[column] ?? 0, share: rowShare[row]?.[column] ?? null, netMinor: flowMinor[row]?.[column] ?? 0 })));
}

/** The same as a table. */
export function migrationRows(context: Context, table: RfmMigration): Table {
  const { t, named } = context;
  return {
    head: [t("migration.from", { day: table.from }), t("migration.to", { day: table.to }), t("figure.customers"), t("migration.row_share"), t("figure.net")],
    rows: streamsOf(table).map(({ from, to, n, share, netMinor }) => [named(from.name), named(to.name), n, share, units(netMinor)]),
  };
}

/** The points of a Lorenz curve. */
export function concentrationRows(context: Context, table: ConcentrationTable): Table {
  const { t } = context;
  return {
    head: [t("concentration.entities"), t("concentration.share"), t("figure.net"), t("segment.net_share")],
    rows: table.lorenz.map((point) => [point.nEntities, point.share, units(point.netMinor), point.netShare]),
  };
}

/** The periods of growth accounting, customers and revenue. */
export function growthRows(context: Context, table: GrowthTable): Table {
  const { t, term } = context;
  const revenue = (name: string): string => `${t("control.growth_unit.revenue")}: ${name}`;
  return {
    head: [
      t("control.granularity"), t("csv.start"), t("csv.end"), t("csv.complete"),
      term("growth.active"), term("growth.new"), term("growth.retained"), term("growth.resurrected"), term("growth.churned"), term("growth.dormant"),
      t("growth.retention"), term("growth.quick_ratio"),
      ...([t("figure.net"), term("growth.new"), term("growth.retained"), term("growth.expansion"), term("growth.contraction"), term("growth.resurrected"), term("growth.churned"), term("growth.quick_ratio")].map(revenue)),
    ],
    rows: table.periods.map(({ period, counts, revenue: money, ...rates }) => [
      period.label, period.start, period.end, period.complete ? t("csv.yes") : "",
      counts.active, counts.new, counts.retained, counts.resurrected, counts.churned, counts.dormant, rates.retentionRate, rates.quickRatio,
      ...[money.reportedNet, money.new, money.retained, money.expansion, money.contraction, money.resurrected, money.churned].map(units),
      rates.revenueQuickRatio,
    ]),
  };
}

/** Growth accounting of the whole and of every slice, period by period. */
export function growthSliceRows(context: Context, table: GrowthTable): Table {
  const { t, term } = context;
  const parts = [{ ...table, label: t("csv.all") }, ...table.slices];
  return {
    head: [t("csv.slice"), ...growthRows(context, table).head],
    rows: parts.flatMap(({ label, periods }) => growthRows(context, { ...table, periods }).rows.map((row) => [label ?? term("slice.none"), ...row])),
  };
}

/** Every metric of the flywheel. */
export function flywheelRows(context: Context, table: FlywheelTable): Table {
  const { t, named } = context;
  const { gain, cycleTime, gains, chain, lags, momentum } = table;
  const waits = [...lags.steps, lags.whole].map(({ median }) => median);
  const ofTheLoop = [gain, cycleTime, ...gains, ...chain.links, ...waits, lags.sumOfMedians, momentum.index, momentum.acceleration];
  const metrics = [
    ...table.steps.flatMap((step) => [step.headline, ...step.metrics].map((metric) => ({ step: named(step.name), metric }))),
    ...ofTheLoop.map((metric) => ({ step: "", metric })),
  ];
  return {
    head: [t("csv.step"), t("csv.metric"), t("csv.id"), t("csv.status"), t("csv.value"), t("csv.num"), t("csv.den"), t("csv.low"), t("csv.high"), t("control.granularity"), t("csv.needs")],
    rows: metrics.map(({ step, metric }) => {
      const write = metric.unit === "minor" ? units : (value: number | null) => value;
      return [
        step, named(metric.name), metric.id, t(`status.${metric.status}`), write(metric.value), write(metric.num), metric.den,
        metric.interval && write(metric.interval.low), metric.interval && write(metric.interval.high), metric.period ?? "", metric.needs ?? "",
      ];
    }),
  };
}

/** Every private-domain metric in every period. */
export function domainRows(context: Context, table: PrivateDomainTable): Table {
  const { t, named } = context;
  return {
    head: [t("csv.metric"), t("csv.id"), t("csv.status"), t("control.granularity"), t("csv.start"), t("csv.complete"), t("csv.value"), t("csv.num"), t("csv.den"), t("csv.needs")],
    rows: table.metrics.flatMap(({ metric, series }) => {
      const write = metric.unit === "minor" ? units : (value: number | null) => value;
      const head = [named(metric.name), metric.id, t(`status.${metric.status}`)];
      if (series.length === 0) return [[...head, metric.period ?? "", "", "", write(metric.value), null, null, metric.needs ?? ""]];
      return series.map(({ period, mature, value, num, den }) => [...head, period.label, period.start, mature ? t("csv.yes") : "", write(value), write(num), den, ""]);
    }),
  };
}

/** The waits between the steps, days. */
export function lagRows({ named, t, term }: Context, { lags }: FlywheelTable): Table {
  return {
    head: [term("chart.step"), t("csv.id"), t("csv.status"), term("cohort.mean_median"), "P25", "P75", term("cohort.customers"), t("csv.needs")],
    rows: [...lags.steps, lags.whole].map(({ median, p25, p75 }) => [named(median.name), median.id, t(`status.${median.status}`), median.value, p25, p75, median.n, median.needs ?? ""]),
  };
}

/** Cost and value of every entry cohort. */
export function costRows({ t, term }: Context, { costs }: FlywheelTable): Table {
  const days = (n: number): string => term("chart.value_days").replace("{n}", String(n));
  return {
    head: [
      term("chart.period"), t("csv.start"), t("csv.complete"), t("csv.left_censored"), term("metric.new_buyers"), term("table.spend"), term("metric.cac"), term("metric.marginal_cac"),
      ...VALUE_DAYS.map(days), ...VALUE_DAYS.map((n) => `${days(n)} / ${term("metric.cac")}`), t("csv.payback_months"),
    ],
    rows: costs.cohorts.map((cohort) => [
      cohort.period.label, cohort.period.start, cohort.period.complete ? t("csv.yes") : "", cohort.leftCensored ? t("csv.yes") : "", cohort.newBuyers,
      units(cohort.spendMinor), units(cohort.cacMinor), units(cohort.marginalCacMinor), ...cohort.valuesMinor.map(units), ...cohort.valuePerCost, cohort.paybackMonths,
    ]),
  };
}

/** The claims with every period they rest on. */
export function claimRows({ named, term }: Context, { costs }: FlywheelTable): Table {
  return {
    head: [term("chart.claim"), term("chart.verdict"), term("chart.trend"), "z", "p", term("chart.period"), term("chart.value")],
    rows: costs.claims.flatMap((claim): Cell[][] => {
      const head = [named(claim.name), term(`verdict.${claim.verdict}`), claim.slope, claim.z, claim.p];
      const write = claim.id === "growing_assets" ? (value: number) => value : units;
      return claim.points.length === 0 ? [[...head, "", null]] : claim.points.map(({ period, value }) => [...head, period, write(value)]);
    }),
  };
}

/** Pickups of every hour of the week. */
export function pickupRows({ term }: Context, { pickupHours }: PrivateDomainTable): Table {
  return {
    head: [term("chart.weekday"), ...Array.from({ length: 24 }, (_, hour) => String(hour))],
    rows: (pickupHours ?? []).map((hours, day) => [term(WEEKDAYS[day] ?? "chart.weekday"), ...hours]),
  };
}

/** How many customers wait at most how long. */
export function intervalRows({ t, term }: Context, { points }: PurchaseIntervals): Table {
  return { head: [t("csv.median_days"), term("cohort.customers"), t("segment.share")], rows: points.map(({ days, nCustomers, share }) => [days, nCustomers, share]) };
}

/** The segments of every group. */
export function segmentSliceRows({ named, t, term }: Context, table: RfmTable): Table {
  return {
    head: [t("control.slice"), t("segment.name"), t("figure.customers"), t("segment.share"), t("figure.net"), t("segment.net_share")],
    rows: [{ label: t("csv.all"), segments: table.segments }, ...table.slices].flatMap(({ label, segments }) =>
      segments.filter(({ scored }) => scored).map((segment) => [label ?? term("slice.none"), named(segment.name), segment.nCustomers, segment.share, units(segment.netMinor), segment.netShare]),
    ),
  };
}
