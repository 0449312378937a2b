/**
 * The chain of the loop and what is made of it, with all tables, some and none, by month and week: cohorts equal sql/gain.sql over sql/chain.sql, waits
 * sql/lags.sql, invitations sql/invitations.sql, momentum sql/momentum.sql, the bottleneck sql/bottleneck.sql; the bootstrap agrees with another one over
 * sql/brought.sql.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DATASETS, madeSample } from "./datasets.mjs";
import { HORIZONS, SHORT, askChain, compareChain, near } from "./chain.mjs";
import { Differences } from "./differences.mjs";

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
      for (const one of asked) await compareChain(differences, opened, attached, one);
    }
    await opened.close();
    differences.assertNone(`${dataset.name}, ${JSON.stringify(opened.filter)}`);
  });
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
  const { params, table } = await askChain(opened, ["members", "referrals", "touches"], { granularity: "month", horizons: HORIZONS });
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
