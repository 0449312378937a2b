// arquero: data frames in JavaScript. Its verbs answer the cohorts, RFM and growth; of the wheel's other numbers the comparison is silent here.

import "arquero";
import { COLUMNS, RFM_DAYS, monthLabel, monthOf, rfmAnswer, weekLabel, weekOf } from "../jobs.mjs";

// The browser build is a script that leaves its exports in `aq`.
const { escape, fromArrow, op } = globalThis.aq;

const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;

export async function ready() {}

export async function load(file) {
  const columns = [COLUMNS.customerId, COLUMNS.orderedAt, COLUMNS.amount, COLUMNS.storeId];
  const table = fromArrow(await file.arrayBuffer(), { columns });
  const dayOf = (row) => Math.floor((Number(row.ordered_at) + OFFSET_MS) / DAY_MS);
  return table.derive({ day: escape(dayOf), net: escape((row) => Math.round(row.amount * 100)) }).select("customer_id", "day", "net", "store_id").reify();
}

export async function run(data, job) {
  if (job.kind === "cohorts") return cohorts(data, job);
  if (job.kind === "rfm") return rfm(data, job);
  return { growth: growth(data) };
}

export function answer(result) {
  return result;
}

function active(data, of, stores) {
  const wanted = new Set(stores);
  const bought = data.filter(escape((row) => row.net > 0 && (!stores || wanted.has(row.store_id))));
  return bought.derive({ period: escape((row) => of(row.day)) }).dedupe("customer_id", "period");
}

function cohorts(data, { granularity, stores }) {
  const periods = new Map();
  const of = granularity === "week" ? weekOf : monthOf;
  const cached = (day) => periods.get(day) ?? (periods.set(day, of(day)), periods.get(day));
  const counted = active(data, cached, stores)
    .groupby("customer_id")
    .derive({ cohort: (row) => op.min(row.period) })
    .ungroup()
    .groupby("cohort", "period")
    .count();
  const label = granularity === "week" ? weekLabel : monthLabel;
  const rows = {};
  for (const { cohort, period, count } of counted.orderby("cohort", "period").objects()) {
    const row = (rows[label(cohort)] ??= []);
    while (row.length < period - cohort) row.push(0);
    row[period - cohort] = count;
  }
  return rows;
}

function rfm(data, { preset }) {
  const until = data.rollup({ until: (row) => op.max(row.day) + 1 }).get("until");
  const raw = data
    .filter(escape((row) => row.day >= until - RFM_DAYS))
    .derive({ bought: (row) => (row.net > 0 ? 1 : 0), bought_on: (row) => (row.net > 0 ? row.day : null) })
    .groupby("customer_id")
    .rollup({ r: (row) => op.max(row.bought_on), f: (row) => op.sum(row.bought), m: (row) => op.sum(row.net) })
    .filter((row) => row.f > 0)
    .derive({ often: (row) => (row.f > 1 ? 1 : 0) });
  // avg_rank is (less + (equal + 1) / 2), so that 2 · avg_rank − 1 = 2 · less + equal.
  const bin = (bins) => escape(({ rank, n }) => 1 + Math.min(bins - 1, Math.floor((bins * (2 * rank - 1)) / (2 * n))));
  const score = (table, by, to, bins) =>
    table.orderby(by).derive({ rank: () => op.avg_rank(), n: () => op.count() }).ungroup().derive({ [to]: bin(bins) });
  let scored = score(raw, "r", "rs", 5);
  scored = score(scored, "m", "ms", 5);
  scored = score(scored.groupby("often"), "f", "fs", 4);
  const sums = scored
    .derive({ triple: (row) => row.rs * 36 + (row.often === 1 ? row.fs + 1 : 1) * 6 + row.ms })
    .groupby("triple")
    .rollup({ n: () => op.count(), net: (row) => op.sum(row.m) });
  return rfmAnswer(sums.objects().map(({ triple, n, net }) => [triple, [n, net]]), preset);
}

function growth(data) {
  const seen = active(data, monthOf)
    .orderby("customer_id", "period")
    .groupby("customer_id")
    .derive({ before: (row) => op.lag(row.period, 1, -1) })
    .ungroup();
  const counted = seen
    .groupby("period")
    .rollup({
      active: () => op.count(),
      fresh: (row) => op.sum(row.before < 0 ? 1 : 0),
      retained: (row) => op.sum(row.before === row.period - 1 ? 1 : 0),
      resurrected: (row) => op.sum(row.before >= 0 && row.before < row.period - 1 ? 1 : 0),
    })
    .orderby("period")
    .objects();
  return Object.fromEntries(
    counted.map((row, at) => [monthLabel(row.period), [row.active, row.fresh, row.retained, row.resurrected, at > 0 ? counted[at - 1].active - row.retained : 0]]),
  );
}
