/**
 * Does the analysis recover what was planted in the made sample?
 *
 * The realised truths were counted by the generator on its simulated people; the results must equal them. The planted parameters must be met within
 * four standard errors.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { made, madeSample } from "./datasets.mjs";
import { Differences } from "./differences.mjs";

const truths = JSON.parse(made("truths.json"));
const { planted, realised } = truths;
let sample;
before(async () => (sample = await madeSample()));
after(() => sample.close());

const step = (table, id) => table.steps.find((step) => step.id === id);
const sum = (points) => points.reduce((total, point) => ({ num: total.num + point.num, den: total.den + point.den }), { num: 0, den: 0 });
const rate = ({ num, den }) => num / den;

function near(what, share, planted, bias = 0) {
  const error = 4 * Math.sqrt((planted * (1 - planted)) / share.den) + bias;
  assert.ok(Math.abs(rate(share) - planted) < error, `${what}: ${rate(share)} is not ${planted} ± ${error}`);
}

test("rows, customers and money are those that were made", () => {
  const { summary } = sample.data;
  assert.equal(summary.report.rowsRead, truths.rows.read);
  assert.equal(summary.orders, truths.rows.valid);
  assert.equal(summary.netMinor, truths.rows.valid_net_minor);
});

test("the tables beside orders say what the orders' own columns say, and letting them go undoes it", async () => {
  const { data } = sample;
  const loop = async () => {
    const { gain, cycleTime, steps } = await data.flywheel();
    return [gain, cycleTime, steps.find(({ id }) => id === "pool").headline];
  };
  const before = await loop();
  for (const table of ["members", "referrals", "touches", "spend", "interactions"]) {
    await data.attach(table, made(`${table}.arrow`));
    const report = data.summary.tables.find((one) => one.table === table);
    assert.deepEqual([report.rowsRead, report.setAside], [report.rowsUsed, []], table);
    assert.ok(report.rowsUsed > 100, table);
  }
  assert.deepEqual(await loop(), before);
  for (const { table } of data.summary.tables) await data.detach(table);
  assert.deepEqual([data.summary.tables, await loop()], [[], before]);
});

test("cohorts and growth are those of the simulated people", async () => {
  const differences = new Differences();
  const cohorts = await sample.data.cohorts({ granularity: "month" });
  const growth = await sample.data.growth({ granularity: "month" });
  differences.exact(() => ["cohorts"], cohorts.nCustomers, truths.rows.customers);
  realised.cohorts.forEach((cohort, at) => {
    differences.exact(() => [at, "label"], cohorts.rows[at].period.label, cohort.cohort);
    differences.exact(() => [at, "members"], cohorts.rows[at].nCustomers, cohort.n_customers);
    cohort.active_by_month.forEach((active, k) => differences.exact(() => [at, "active", k], cohorts.rows[at].cells[k].count, active));
  });
  realised.growth.forEach((month, at) => {
    for (const name of ["new", "retained", "resurrected", "churned", "dormant"]) {
      differences.exact(() => [at, name], growth.periods[at].counts[name], month[name]);
    }
    differences.exact(() => [at, "net"], growth.periods[at].revenue.reportedNet, month.net_minor);
  });
  differences.assertNone("truths");
});

test("the flywheel's conversions, gain and cycle time are those of the simulated people", async () => {
  const differences = new Differences();
  const flywheel = await sample.data.flywheel();
  const pool = step(flywheel, "pool").series;
  const repeat = step(flywheel, "repeat").series;
  realised.cohorts.forEach((cohort, at) => {
    differences.exact(() => [at, "precipitation"], pool[at].num, cohort.precipitation_30.num);
    differences.exact(() => [at, "precipitation of"], pool[at].den, cohort.precipitation_30.den);
    differences.exact(() => [at, "precipitation mature"], pool[at].mature, cohort.precipitation_mature);
    differences.exact(() => [at, "repeat"], repeat[at].num, cohort.repeat_60.num);
    differences.exact(() => [at, "repeat mature"], repeat[at].mature, cohort.repeat_60_mature);
  });
  const gain = realised.cohorts.findLast((cohort) => cohort.loop_mature);
  differences.exact(() => ["gain", "cohort"], flywheel.gain.period, gain.cohort);
  differences.exact(() => ["gain", "num"], flywheel.gain.num, gain.gain_total.num);
  differences.exact(() => ["gain", "den"], flywheel.gain.den, gain.gain_total.den);
  differences.ratio(() => ["cycle time"], flywheel.cycleTime.value, realised.cycle_time_median_days);
  differences.assertNone("truths");
});

test("the chain, the gains and what became of the invitations are those of the simulated people", async () => {
  const { data } = sample;
  for (const table of ["members", "referrals", "touches"]) await data.attach(table, made(`${table}.arrow`));
  const { chain, gain, gains, lags } = await data.flywheel();
  const differences = new Differences();
  realised.cohorts.forEach((cohort, at) => {
    const found = chain.cohorts[at];
    found.sizes.forEach((size, step) => {
      if (size !== null) differences.exact(() => [at, "size", step + 1], size, cohort.chain[step]);
    });
    differences.exact(() => [at, "mature"], found.mature, cohort.loop_mature);
    if (found.brought !== null) differences.exact(() => [at, "brought"], found.brought, cohort.gain_total.num);
  });
  differences.exact(() => ["skipped"], chain.skipped.length, 0);
  differences.assertNone("the chain by cohort");
  const last = realised.cohorts.findLast((cohort) => cohort.loop_mature);
  const strict = gains.find(({ id }) => id === "gain_strict");
  assert.deepEqual([strict.num, strict.den, strict.status], [last.chain[5], last.chain[0], "ok"]);
  assert.ok(strict.interval.low <= strict.value && strict.value <= strict.interval.high);
  assert.ok(gain.interval.low <= gain.value && gain.value <= gain.interval.high);
  assert.ok(chain.referrals.lateReferrals >= 100 && chain.referrals.superseded > 0, JSON.stringify(chain.referrals));
  // Cohorts without the customers from before the file; the invited, and those of the better store, come back more often than planted for all.
  const mature = chain.cohorts.filter(({ mature, period }) => mature && period.label >= "2024-11");
  const size = (at) => mature.reduce((sum, { sizes }) => sum + sizes[at], 0);
  const link = (at) => ({ num: size(at + 1), den: size(at) });
  near("touched of those who joined", link(1), planted.touch_p23);
  near("ordered again of those touched", link(2), planted.repeat_p34, 0.03);
  near("invited of those who ordered again", link(3), planted.invite_p45);
  const brought = size(5) / size(4);
  assert.ok(Math.abs(brought - planted.loop_m56) < 4 * Math.sqrt(planted.loop_m56 / size(4)), `${brought} is not ${planted.loop_m56}`);
  // Waits lie within the horizons of the chain.
  [30, 30, 60, 90, 30].forEach((days, at) => assert.ok(lags.steps[at].p75 < days, `${lags.steps[at].median.id}: ${lags.steps[at].p75}`));
  for (const { table } of data.summary.tables) await data.detach(table);
});

test("what touching adds, falling cost, rising value and the growing pool are found as planted", async () => {
  const { data } = sample;
  for (const table of ["members", "touches", "spend"]) await data.attach(table, made(`${table}.arrow`));
  const { steps, costs } = await data.flywheel();
  const incremental = step({ steps }, "precision").metrics.find(({ id }) => id === "incremental_rate");
  const { low, high } = incremental.interval;
  assert.ok(low < planted.campaign_lift_7_days && planted.campaign_lift_7_days < high, `${low} to ${high} without ${planted.campaign_lift_7_days}`);
  assert.deepEqual(costs.claims.map(({ id, verdict }) => [id, verdict]), [["falling_cost", "supported"], ["rising_value", "supported"], ["growing_assets", "supported"]]);
  // Spend is drawn around its mean, and its trend is known to within a third.
  const [{ slope }] = costs.claims;
  const change = planted.cac.change_per_month;
  assert.ok(slope < change / 1.5 && slope > change * 1.5, `${slope} is not ${change}`);
  for (const { table } of data.summary.tables) await data.detach(table);
});

test("the leak is found in its channel and month, and is as deep as planted", async () => {
  const { leak } = planted.precipitation_p12;
  const flywheel = await sample.data.flywheel({ filter: { only: { channel: [leak.channel] } } });
  const { series } = step(flywheel, "pool");
  const differences = new Differences();
  realised.leak.precipitation_by_cohort.forEach((cohort, at) => {
    differences.exact(() => [at, "num"], series[at].num, cohort.num);
    differences.exact(() => [at, "den"], series[at].den, cohort.den);
  });
  differences.assertNone("the leak by cohort");
  const mature = series.filter((point) => point.mature);
  const drops = mature.map((point, at) => (at === 0 ? 0 : rate(mature[at - 1]) - rate(point)));
  assert.equal(mature[drops.indexOf(Math.max(...drops))].period.label, leak.from_cohort);
  // In one channel's orders customers of other first channels are seen too: the drop is part of the planted one.
  const leaks = (point) => point.period.label >= leak.from_cohort;
  const drop = rate(sum(mature.filter((point) => !leaks(point)))) - rate(sum(mature.filter(leaks)));
  const plantedDrop = planted.precipitation_p12.by_first_channel[leak.channel] - leak.value;
  assert.ok(drop > plantedDrop / 3 && drop < plantedDrop, `a drop of ${drop} where ${plantedDrop} is planted`);
});

test("the better store stands out", async () => {
  const rates = [];
  const differences = new Differences();
  for (const store of realised.stores) {
    const { series } = step(await sample.data.flywheel({ filter: { only: { store_id: [store.store_id] } } }), "repeat");
    const share = sum(series.filter((point) => point.mature));
    differences.exact(() => [store.store_id, "num"], share.num, store.repeat_60.num);
    differences.exact(() => [store.store_id, "den"], share.den, store.repeat_60.den);
    rates.push([rate(share), store.store_id]);
  }
  differences.assertNone("repeat by store");
  rates.sort(([a], [b]) => b - a);
  assert.equal(rates[0][1], planted.better_store.store_id);
});

test("repeat of the made customers is what touched and untouched shares add up to", async () => {
  // Of all joiners in time 82 % are touched; whoever is not touched returns at the lower rate. Touched customers may return after day 60.
  const { series } = step(await sample.data.flywheel(), "repeat");
  const mature = series.filter((point) => point.mature && point.period.label >= "2024-10");
  const joined = rate(sum(realised.cohorts.map((cohort) => cohort.precipitation_30)));
  const touched = joined * planted.touch_p23;
  const expected = touched * planted.repeat_p34 + (1 - touched) * planted.repeat_within_60_days_untouched;
  near("repeat within 60 days", sum(mature), expected, 0.03);
});
