// DuckDB-WASM, its bundle with exceptions ("eh"), in a worker: the file is streamed into a table, each job is one or two queries.

import * as duckdb from "@duckdb/duckdb-wasm";
import { RFM_DAYS, REPEAT_DAYS, monthLabel, rfmAnswer, weekLabel } from "../jobs.mjs";

const DIST = "/bench/node_modules/@duckdb/duckdb-wasm/dist";
let db;

export async function ready() {
  const worker = new Worker(`${DIST}/duckdb-browser-eh.worker.js`);
  db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await db.instantiate(`${location.origin}${DIST}/duckdb-eh.wasm`);
  const connection = await db.connect();
  await connection.query("select 1");
  await connection.close();
}

/** A file is a stream behind eight bytes, with an index after it. */
const MAGIC_BYTES = 8;

export async function load(file) {
  const connection = await db.connect();
  const bytes = new Uint8Array(await file.slice(MAGIC_BYTES).arrayBuffer());
  await connection.insertArrowFromIPCStream(bytes, { name: "exported", create: true });
  // What every job needs, once: local days, minor units, and ids as they are.
  await connection.query(`
    create table orders as
    select customer_id, epoch_ms(ordered_at) as time_ms, cast(floor((epoch_ms(ordered_at) + 28800000) / 86400000) as integer) as day,
      cast(round(amount * 100) as bigint) as net, store_id, inviter_id, epoch_ms(joined_at) as joined_ms
    from exported`);
  await connection.query("drop table exported");
  await connection.query(`
    create macro month_of(day) as (year(date '1970-01-01' + day) - 1970) * 12 + month(date '1970-01-01' + day) - 1`);
  await connection.query("create macro week_of(day) as cast(floor((day + 3) / 7) as integer)");
  return connection;
}

export async function run(connection, job) {
  const ask = async (sql) => (await connection.query(sql)).toArray().map((row) => Object.values(row.toJSON()).map(plain));
  if (job.kind === "cohorts") return ask(cohorts(job));
  if (job.kind === "rfm") return ask(RFM);
  return { growth: await ask(GROWTH), repeat: await ask(REPEAT), last: await ask(LAST) };
}

function plain(value) {
  return typeof value === "bigint" ? Number(value) : value;
}

export function answer(result, job) {
  if (job.kind === "cohorts") {
    const label = job.granularity === "week" ? weekLabel : monthLabel;
    const rows = {};
    for (const [cohort, period, n] of result) {
      const row = (rows[label(cohort)] ??= []);
      while (row.length < period) row.push(0);
      row[period] = n;
    }
    return rows;
  }
  if (job.kind === "rfm") return rfmAnswer(result.map(([triple, n, net]) => [triple, [n, net]]), job.preset);
  const labelled = (rows) => Object.fromEntries(rows.map(([period, ...row]) => [monthLabel(period), row]));
  const [[invited, newcomers, members, active]] = result.last;
  return { growth: labelled(result.growth), repeat: labelled(result.repeat), invited: [invited, newcomers], pool: [members, active] };
}

function cohorts({ granularity, stores }) {
  const filter = stores ? `and store_id in (${stores.map((store) => `'${store}'`).join(", ")})` : "";
  return `
    with active as (select distinct customer_id, ${granularity}_of(day) as period from orders where net > 0 ${filter}),
      entry as (select customer_id, min(period) as cohort from active group by all)
    select cohort, period - cohort as idx, count(*)::integer as n
    from active join entry using (customer_id) group by all order by all`;
}

const RFM = `
  with windowed as (select *, max(day) over () + 1 as until from orders),
    raw as (
      select customer_id, max(day) filter (net > 0) as r, count(*) filter (net > 0) as f, sum(net) as m
      from windowed where day >= until - ${RFM_DAYS} group by all having f > 0),
    ranked as (
      select *, count(*) over () as n, count(*) over (partition by f > 1) as n_like,
        rank() over (order by r) - 1 as r_less, count(*) over (partition by r) as r_equal,
        rank() over (partition by f > 1 order by f) - 1 as f_less, count(*) over (partition by f) as f_equal,
        rank() over (order by m) - 1 as m_less, count(*) over (partition by m) as m_equal
      from raw),
    scored as (
      select m as net, 1 + least(4, 5 * (2 * r_less + r_equal) // (2 * n)) as r,
        case when f = 1 then 1 else 2 + least(3, 4 * (2 * f_less + f_equal) // (2 * n_like)) end as f,
        1 + least(4, 5 * (2 * m_less + m_equal) // (2 * n)) as m
      from ranked)
  select (r * 36 + f * 6 + m)::integer, count(*)::integer, sum(net)::double from scored group by all`;

const GROWTH = `
  with active as (select distinct customer_id, month_of(day) as period from orders where net > 0),
    seen as (select *, lag(period) over (partition by customer_id order by period) as before from active),
    counted as (
      select period, count(*) as active, count(*) filter (before is null) as new, count(*) filter (before = period - 1) as retained,
        count(*) filter (before < period - 1) as resurrected
      from seen group by all)
  select period, active::integer, new::integer, retained::integer, resurrected::integer,
    (coalesce(lag(active) over (order by period), retained) - retained)::integer
  from counted order by period`;

const REPEAT = `
  with numbered as (
      select customer_id, time_ms, day, row_number() over (partition by customer_id order by time_ms) as nth from orders where net > 0),
    pairs as (
      select max(day) filter (nth = 1) as day, max(time_ms) filter (nth = 1) as first_ms, max(time_ms) filter (nth = 2) as second_ms
      from numbered where nth <= 2 group by customer_id)
  select month_of(day) as period, (count(*) filter (second_ms - first_ms <= ${REPEAT_DAYS * 86_400_000}))::integer, count(*)::integer
  from pairs group by all order by period`;

const LAST = `
  with ends as (select max(day) + 1 as until from orders),
    complete as (select month_of(until) - 1 as period from ends),
    people as (
      select customer_id, min(month_of(day)) filter (net > 0) as entry, arg_min(inviter_id, time_ms) filter (net > 0 and inviter_id is not null) as inviter,
        min(joined_ms) as joined_ms, bool_or(net > 0 and month_of(day) = period) as is_active
      from orders, complete group by customer_id)
  select (count(*) filter (entry = period and inviter is not null))::integer, (count(*) filter (entry = period))::integer,
    (count(*) filter (is_active and month_of(cast(floor((joined_ms + 28800000) / 86400000) as integer)) <= period))::integer,
    (count(*) filter (is_active))::integer
  from people, complete`;
