/** Cohort retention equals sql/cohorts.sql under every pair of options: cells, mean rows, slices, entities, filters. */
import { MAX_PERIODS, compareMeans, byPlace, measured } from "./cohorts.mjs";
import { FILTERS, answer, differential, filterOf, middle } from "./differential.mjs";

const WINDOWS = { calendar: ["calendar", "strict"], strict: ["rolling", "strict"], eligible: ["rolling", "eligible"] };
/** One period a column, several, or money over three. */
const COLUMNS = { default: {}, few: { maxPeriods: 3 }, own: { maxPeriods: 0 }, brackets: { brackets: [1, 2, 3] }, bracket: { brackets: [4] }, smooth: { smooth: 3 } };
const SMOOTHED = new Set(["orders", "net", "aov", "value_per_member", "nrr", "grr"]);
const ENTITIES = { customer: null, store: "store_id", staff: "staff_id", leader: "staff_id" };
const SLICES = { none: null, first: ["channel", "first_order"], home: ["channel", "home"], order: ["channel", "order"], stores: ["store_id", "home"] };
const WARMUP_DAYS = [0, 30, 90];

differential({
  call: "cohorts",
  rowsPerTable: 2,
  fields: {
    granularity: Object.keys(MAX_PERIODS),
    window: Object.keys(WINDOWS),
    entry: ["first_ever", "first_in_range", "recurring"],
    range: [false, true],
    criterion: ["on", "on_or_after", "on_or_before", "streak", "repeat_by"],
    measure: ["count", "rate", "orders", "net", "aov", "value_per_returning", "value_per_member", "cum_value_per_member", "nrr", "grr"],
    reference: ["none", "previous"],
    columns: Object.keys(COLUMNS),
    minOrders: [1, 2, 3],
    countZero: [false, true],
    weekStart: [0, 3, 6],
    warmupDays: WARMUP_DAYS,
    entity: Object.keys(ENTITIES),
    slice: Object.keys(SLICES),
    observed: ["until", "earlier"],
    filter: FILTERS,
  },
  refused: [
    ({ measure, criterion }) => measure === "value_per_returning" && criterion !== "on",
    ({ measure, minOrders }) => measure === "value_per_returning" && minOrders > 1,
    ({ entry, range }) => entry === "first_in_range" && !range,
    ({ measure, columns }) => columns.startsWith("bracket") && ["nrr", "grr"].includes(measure),
    ({ measure, columns }) => columns === "smooth" && !SMOOTHED.has(measure),
    ({ entity, slice }) => entity === "store" && slice === "stores",
  ],
  async compare({ oracle, data, facts }, row, differences) {
    const { granularity, entry, criterion, measure, reference, minOrders, countZero, weekStart, warmupDays, entity } = row;
    const [window, completeness] = WINDOWS[row.window];
    const { filter, begins, ends } = filterOf(row.filter, facts);
    const until = row.observed === "until" || facts.earlier > ends ? ends : facts.earlier;
    const columns = COLUMNS[row.columns];
    const range = row.range ? middle(facts) : {};
    const slice = SLICES[row.slice];
    const params = {
      granularity, week_start: weekStart, time_window: window, eligible: completeness === "eligible", entry, min_orders: minOrders, count_zero: countZero, until,
      range_from: range.from ?? "0001-01-01", range_until: range.until ?? "9999-12-31",
      brackets: columns.brackets ?? [], smooth: columns.smooth ?? 1, max_periods: columns.maxPeriods ?? MAX_PERIODS[granularity],
    };
    const config = {
      granularity, window, completeness, entry, range, criterion, measure, reference, minOrders, countZero, weekStart, warmupDays, entity, filter, ...columns,
      completeUntil: row.observed === "until" ? null : facts.earlier, slice: slice === null ? null : { by: slice[0], rule: slice[1] },
    };
    await oracle.filter({ ...filter, until });
    const query = () => oracle.metric("cohorts", params);
    const of = (query) => (ENTITIES[entity] === null ? query() : oracle.as(ENTITIES[entity], query));
    const expected = await of(query);
    const { result, refused } = await answer(data.cohorts(config));
    if (refused !== undefined) return differences.exact(() => ["refused"], expected.length === 0 ? "empty" : undefined, refused);
    compareCells(differences, result.rows, expected, row, []);
    if (reference === "none" && measure !== "count" && row.window === "calendar") {
      const warm = Date.parse(begins) + warmupDays * 86_400_000;
      const isWarm = (cell) => entry !== "first_ever" || Date.parse(cell.cohort_start) >= warm;
      const isAlone = !expected.some((cell) => cell.n_customers > 0 && isWarm(cell));
      const usable = expected.filter((cell) => cell.state === "complete" && cell.members > 0 && (isAlone || isWarm(cell)));
      differences.exact(() => [-1, "uses left-censored cohorts"], result.means.usesLeftCensored, isAlone);
      compareMeans(differences, result, usable, row, []);
    }
    if (slice === null) return;
    const [by, rule] = slice;
    const labels = [...facts.labels[by], null];
    const found = new Map(result.slices.map((slice) => [slice.label, slice.rows]));
    for (const label of labels) {
      const expected = await of(() => (rule === "order" ? oracle.within(by, label, query) : oracle[rule === "home" ? "ofHome" : "ofFirst"](by, label, countZero, query)));
      compareCells(differences, found.get(label) ?? [], expected, row, ["slice", label ?? ""]);
    }
  },
});

function compareCells(differences, rows, expected, row, title) {
  const found = byPlace({ rows });
  const before = new Map(expected.map((cell) => [`${cell.cohort_start} ${cell.k}`, cell]));
  differences.exact(() => [-1, "cells", ...title], found.size, expected.length);
  for (const cell of expected) {
    const { row: cohort, cell: ours } = found.get(`${cell.cohort_start} ${cell.k}`) ?? {};
    const place = (name) => () => [cell.k, cell.cohort_start, ...title, name];
    differences.exact(place("members of the cohort"), cohort?.nCustomers, cell.n_customers);
    differences.exact(place("members"), ours?.den, cell.members);
    differences.exact(place("state"), ours?.state, cell.state);
    differences.exact(place("count"), ours?.count, cell[`count_${row.criterion}`]);
    differences.exact(place("orders"), ours?.orders, cell.orders);
    differences.exact(place("net"), ours?.netMinor, cell.net_minor);
    differences.ratio(place("value"), ours?.value, measured(row, cell, before.get(`${cell.cohort_start} ${cell.k - 1}`)));
  }
}
