/** What RFM, migration and concentration are compared by. */

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

/** Segments of one's own, with 5 bins: whoever is in no box is in the default. */
export const CUSTOM = {
  rules: [
    { name: "好客", r: [4, 5], m: [4, 5] },
    { name: "常客", f: [3, 5] },
    { name: "好客", r: [5, 5], f: [2, 2], m: [1, 3] },
  ],
  firstMatch: true,
  default: "其他",
};

/** The segment of a row of SQL. */
function segmentOf({ preset }, row) {
  if (preset !== "custom") return row[`segment_${preset}`];
  const holds = (rule) => ["r", "f", "m"].every((axis) => rule[axis] === undefined || (rule[axis][0] <= row[axis] && row[axis] <= rule[axis][1]));
  return CUSTOM.rules.find(holds)?.name ?? CUSTOM.default;
}

/** Every customer's values, scores and segment, the segment table and the grid. */
export async function compareRfm(differences, { oracle, data }, config) {
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
    differences.exact(place("segment"), found.segments[found.segment[at]], segmentOf(config, row));
  });
  const table = await data.rfm(config);
  compareSegments(differences, config, [], table.segments, expected);
  for (const cell of table.cells) {
    const members = expected.filter((row) => row.r === cell.r && row.fm === cell.fm);
    differences.exact(() => [`R${cell.r} FM${cell.fm}`], cell.nCustomers, members.length);
  }
  if (config.slice == null) return;
  const labels = await oracle.labels(config.slice.by, config.slice.rule, config.countZero);
  for (const { label, segments, nCustomers } of table.slices) {
    const rows = expected.filter((row) => labels.get(row.customer_id) === label);
    differences.exact(() => ["slice", label ?? "", "customers"], nCustomers, rows.length);
    compareSegments(differences, config, ["slice", label ?? ""], segments, rows);
  }
  differences.exact(() => ["slices", "customers"], table.slices.reduce((sum, { nCustomers }) => sum + nCustomers, 0), expected.length);
}

/** A segment table over the rows that are in it. */
function compareSegments(differences, config, title, segments, rows) {
  for (const segment of segments.filter((segment) => segment.scored)) {
    const members = rows.filter((row) => segmentOf(config, row) === segment.id);
    const place = (name) => () => [...title, segment.id, name];
    const sum = (name) => members.reduce((sum, row) => sum + row[name], 0);
    differences.exact(place("customers"), segment.nCustomers, members.length);
    differences.exact(place("net"), segment.netMinor, sum("net_minor"));
    differences.exact(place("orders"), segment.orders, sum("orders"));
    differences.ratio(place("share"), segment.share, rows.length === 0 ? null : members.length / rows.length);
    differences.ratio(place("mean recency"), segment.meanRecencyDays, members.length === 0 ? null : sum("recency_days") / members.length);
  }
}

/** Flows of customers and net between the segments of two days. */
export async function compareMigration(differences, { oracle, data, filter }, { from, to, mode, rfm }) {
  for (const [day, table] of [[from, "scored_from"], [to, "scored_to"]]) {
    const rows = await scored(oracle, { ...rfm, asOf: day });
    await oracle.keep("rfm", "scored");
    await oracle.run("create or replace table segments (customer_id varchar, segment varchar)");
    if (rows.length > 0) await oracle.run(`insert into segments values ${rows.map((row) => `('${row.customer_id}', '${segmentOf(rfm, row)}')`).join(", ")}`);
    await oracle.run(`create or replace table ${table} as select * from scored join segments using (customer_id)`);
  }
  const { bins, frequencyMode: frequency_mode, countZero: count_zero } = rfm;
  const count_members = Object.keys(filter).length === 0;
  const expected = await oracle.metric("rfm_migration", { from_day: from, to_day: to, frozen: mode === "frozen", bins, frequency_mode, count_zero, count_members });
  const found = await data.rfmMigration({ from, to, mode, rfm });
  const flow = (source, target) => expected.find((row) => row.source === source && row.target === target) ?? { n_customers: 0, net_minor: 0 };
  found.states.forEach((source, row) =>
    found.states.forEach((target, column) => {
      const { n_customers, net_minor } = flow(source.id, target.id);
      differences.exact(() => [source.id, target.id, "customers"], found.customers[row][column], n_customers);
      differences.exact(() => [source.id, target.id, "net"], found.flowMinor[row][column], net_minor);
    }),
  );
}

/** How much of the net the few with the most of it have. */
export async function compareConcentration(differences, { oracle, data, filter }, { entity, asOf, windowDays, countZero }) {
  const [expected] = await oracle.metric("concentration", { entity, as_of: asOf, window_days: windowDays, count_zero: countZero });
  const found = await data.concentration({ entity, asOf, windowDays, countZero, filter });
  differences.exact(() => ["entities"], found.nEntities, expected.n_entities);
  differences.exact(() => ["net"], found.netMinor, expected.net_minor);
  differences.exact(() => ["positive net"], found.positiveNetMinor, expected.positive_net_minor);
  differences.exact(() => ["without net"], found.nWithoutNet, expected.n_without_net);
  differences.exact(() => ["left out"], found.leftOutNetMinor, expected.left_out_net_minor);
  differences.ratio(() => ["gini"], found.gini, expected.gini);
  for (const top of found.top) differences.exact(() => ["top", top.percent], top.netMinor, expected[`top_${top.percent}`]);
}
