/** What the chain of the loop and what is made of it are compared by. */

/** Days of the steps: the defaults, and others. */
export const HORIZONS = { h12: 30, h23: 30, h34: 60, h45: 90, h56: 30 };
export const SHORT = { h12: 3, h23: 9, h34: 20, h45: 14, h56: 11 };

/** Loads the chain into the oracle and asks feilun the same. */
export async function askChain({ oracle, data, filter, until, mapping }, attached, { granularity, horizons, total, weekStart = 0, weights, base }) {
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

/** Cohorts, waits, gain, invitations, momentum and bottleneck with the tables that are attached. */
export async function compareChain(differences, opened, attached, asked) {
  const { oracle } = opened;
  const { params, table, momentum } = await askChain(opened, attached, asked);
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
export function near(differences, place, found, expected) {
  const isSame = found === expected || (found !== null && expected !== null && Math.abs(found - expected) <= 1e-12 * Math.max(1, Math.abs(expected)));
  differences.exact(place, isSame ? expected : found, expected);
}
