/**
 * RFM equals sql/rfm.sql, under drawn options: every customer's values, scores and segments, the segment table and the grid. Migration equals
 * sql/rfm_migration.sql, concentration sql/concentration.sql.
 */
import { test } from "node:test";
import { DATASETS } from "./datasets.mjs";
import { Differences } from "./differences.mjs";
import { Random } from "./random_table.mjs";

const PLAIN = { bins: 5, recencyMode: "midrank", frequencyMode: "one_plus_quartile", monetaryMode: "midrank", monetary: "net", preset: "grid" };

DATASETS.forEach((dataset, seed) => {
  test(`RFM of ${dataset.name}`, async () => {
    const opened = await dataset.open();
    const random = new Random(seed);
    const { windowDays, frequencyByDay, frequencyMode, countZero } = opened.params;
    const common = { windowDays, frequencyByDay, countZero, filter: opened.filter };
    const [{ earlier }] = await opened.oracle.select("select cast(quantile_disc(local_time, 0.7) as date) + 1 as earlier from orders");
    const drawn = Array.from({ length: seed < 2 ? 3 : 12 }, () => ({ ...common, ...options(random, "cost" in opened.mapping), asOf: random.pick([opened.until, earlier]) }));
    for (const preset of ["grid", "rules11"]) drawn.push({ ...common, ...PLAIN, frequencyMode, preset, asOf: opened.until });
    for (const config of drawn) {
      const differences = new Differences();
      await compare(differences, opened, config);
      differences.assertNone(`${dataset.name}, ${JSON.stringify(config)}`);
    }
    for (const mode of ["frozen", "refit"]) await compareMigration(opened, { ...common, ...PLAIN, frequencyMode }, earlier, mode);
    for (const entity of "storeId" in opened.mapping ? ["customer", "store"] : ["customer"]) {
      await compareConcentration(opened, entity, random.pick([opened.until, earlier]));
    }
    await opened.close();
  });
});

/** Options that go together. */
function options(random, hasCost) {
  const bins = random.pick([3, 4, 5, 5]);
  const preset = random.pick(bins === 5 ? ["grid", "rules11", "cn8"] : ["cn8"]);
  const config = {
    bins,
    recencyMode: random.pick(["midrank", "nearest_rank", "fixed", "ntile"]),
    frequencyMode: random.pick(["midrank", "one_plus_quartile", "nearest_rank", "fixed", "ntile", "nested"]),
    monetaryMode: random.pick(["midrank", "nearest_rank", "fixed", "ntile", "nested"]),
    monetary: random.pick(hasCost ? ["net", "aov", "margin"] : ["net", "aov"]),
    preset,
  };
  const ascending = (least, step) => Array.from({ length: bins - 1 }, (_, at) => least + at * step);
  if (config.recencyMode === "fixed") config.recencyLimits = ascending(random.below(9), 1 + random.below(60)).reverse();
  if (config.frequencyMode === "fixed") config.frequencyThresholds = ascending(2, 1 + random.below(3));
  if (config.monetaryMode === "fixed") config.monetaryThresholds = ascending(random.below(30_000) - 5_000, 1 + random.below(40_000));
  if (preset === "cn8") config.cn8By = random.pick(["mean", "median", "score"]);
  if (config.cn8By === "score") config.cn8Score = 2 + random.below(bins - 1);
  return config;
}

/** The rows of sql/rfm.sql. */
function scored(oracle, config) {
  const limit = (axis, limits) => [0, 1, 2, 3].map((at) => [`${axis}_${at + 2}`, limits?.[at] ?? null]);
  return oracle.metric("rfm", {
    as_of: config.asOf,
    window_days: config.windowDays,
    frequency_by_day: config.frequencyByDay,
    monetary: config.monetary,
    count_zero: config.countZero,
    bins: config.bins,
    recency_mode: config.recencyMode,
    frequency_mode: config.frequencyMode,
    monetary_mode: config.monetaryMode,
    ...Object.fromEntries([...limit("r", config.recencyLimits), ...limit("f", config.frequencyThresholds), ...limit("m", config.monetaryThresholds)]),
    cn8_by: config.cn8By ?? "mean",
    cn8_score: config.cn8Score ?? null,
  });
}

async function compare(differences, { oracle, data }, config) {
  const expected = await scored(oracle, config);
  const found = await data.rfmCustomers(config, { ids: "plain" });
  differences.exact(() => ["customers"], found.customerId.length, expected.length);
  expected.forEach((row, at) => {
    const place = (name) => () => [at, row.customer_id, name];
    differences.exact(place("id"), found.customerId[at], row.customer_id);
    differences.exact(place("recency"), found.recencyDays[at], row.recency_days);
    differences.exact(place("frequency"), found.frequency[at], row.frequency);
    differences.exact(place("orders"), found.orders[at], row.orders);
    differences.exact(place("net"), found.netMinor[at], row.net_minor);
    differences.ratio(place("monetary"), found.monetaryMinor[at], row.monetary_minor);
    for (const axis of ["r", "f", "m"]) differences.exact(place(axis), found[axis][at], row[axis]);
    differences.exact(place("segment"), found.segments[found.segment[at]], row[`segment_${config.preset}`]);
  });
  const table = await data.rfm(config);
  for (const segment of table.segments.filter((segment) => segment.scored)) {
    const members = expected.filter((row) => row[`segment_${config.preset}`] === segment.id);
    const place = (name) => () => [segment.id, name];
    const sum = (name) => members.reduce((sum, row) => sum + row[name], 0);
    differences.exact(place("customers"), segment.nCustomers, members.length);
    differences.exact(place("net"), segment.netMinor, sum("net_minor"));
    differences.exact(place("orders"), segment.orders, sum("orders"));
    differences.ratio(place("share"), segment.share, expected.length === 0 ? null : members.length / expected.length);
    differences.ratio(place("mean recency"), segment.meanRecencyDays, members.length === 0 ? null : sum("recency_days") / members.length);
  }
  for (const cell of table.cells) {
    const members = expected.filter((row) => row.r === cell.r && row.fm === cell.fm);
    differences.exact(() => [`R${cell.r} FM${cell.fm}`], cell.nCustomers, members.length);
  }
}

async function compareMigration({ name, oracle, data, until, filter }, rfm, from, mode) {
  for (const [day, table] of [[from, "scored_from"], [until, "scored_to"]]) {
    await scored(oracle, { ...rfm, asOf: day });
    await oracle.keep("rfm", table);
  }
  const { bins, frequencyMode: frequency_mode, countZero: count_zero } = rfm;
  const count_members = Object.keys(filter).length === 0;
  const expected = await oracle.metric("rfm_migration", { from_day: from, to_day: until, frozen: mode === "frozen", bins, frequency_mode, count_zero, count_members });
  const found = await data.rfmMigration({ from, to: until, mode, rfm });
  const differences = new Differences();
  const flow = (source, target) => expected.find((row) => row.source === source && row.target === target) ?? { n_customers: 0, net_minor: 0 };
  found.states.forEach((source, row) =>
    found.states.forEach((target, column) => {
      const { n_customers, net_minor } = flow(source.id, target.id);
      differences.exact(() => [source.id, target.id, "customers"], found.customers[row][column], n_customers);
      differences.exact(() => [source.id, target.id, "net"], found.flowMinor[row][column], net_minor);
    }),
  );
  differences.assertNone(`migration of ${name}, ${mode} from ${from}, ${JSON.stringify(rfm)}`);
}

async function compareConcentration({ name, oracle, data, params, filter }, entity, asOf) {
  const { windowDays, countZero } = params;
  const [expected] = await oracle.metric("concentration", { entity, as_of: asOf, window_days: windowDays, count_zero: countZero });
  const found = await data.concentration({ entity, asOf, windowDays, countZero, filter });
  const differences = new Differences();
  differences.exact(() => ["entities"], found.nEntities, expected.n_entities);
  differences.exact(() => ["net"], found.netMinor, expected.net_minor);
  differences.exact(() => ["positive net"], found.positiveNetMinor, expected.positive_net_minor);
  differences.exact(() => ["without net"], found.nWithoutNet, expected.n_without_net);
  differences.exact(() => ["left out"], found.leftOutNetMinor, expected.left_out_net_minor);
  differences.ratio(() => ["gini"], found.gini, expected.gini);
  for (const top of found.top) differences.exact(() => ["top", top.percent], top.netMinor, expected[`top_${top.percent}`]);
  differences.assertNone(`concentration of ${name} by ${entity} as of ${asOf}`);
}
