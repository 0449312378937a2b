/**
 * Cohort retention equals sql/cohorts.sql: every granularity, window, criterion and measure, the mean rows, the column before, entities and slices;
 * purchase intervals equal sql/purchase_intervals.sql.
 */
import { test } from "node:test";
import { DATASETS } from "./datasets.mjs";
import { Differences } from "./differences.mjs";
import { MAX_PERIODS, MEASURES, byPlace, compareMeans, ratio } from "./cohorts.mjs";

const WINDOWS = [
  { window: "calendar", completeness: "strict" },
  { window: "rolling", completeness: "strict" },
  { window: "rolling", completeness: "eligible" },
];
/** Cohorts of a whole range, and of one without bounds. */
const ANY = { entry: "first_ever", range_from: "0001-01-01", range_until: "9999-12-31", brackets: [], smooth: 1 };
/** Columns of more than one period. */
const SHAPES = [{ brackets: [1, 2, 3] }, { brackets: [4] }, { brackets: [2, 1, 1, 20] }, { smooth: 3 }];
const SMOOTHED = ["orders", "net", "aov", "value_per_member", "nrr", "grr"];
const CRITERIA = ["on", "on_or_after", "on_or_before", "streak", "repeat_by"];
for (const dataset of DATASETS) {
  test(`cohorts of ${dataset.name}`, async () => {
    const opened = await dataset.open();
    const differences = new Differences();
    const [{ start }] = await opened.oracle.select("select min(cast(local_time as date)) as start from fates where reason is null");
    for (const granularity of Object.keys(MAX_PERIODS)) {
      for (const window of WINDOWS) await compare(differences, { ...opened, start }, granularity, window);
    }
    for (const window of WINDOWS) await compareParts(differences, opened, window);
    for (const window of WINDOWS) {
      for (const shape of SHAPES) await compareShape(differences, opened, window, shape);
    }
    await compareEntries(differences, { ...opened, start });
    await compareIntervals(differences, opened);
    await opened.close();
    differences.assertNone(`${dataset.name}, ${JSON.stringify({ ...opened.params, ...opened.filter })}`);
  });
}

/** The options of a monthly table for SQL and for feilun. */
function monthly({ params, filter, until }, { window, completeness }) {
  const { weekStart, minOrders, countZero, maxPeriods } = params;
  const sql = { ...ANY, granularity: "month", week_start: weekStart, time_window: window, eligible: completeness === "eligible", min_orders: minOrders, count_zero: countZero, max_periods: maxPeriods ?? MAX_PERIODS.month, until };
  return { sql, config: { granularity: "month", window, completeness, minOrders, countZero, weekStart, maxPeriods, filter } };
}

async function compareParts(differences, opened, window) {
  const { oracle, data, params, mapping } = opened;
  const { sql, config } = monthly(opened, window);
  const where = [window.window, window.completeness];
  const cells = await oracle.metric("cohorts", sql);
  const before = new Map(cells.map((cell) => [`${cell.cohort_start} ${cell.k}`, cell]));
  for (const [measure, value] of Object.entries(MEASURES)) {
    if (measure === "value_per_returning" && params.minOrders > 1) continue;
    const found = byPlace(await data.cohorts({ ...config, measure, reference: "previous" }));
    const valueOf = (cell) => (cell.members === 0 ? null : value(cell, "on"));
    for (const cell of cells) {
      const [now, then] = [valueOf(cell), cell.k === 0 ? null : valueOf(before.get(`${cell.cohort_start} ${cell.k - 1}`))];
      const expected = now === null ? null : cell.k === 0 ? 1 : then === null ? null : ratio(now, then);
      differences.ratio(() => [cell.k, cell.cohort_start, ...where, measure, "over the column before"], found.get(`${cell.cohort_start} ${cell.k}`)?.cell.value, expected);
    }
  }
  const counts = (rows, expected, title) => {
    const found = byPlace({ rows });
    differences.exact(() => [0, ...title, ...where, "cells"], found.size, expected.length);
    for (const cell of expected) {
      const ours = found.get(`${cell.cohort_start} ${cell.k}`)?.cell;
      const place = (name) => () => [cell.k, cell.cohort_start, ...title, ...where, name];
      differences.exact(place("count"), ours?.count, cell.count_on);
      differences.exact(place("members"), ours?.den, cell.members);
      differences.exact(place("net"), ours?.netMinor, cell.net_minor);
    }
  };
  if (mapping.storeId !== undefined) {
    const table = await data.cohorts({ ...config, entity: "store" });
    counts(table.rows, await oracle.as("store_id", () => oracle.metric("cohorts", sql)), ["of stores"]);
  }
  if (mapping.channel === undefined) return;
  for (const rule of ["first_order", "order"]) {
    const { slices, nCustomers } = await data.cohorts({ ...config, slice: { by: "channel", rule } });
    const query = () => oracle.metric("cohorts", sql);
    for (const { label, rows } of slices) {
      const expected = await (rule === "order" ? oracle.within("channel", label, query) : oracle.ofFirst("channel", label, params.countZero, query));
      counts(rows, expected, ["slice", rule, label]);
    }
    if (rule === "first_order") differences.exact(() => ["slices add up", ...where], slices.reduce((sum, slice) => sum + slice.nCustomers, 0), nCustomers);
  }
}

async function compare(differences, { oracle, data, params, filter, start, until }, granularity, { window, completeness }) {
  const { weekStart, minOrders, countZero, warmupDays, maxPeriods } = params;
  const sql = {
    ...ANY,
    granularity,
    week_start: weekStart,
    time_window: window,
    eligible: completeness === "eligible",
    min_orders: minOrders,
    count_zero: countZero,
    max_periods: maxPeriods ?? MAX_PERIODS[granularity],
    until,
  };
  const cells = await oracle.metric("cohorts", sql);
  const config = { granularity, window, completeness, minOrders, countZero, weekStart, warmupDays, maxPeriods, filter };
  for (const criterion of CRITERIA) {
    const table = await data.cohorts({ ...config, criterion });
    const found = byPlace(table);
    differences.exact(() => [0, "cells", granularity, window, completeness], found.size, cells.length);
    for (const cell of cells) {
      const { row, cell: ours } = found.get(`${cell.cohort_start} ${cell.k}`) ?? {};
      const count = cell[`count_${criterion}`];
      const place = (name) => () => [cell.k, cell.cohort_start, granularity, window, completeness, criterion, name];
      differences.exact(place("members of the cohort"), row?.nCustomers, cell.n_customers);
      differences.exact(place("members"), ours?.den, cell.members);
      differences.exact(place("state"), ours?.state, cell.state);
      differences.exact(place("count"), ours?.count, count);
      differences.exact(place("orders"), ours?.orders, cell.orders);
      differences.exact(place("net"), ours?.netMinor, cell.net_minor);
      differences.ratio(place("rate"), ours?.value, count === null ? null : ratio(count, cell.members));
    }
    if (criterion === "on") {
      // Which cohorts have members is said by the calendar table: rolling columns of young cohorts may all be missing.
      const cohorts = window === "calendar" ? cells : await oracle.metric("cohorts", { ...sql, time_window: "calendar", eligible: false, max_periods: 0 });
      const isWarm = (cell) => Date.parse(cell.cohort_start) >= Date.parse(start) + warmupDays * 86_400_000;
      const isAlone = !cohorts.some((cell) => cell.n_customers > 0 && isWarm(cell));
      const where = [granularity, window, completeness];
      differences.exact(() => [-1, "uses left-censored cohorts", ...where], table.means.usesLeftCensored, isAlone);
      const usable = cells.filter((cell) => cell.state === "complete" && cell.members > 0 && (isAlone || isWarm(cell)));
      compareMeans(differences, table, usable, { criterion, measure: "rate" }, where);
    }
  }
  for (const [measure, value] of Object.entries(MEASURES)) {
    // With more than one order asked for, the net of those present is not the net of the column.
    if (measure === "value_per_returning" && minOrders > 1) continue;
    const found = byPlace(await data.cohorts({ ...config, measure }));
    for (const cell of cells) {
      const place = () => [cell.k, cell.cohort_start, granularity, window, completeness, measure];
      differences.ratio(place, found.get(`${cell.cohort_start} ${cell.k}`)?.cell.value, cell.members === 0 ? null : value(cell, "on"));
    }
  }
}

/** The day so many days after another. */
const later = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** Who enters when: cohorts of the middle of the data, by every entry. */
async function compareEntries(differences, opened) {
  const days = (Date.parse(opened.until) - Date.parse(opened.start)) / 86_400_000;
  const [from, until] = [later(opened.start, Math.floor(days / 4)), later(opened.start, Math.ceil((days * 3) / 4) + 1)];
  for (const entry of ["first_ever", "first_in_range", "recurring"]) {
    for (const window of WINDOWS) {
      const { sql, config } = monthly(opened, window);
      const cells = await opened.oracle.metric("cohorts", { ...sql, entry, range_from: from, range_until: until });
      for (const criterion of CRITERIA) {
        const asked = { ...config, criterion, entry, range: { from, until } };
        const table = await opened.data.cohorts(asked).catch((error) => (error.code === "empty" ? { rows: [] } : Promise.reject(error)));
        const found = byPlace(table);
        const title = [entry, window.window, window.completeness, criterion];
        differences.exact(() => [0, ...title, "cells"], found.size, cells.length);
        for (const cell of cells) {
          const { row, cell: ours } = found.get(`${cell.cohort_start} ${cell.k}`) ?? {};
          const place = (name) => () => [cell.k, cell.cohort_start, ...title, name];
          differences.exact(place("members of the cohort"), row?.nCustomers, cell.n_customers);
          differences.exact(place("left-censored"), row?.leftCensored, entry === "first_ever" && Date.parse(cell.cohort_start) < Date.parse(opened.start) + 90 * 86_400_000);
          differences.exact(place("members"), ours?.den, cell.members);
          differences.exact(place("state"), ours?.state, cell.state);
          differences.exact(place("count"), ours?.count, cell[`count_${criterion}`]);
          differences.exact(place("orders"), ours?.orders, cell.orders);
          differences.exact(place("net"), ours?.netMinor, cell.net_minor);
        }
      }
    }
  }
}

/** Brackets, and money smoothed over three periods. */
async function compareShape(differences, opened, window, shape) {
  const { sql, config } = monthly(opened, window);
  const maxPeriods = shape.brackets === undefined ? config.maxPeriods : null;
  const asked = { ...config, maxPeriods, ...shape };
  const cells = await opened.oracle.metric("cohorts", { ...sql, ...shape });
  const title = [JSON.stringify(shape), window.window, window.completeness];
  for (const criterion of shape.smooth === undefined ? CRITERIA : []) {
    const found = byPlace(await opened.data.cohorts({ ...asked, criterion }));
    differences.exact(() => [0, ...title, "cells"], found.size, cells.length);
    for (const cell of cells) {
      const ours = found.get(`${cell.cohort_start} ${cell.k}`)?.cell;
      const place = (name) => () => [cell.k, cell.cohort_start, ...title, criterion, name];
      differences.exact(place("members"), ours?.den, cell.members);
      differences.exact(place("state"), ours?.state, cell.state);
      differences.exact(place("count"), ours?.count, cell[`count_${criterion}`]);
      differences.exact(place("orders"), ours?.orders, cell.orders);
      differences.exact(place("net"), ours?.netMinor, cell.net_minor);
    }
  }
  for (const measure of shape.smooth === undefined ? ["aov", "cum_value_per_member", "value_per_member"] : SMOOTHED) {
    const found = byPlace(await opened.data.cohorts({ ...asked, measure }));
    differences.exact(() => [0, ...title, measure, "cells"], found.size, cells.length);
    for (const cell of cells) {
      const ours = found.get(`${cell.cohort_start} ${cell.k}`)?.cell;
      differences.exact(() => [cell.k, cell.cohort_start, ...title, measure, "state"], ours?.state, cell.state);
      differences.ratio(() => [cell.k, cell.cohort_start, ...title, measure], ours?.value, cell.members === 0 ? null : MEASURES[measure](cell, "on"));
    }
  }
}

async function compareIntervals(differences, { oracle, data, params: { countZero }, filter, until }) {
  const points = await oracle.metric("purchase_intervals", { count_zero: countZero, until });
  const found = await data.purchaseIntervals({ countZero, filter });
  differences.exact(() => ["intervals", "points"], found.points.length, points.length);
  for (const [at, { days, n_customers }] of points.entries()) {
    differences.exact(() => [at, "intervals", "days"], found.points[at]?.days, days);
    differences.exact(() => [at, "intervals", "customers"], found.points[at]?.nCustomers, n_customers);
  }
  const [first = { n_returning: 0 }] = points;
  for (const name of ["n_returning", "p25_days", "p50_days", "p80_days", "granularity"]) {
    const ours = found[name.replace(/_[a-z]/g, ([, letter]) => letter.toUpperCase())];
    differences.exact(() => ["intervals", name], ours, first[name] ?? null);
  }
  if (points.length > 0) differences.exact(() => ["intervals", "n_buyers"], found.nCustomers, first.n_buyers);
}
