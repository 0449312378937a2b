/**
 * The chain of the loop and what is made of it, with all tables, some and none, by month and week: cohorts equal sql/gain.sql over sql/chain.sql, waits
 * sql/lags.sql, invitations sql/invitations.sql, momentum sql/momentum.sql, the bottleneck sql/bottleneck.sql; the bootstrap agrees with another one over
 * sql/brought.sql.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DATASETS, madeSample } from "./datasets.mjs";
import { Differences } from "./differences.mjs";

const HORIZONS = { h12: 30, h23: 30, h34: 60, h45: 90, h56: 30 };
const SHORT = { h12: 3, h23: 9, h34: 20, h45: 14, h56: 11 };
/** Tables attached one after the other, and what is asked each time. */
const STAGES = [
  { attach: [], asked: [{ granularity: "month", horizons: HORIZONS }, { granularity: "week", horizons: SHORT, total: 30 }] },
  { attach: ["touches"], asked: [{ granularity: "week", horizons: SHORT, weekStart: 6, weights: [0, 1, 2, 3, 0, 0.5] }] },
  { attach: ["referrals"], asked: [{ granularity: "month", horizons: SHORT, total: 200, base: "last_year" }] },
  { attach: ["members"], asked: [{ granularity: "month", horizons: HORIZONS, total: 365 }, { granularity: "week", horizons: SHORT, base: "last_year" }] },
];

for (const dataset of DATASETS) {
  test(`chain of ${dataset.name}`, async () => {
    const opened = await dataset.open();
    const differences = new Differences();
    const attached = [];
    for (const { attach, asked } of STAGES) {
      const more = attach.filter((name) => name in opened.tables);
      if (more.length < attach.length) break;
      await opened.attach(more);
      attached.push(...more);
      for (const one of asked) await compare(differences, opened, attached, one);
    }
    await opened.close();
    differences.assertNone(`${dataset.name}, ${JSON.stringify(opened.filter)}`);
  });
}

/** Loads the chain into the oracle and asks feilun the same. */
async function ask({ oracle, data, filter, until, mapping }, attached, { granularity, horizons, total, weekStart = 0, weights, base }) {
  const joins = attached.includes("members") ? "members" : mapping.joinedAt === undefined ? "none" : "orders";
  const invites = attached.includes("referrals") ? "referrals" : mapping.inviterId === undefined ? "none" : "orders";
  const total_days = total ?? Object.values(horizons).reduce((a, b) => a + b);
  const params = { granularity, week_start: weekStart, until, ...horizons, joins, has_touches: attached.includes("touches"), invites, total_days };
  await oracle.metric("chain", params);
  await oracle.keep("chain", "chain");
  const gain = { horizonDays: total ?? null };
  const momentum = { base: base ?? "previous_three", weights: weights ?? [1, 1, 1, 1, 1, 1] };
  return { params, table: await data.flywheel({ granularity, weekStart, horizons, gain, momentum, filter }), momentum };
}

async function compare(differences, opened, attached, asked) {
  const { oracle } = opened;
  const { params, table, momentum } = await ask(opened, attached, asked);
  const place = (...names) => () => [attached.length, JSON.stringify(asked), ...names];
  compareCohorts(differences, place, table, await oracle.select(oracle.text("gain")), params);
  compareWaits(differences, place, table.lags, await oracle.select(oracle.text("lags")));
  if (params.invites === "referrals") {
    const [row] = await oracle.metric("invitations", params);
    for (const [name, column] of Object.entries(REFERRALS)) differences.exact(place("invitations", name), table.chain.referrals[name], row[column]);
  } else {
    differences.exact(place("invitations"), table.chain.referrals, null);
  }
  await compareMomentum(differences, place, oracle, table, momentum, params);
}

const REFERRALS = { rows: "rows", selfReferrals: "self_referrals", lateReferrals: "late_referrals", superseded: "superseded", unanswered: "unanswered", effective: "effective" };
const SIZES = ["q1", "q2", "q3", "q4", "q5", "q6"];
const CONVERSIONS = ["p12", "p23", "p34", "p45", "m56"];
const MADE_OF_GAIN = ["gain_strict", "bypass_share", "amplification", "loop_growth", "loops_per_year", "doubling_days"];

function compareCohorts(differences, place, { chain, gain, gains }, rows, { until, invites }) {
  differences.exact(place("cohorts"), chain.cohorts.length, rows.length);
  rows.forEach((row, at) => {
    const cohort = chain.cohorts[at];
    const here = (name) => place(row.period_start, name);
    differences.exact(here("start"), cohort?.period.start, row.period_start);
    SIZES.forEach((name, step) => differences.exact(here(name), cohort?.sizes[step], row[name]));
    CONVERSIONS.forEach((name, step) => differences.ratio(here(name), cohort?.conversions[step], row[name]));
    differences.exact(here("brought"), cohort?.brought, row.brought);
    differences.ratio(here("gain_strict"), cohort?.gainStrict, row.gain_strict);
    differences.ratio(here("gain_total"), cohort?.gainTotal, row.gain_total);
    differences.exact(here("mature"), cohort?.mature, row.mature_on <= until);
    differences.exact(here("mature_on"), cohort?.matureOn, row.mature_on);
  });
  // What is made of the gain speaks of the last mature cohort; loops per year of everybody.
  if (invites === "none") return;
  const row = rows.findLast(({ mature_on }) => mature_on <= until);
  differences.ratio(place("gain"), gain.value, row?.gain_total ?? null);
  for (const id of MADE_OF_GAIN) differences.ratio(place(id), gains.find((metric) => metric.id === id).value, (id === "loops_per_year" ? rows[0] : row)?.[id] ?? null);
}

function compareWaits(differences, place, lags, rows) {
  const found = new Map(rows.map((row) => [row.lag, row]));
  const sum = { value: 0, isKnown: true };
  for (const { median, p25, p75 } of [...lags.steps, lags.whole]) {
    const row = found.get(median.id);
    differences.exact(place(median.id, "n"), median.n ?? 0, row?.n ?? 0);
    differences.ratio(place(median.id, "median"), median.value, row?.median ?? null);
    differences.ratio(place(median.id, "p25"), p25, row?.p25 ?? null);
    differences.ratio(place(median.id, "p75"), p75, row?.p75 ?? null);
    if (median.id === "lag_whole" || median.status === "needs_table") continue;
    if (row === undefined) sum.isKnown = false;
    else sum.value += row.median;
  }
  const isAsked = lags.sumOfMedians.status !== "needs_table";
  differences.ratio(place("sum of medians"), lags.sumOfMedians.value, isAsked && sum.isKnown ? sum.value : null);
}

/** Over the headlines feilun gives, which loop.test.mjs and flywheel.test.mjs compare. */
async function compareMomentum(differences, place, oracle, { steps, momentum, bottleneck, chain }, { base, weights }, { granularity }) {
  const headlines = steps.flatMap(({ series }, step) => series.map(({ num, den, mature }, t) => `(${step + 1}, ${t}, ${num}, ${den}, ${mature})`));
  const list = (name, columns, rows) => oracle.run(`create or replace table ${name} as select * from (values ${rows.join(", ")}) as ${name}(${columns})`);
  await list("headlines", "step, t, num, den, mature", headlines);
  await list("weights", "step, weight", weights.map((weight, at) => `(${at + 1}, ${weight}::double)`));
  await oracle.run("create or replace table slices as select 1 as step, 0 as num, 0 as den where false");
  const rows = await oracle.metric("momentum", { base, back: granularity === "week" ? 52 : 12 });
  const of = (step) => rows.find((row) => row.step === step);
  momentum.steps.forEach(({ index, acceleration }, at) => {
    near(differences, place("momentum", at), index.value, of(at + 1).momentum_index);
    near(differences, place("acceleration", at), acceleration, of(at + 1).acceleration);
  });
  near(differences, place("momentum"), momentum.index.value, of(null)?.momentum_index ?? null);
  near(differences, place("acceleration"), momentum.acceleration.value, of(null)?.acceleration ?? null);
  differences.exact(place("momentum", "n"), momentum.stepsUsed.length, of(null)?.n ?? 0);
  const rooms = new Map((await oracle.metric("bottleneck", { by_slice: false })).map((row) => [row.step, row]));
  const widest = [];
  bottleneck.steps.forEach(({ id, now, best, headroom, gainThen }, at) => {
    const row = rooms.get(at + 1);
    differences.ratio(place("now", at), now, row?.now ?? null);
    differences.ratio(place("best", at), best, row?.best ?? null);
    near(differences, place("headroom", at), headroom.value, row?.headroom ?? null);
    widest.push({ id, room: now === 0 && best > 0 ? Infinity : (headroom.value ?? 0) });
    const strict = chain.cohorts.findLast(({ mature }) => mature)?.gainStrict ?? null;
    near(differences, place("gain then", at), gainThen, row?.headroom == null || strict === null ? null : strict * Math.exp(row.headroom));
  });
  const most = Math.max(...widest.map(({ room }) => room));
  differences.exact(place("bottleneck"), bottleneck.step, most > 0 ? widest.find(({ room }) => room === most).id : null);
}

/** What is made of logarithms: equal to 1e-12 of itself, or of 1 near 0. */
function near(differences, place, found, expected) {
  const isSame = found === expected || (found !== null && expected !== null && Math.abs(found - expected) <= 1e-12 * Math.max(1, Math.abs(expected)));
  differences.exact(place, isSame ? expected : found, expected);
}

test("the bottleneck among slices is below the 90th percentile of their headlines, and the slices are those of a filter by the first purchase", async () => {
  const opened = await madeSample();
  const differences = new Differences();
  const { oracle, data, until } = opened;
  for (const by of ["store_id", "channel"]) await compareSlices(differences, { oracle, data, until }, by);
  await opened.close();
  differences.assertNone("slices of the made sample");
});

const INVITING = new Set(["advocacy_rate", "m56"]);

async function compareSlices(differences, { oracle, data, until }, by) {
  const table = await data.flywheel({ granularity: "month", slice: { by, rule: "first_order" } });
  const params = { granularity: "month", until, horizon_days: 240 };
  const all = await oracle.metric("flywheel", params);
  const headlines = new Set(all.map(({ metric }) => metric));
  const labels = (await oracle.select(`select distinct ${by} as label from orders`)).map(({ label }) => label);
  const sliced = [];
  for (const label of labels) sliced.push(await oracle.ofFirst(by, label, false, () => oracle.metric("flywheel", params)));
  let compared = 0;
  for (const [at, { headline, series }] of table.steps.entries()) {
    const shown = series.findLast(({ mature }) => mature);
    // Steps 5 and 6 count whom a slice's customers invite, wherever these buy: no filter of orders does.
    if (!headlines.has(headline.id) || INVITING.has(headline.id) || shown === undefined) continue;
    const rows = sliced.flatMap((rows) => rows.filter((row) => row.metric === headline.id && row.period_start === shown.period.start));
    if (rows.length === 0) continue;
    await oracle.run(`create or replace table slices as select * from (values ${rows.map(({ num, den }) => `(${at + 1}, ${num}, ${den})`).join(", ")}) as slices(step, num, den)`);
    await oracle.run(`create or replace table headlines as select ${at + 1} as step, 0 as t, ${shown.num} as num, ${shown.den} as den, true as mature`);
    const [row] = await oracle.metric("bottleneck", { by_slice: true });
    const { slices, best, headroom } = table.bottleneck.steps[at];
    const place = (name) => () => [by, headline.id, name];
    differences.exact(place("slices"), slices, row.slices);
    differences.ratio(place("best"), best, row.best);
    near(differences, place("headroom"), headroom.value, row.headroom);
    compared++;
  }
  assert.ok(compared >= 3, `${compared} steps are compared by ${by}`);
}

test("the bootstrap's interval is that of another bootstrap over what each customer brought", async () => {
  const opened = await madeSample();
  await opened.attach(["members", "referrals", "touches"]);
  const { params, table } = await ask(opened, ["members", "referrals", "touches"], { granularity: "month", horizons: HORIZONS });
  const { oracle, until } = opened;
  const shown = (await oracle.select(oracle.text("gain"))).findLast(({ mature_on }) => mature_on <= until);
  const people = (await oracle.metric("brought", params)).filter(({ period_start }) => period_start === shown.period_start);
  await opened.close();
  assert.equal(people.length, shown.q1);
  assert.equal(people.reduce((sum, { total }) => sum + total, 0), shown.brought);
  assert.equal(people.reduce((sum, { strict }) => sum + strict, 0), shown.q6);
  const strict = table.gains.find(({ id }) => id === "gain_strict");
  for (const [metric, of] of [[table.gain, "total"], [strict, "strict"]]) {
    const [low, high] = resample(people.map((one) => one[of]));
    const { low: foundLow, high: foundHigh } = metric.interval;
    // 400 resamples against 4,000: the ends differ by a fraction of the width.
    const off = Math.max(Math.abs(foundLow - low), Math.abs(foundHigh - high)) / (high - low);
    assert.ok(off < 0.15, `${of}: ${foundLow} to ${foundHigh}, another bootstrap says ${low} to ${high}`);
  }
});

/** The 2.5th and 97.5th percentile of the means of 4,000 resamples. */
function resample(values) {
  let state = 7;
  const below = (n) => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0), Math.floor((state / 4294967296) * n));
  const means = Array.from({ length: 4000 }, () => values.reduce((sum) => sum + values[below(values.length)], 0) / values.length).sort((a, b) => a - b);
  return [means[99], means[3899]];
}
