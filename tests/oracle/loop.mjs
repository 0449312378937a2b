/** What the steps of the loop that need tables beside orders, costs and claims are compared by. */
import { HORIZONS, near } from "./chain.mjs";

const WINDOW_DAYS = { month: 30, week: 17 };
/** Claims about the logarithm of an amount. */
const LOGARITHMIC = new Set(["falling_cost", "rising_value"]);

const paramsOf = ({ until, mapping }, { granularity, weekStart = 0, horizons = HORIZONS }, more) => ({
  granularity, week_start: weekStart, until, ...horizons, joins: "members", has_touches: true, invites: "referrals", has_fulfilment: mapping.fulfilment !== undefined, ...more,
});

/** The steps that need tables beside orders, with all of them attached. */
export async function compareSteps(differences, opened, { granularity, attributionDays, weekStart, horizons }) {
  const { oracle, data, filter, tables } = opened;
  const params = paramsOf(opened, { granularity, weekStart, horizons }, { attribution_days: attributionDays, window_days: WINDOW_DAYS[granularity] });
  const ask = (name) => oracle.metric(name, params);
  await ask("periods");
  await oracle.keep("periods", "calendar");
  await oracle.keep("pool_members", "pool_members");
  await oracle.keep("chain", "chain");
  const rows = [];
  for (const name of ["pool", "touched", "invited", "service", "private_domain", "cases"]) rows.push(...(await ask(name)));
  const found = new Map(rows.map((row) => [`${row.metric} ${row.period_start}`, row]));
  const table = await data.flywheel({ granularity, attributionDays, weekStart, horizons, filter });
  const periods = table.steps.flatMap((step) => step.series).map(({ period }) => period);
  const starts = new Map(periods.map((period) => [period.label, period.start]));
  const place = (...names) => () => [granularity, ...names];

  for (const id of ["precision", "advocacy", "loop"]) {
    const { headline, series } = table.steps.find((step) => step.id === id);
    for (const point of series.slice(id === "advocacy" ? 1 : 0)) {
      const row = found.get(`${headline.id} ${point.period.start}`) ?? { num: 0, den: 0 };
      differences.exact(place(headline.id, point.period.start, "num"), point.num, row.num);
      differences.exact(place(headline.id, point.period.start, "den"), point.den, row.den);
    }
  }
  const metrics = table.steps.flatMap((step) => [step.headline, ...step.metrics]);
  const metric = (id) => metrics.find((metric) => metric.id === id);
  const known = new Set(rows.map((row) => row.metric));
  for (const one of metrics.filter(({ id, period, unit }) => known.has(id) && period !== null && unit !== "difference")) {
    const row = found.get(`${one.id} ${starts.get(one.period)}`) ?? { num: 0, den: 0 };
    differences.exact(place(one.id, one.period, "num"), one.num, row.num);
    if (one.unit !== "count") differences.exact(place(one.id, one.period, "den"), one.den, row.den);
  }
  // The last period whose coupons have all expired.
  const redeemed = metric("redemption_rate");
  if (redeemed.period !== null) {
    const immature = rows.filter((row) => row.metric === "redemption_rate" && row.mature_on > opened.until).map((row) => row.period_start);
    differences.exact(place("redemption_rate", "mature"), immature.includes(starts.get(redeemed.period)), false);
  }
  await compareDomain(differences, opened, { granularity, weekStart }, rows);
  const incremental = metric("incremental_rate");
  if (incremental.status === "needs_table") {
    differences.exact(place("incremental_rate", "needs"), incremental.needs, "touches.is_control");
    differences.exact(place("incremental_rate", "mapped"), tables.touches.mapping.is_control, undefined);
  } else if (incremental.period !== null) {
    const [touched, held] = ["response_bought", "control_bought"].map((id) => found.get(`${id} ${starts.get(incremental.period)}`) ?? { num: 0, den: 0 });
    const gap = touched.den > 0 && held.den > 0 ? touched.num / touched.den - held.num / held.den : null;
    differences.exact(place("incremental_rate", "n"), incremental.n, touched.den + held.den);
    near(differences, place("incremental_rate"), incremental.value, gap);
  }
  const gap = metric("observational_gap");
  if (gap !== undefined && gap.period !== null) {
    const row = found.get(`observational_gap ${starts.get(gap.period)}`) ?? { num: 0, value: null };
    differences.exact(place("observational_gap", "people"), gap.n, row.num);
    near(differences, place("observational_gap"), gap.value, row.value);
  }
}

/** Of the private-domain metrics every period. */
async function compareDomain(differences, { data, filter }, { granularity, weekStart }, rows) {
  const found = new Map(rows.map((row) => [`${row.metric} ${row.period_start}`, row]));
  const { metrics, pickupHours } = await data.privateDomain({ granularity, weekStart, filter, windowDays: WINDOW_DAYS[granularity] });
  const known = new Set([...found.values()].map(({ metric }) => metric));
  compareCases(differences, { metrics, pickupHours }, granularity, rows);
  for (const { metric, series } of metrics.filter(({ metric }) => known.has(metric.id))) {
    for (const { period, num, den } of series.slice(metric.id === "leader_retention" || metric.id === "pool_net_growth" ? 1 : 0)) {
      const row = found.get(`${metric.id} ${period.start}`) ?? { num: 0, den: 0 };
      differences.exact(() => [granularity, metric.id, period.start, "num"], num, row.num);
      differences.exact(() => [granularity, metric.id, period.start, "den"], den, metric.unit === "count" || metric.id === "pool_gmv_tree" ? 1 : row.den);
    }
  }
  // Whom customers bring is the total gain of the flywheel.
  const { chain } = await data.flywheel({ granularity, weekStart, filter });
  const brought = metrics.find(({ metric }) => metric.id === "k_buyers").series;
  chain.cohorts.forEach((cohort, at) => {
    if (cohort.brought !== null) differences.exact(() => [granularity, "k_buyers", at], brought[at].num, cohort.brought);
  });
  // I25: the pool of the next period is that of this one, and who joined, less who left.
  const growth = metrics.find(({ metric }) => metric.id === "pool_net_growth");
  growth.series.slice(2).forEach(({ den, period }, at) => {
    const before = growth.series[at + 1];
    differences.exact(() => [granularity, "I25", period.start], den, before.den + before.num);
  });
  // I26: the product of the factors is the whole.
  const value = (id) => metrics.find(({ metric }) => metric.id === id).metric.value;
  const factors = ["members", "reach", "response", "orders", "aov"].map((name) => value(`pool_gmv_${name}`));
  if (!factors.includes(null)) differences.ratio(() => [granularity, "pool_gmv_tree"], factors.reduce((a, b) => a * b), value("pool_gmv_tree"));
}

/** Medians, ratios of means and counts by hour. */
function compareCases(differences, { metrics, pickupHours }, granularity, rows) {
  const of = (id) => rows.filter((row) => row.metric === id);
  const metric = (id) => metrics.find(({ metric }) => metric.id === id).metric;
  const place = (...names) => () => [granularity, ...names];
  for (const [id, scale] of [["pickup_lead_time", 86_400_000_000], ["presale_variation", 1]]) {
    const { status, n, value } = metric(id);
    if (status === "needs_table") continue;
    const [row] = of(id);
    differences.exact(place(id, "n"), n, row.den);
    near(differences, place(id), value, row.value === null ? null : row.value / scale);
  }
  const dual = metric("dual_channel_value");
  const series = metrics.find(({ metric }) => metric.id === "dual_channel_share").series;
  const start = series.find(({ period }) => period.label === dual.period)?.period.start;
  const row = of("dual_channel_value").find(({ period_start }) => period_start === start);
  if (dual.status !== "needs_table") differences.ratio(place("dual_channel_value"), dual.value, row?.value ?? null);
  const hours = new Map(of("pickup_hours").map(({ num, den }) => [den, num]));
  pickupHours?.flat().forEach((count, at) => differences.exact(place("pickup_hours", at), count, hours.get(at) ?? 0));
}

/** Cost and value of every entry cohort, and the claims. */
export async function compareCosts(differences, opened, { granularity, weekStart }) {
  const { oracle, data, filter, until, tables } = opened;
  const hasSpend = tables.spend !== undefined;
  const { costs } = await data.flywheel({ granularity, weekStart, filter });
  const place = (...names) => () => [granularity, ...names];
  const [{ unknown }] = await oracle.select("select count(*) as unknown from orders where cost_minor is null");
  differences.exact(place("by margin"), costs.byMargin, unknown === 0);
  // Spend that names the filter's channels and stores; what does not name them is of all of them.
  const kept = ["channel", "store_id"]
    .filter((column) => filter.only?.[column] !== undefined && tables.spend?.mapping[column] !== undefined)
    .map((column) => `${column} in (${filter.only[column].map((label) => `'${label}'`).join(", ")})`);
  const [{ first_day }] = await oracle.select(`select greatest(min(cast(local_time as date)), date '${filter.from ?? "0001-01-01"}') as first_day from fates where reason is null`);
  await oracle.run("create or replace table spend_whole as from spend");
  await oracle.run(`create or replace table spend as select * from spend_whole where ${[true, ...kept].join(" and ")}`);
  const params = paramsOf(opened, { granularity, weekStart }, { first_day, by_margin: unknown === 0 });
  await oracle.metric("periods", params);
  await oracle.keep("periods", "calendar");
  const rows = await oracle.metric("costs", params);
  const byChannel = hasSpend && opened.mapping.channel !== undefined ? await oracle.metric("costs_by_channel", params) : [];
  differences.exact(place("channels"), costs.channels.length, byChannel.length);
  byChannel.toSorted((a, b) => (a.channel < b.channel ? -1 : 1)).forEach((row, at) => {
    const { channel, spendMinor, newBuyers, cacMinor } = costs.channels[at] ?? {};
    differences.exact(place("channel", at), channel, row.channel);
    differences.exact(place(row.channel, "spend"), spendMinor, row.spend_minor);
    differences.exact(place(row.channel, "new buyers"), newBuyers, row.new_buyers);
    differences.ratio(place(row.channel, "cac"), cacMinor, row.new_buyers > 0 ? row.spend_minor / row.new_buyers : null);
  });
  await oracle.run("create or replace table spend as from spend_whole");
  differences.exact(place("periods"), costs.cohorts.length, rows.length);
  costs.cohorts.forEach((cohort, at) => {
    const row = rows[at];
    const here = (what) => place(row.period_start, what);
    differences.exact(here("start"), cohort.period.start, row.period_start);
    differences.exact(here("new buyers"), cohort.newBuyers, row.new_buyers);
    differences.exact(here("spend"), cohort.spendMinor, hasSpend ? row.spend_minor : null);
    differences.ratio(here("cac"), cohort.cacMinor, hasSpend ? row.cac : null);
    differences.ratio(here("marginal cac"), cohort.marginalCacMinor, hasSpend ? row.marginal_cac : null);
    differences.exact(here("payback"), cohort.paybackMonths, hasSpend ? row.payback_months : null);
    [30, 90, 180, 365].forEach((days, horizon) => {
      const mature = daysAfter(row.period_end, days) <= until && row.new_buyers > 0;
      differences.ratio(here(`value ${days}`), cohort.valuesMinor[horizon], mature ? row[`net_${days}`] / row.new_buyers : null);
    });
  });
  for (const claim of costs.claims.filter(({ points }) => points.length > 1)) {
    const index = new Map(costs.cohorts.map(({ period }, at) => [period.label, at]));
    const scaled = claim.points.map(({ period, value }) => `(${index.get(period)}, cast(${LOGARITHMIC.has(claim.id) ? `ln(${value}::double)` : value} as double))`);
    await oracle.run(`create or replace table points as select * from (values ${scaled.join(", ")}) as points(period, value)`);
    const [{ slope, z }] = await oracle.select(oracle.text("claims"));
    near(differences, place(claim.id, "slope"), claim.slope, slope);
    near(differences, place(claim.id, "z"), claim.z, z);
  }
}

const daysAfter = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
