/**
 * The oracle: the SQL of `sql/` in DuckDB.
 *
 * In: decoded columns and ingest options. Out: a database whose view `orders` holds the valid orders, and the rows the metric queries return.
 */
import { readFileSync } from "node:fs";
import { DuckDBDecimalValue, DuckDBInstance, DuckDBTimestampValue } from "@duckdb/node-api";

const EXCLUDED = ["cancelled", "canceled", "closed", "void", "已取消", "已关闭", "未支付"];
/** The columns of every table; those of orders are roles. */
const COLUMNS = {
  orders: [
    "customerId", "orderedAt", "amount", "orderId", "status", "refundAmount", "storeId", "channel", "fulfilment", "staffId", "couponId", "isPresale", "group_buy_id", "service_type", "inviterId", "joinedAt",
    "promisedTo", "pickedUpAt", "cost",
  ],
  members: ["customer_id", "joined_at", "left_at", "staff_id", "source_store", "source_channel"],
  referrals: ["inviter_id", "invitee_id", "invited_at", "accepted_at"],
  touches: ["customer_id", "sent_at", "touch_id", "channel", "coupon_id", "expires_at", "redeemed_at", "order_id", "is_control"],
  spend: ["period_start", "amount", "channel", "store_id", "kind"],
  interactions: ["customer_id", "at", "kind", "rating"],
};
const TIMES = new Set(["promised_to", "period_start"]);
const isTime = (name) => TIMES.has(name) || /(^|_)at$/.test(name);
const NUMBERS = new Set(["amount", "refund_amount", "cost", "rating"]);

const query = (name) => readFileSync(new URL(`../../sql/${name}.sql`, import.meta.url), "utf8");

/** A dataset in DuckDB. */
export class Oracle {
  #depth = 0;

  /** Loads decoded orders and sorts the rows into orders and rows set aside; the tables beside them are empty until they are attached. */
  static async load(decoded, { utcOffsetMinutes = 480 } = {}) {
    // Small tables, and two test files at a time: more threads only cost.
    const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
    const oracle = new Oracle(await instance.connect(), utcOffsetMinutes);
    await oracle.#load("orders", decoded, "fates");
    for (const table of Object.keys(COLUMNS)) {
      if (table !== "orders") await oracle.attach(table, { rows: 0, columns: {} });
    }
    await oracle.filter({});
    return oracle;
  }

  /** Loads a decoded table beside orders: `members` holds its rows that are used, `members_fates` all of them with the reason. */
  async attach(table, decoded) {
    await this.#load(table, decoded, `${table}_fates`);
    await this.run(`create or replace table ${table} as select * exclude (row, reason) from ${table}_fates where reason is null`);
  }

  /** Sorts the rows of a table into used and set aside, as its SQL says. */
  async #load(table, { rows, columns }, into) {
    const names = COLUMNS[table].map((name) => ({ name: snake(name), column: columns[name] }));
    await this.run(`create or replace table export (row bigint, ${names.map(({ name, column }) => `"${name}" ${sqlType(name, column)}`).join(", ")})`);
    const appender = await this.connection.createAppender("export");
    for (let row = 0; row < rows; row++) {
      appender.appendBigInt(BigInt(row));
      for (const { name, column } of names) append(appender, name, column, row);
      appender.endRow();
    }
    appender.closeSync();
    const utc = names.filter(({ column }) => column?.zoned === true);
    const list = (texts) => `cast([${texts.map((text) => `'${text}'`).join(", ")}] as varchar[])`;
    await this.run(`create or replace table ingest as select ${this.utcOffsetMinutes} as utc_offset_minutes, ${list(utc.map(({ name }) => name))} as utc_columns,
      ${list(EXCLUDED)} as excluded_statuses`);
    await this.run(`create or replace table ${into} as ${query(table)}`);
  }

  constructor(connection, utcOffsetMinutes) {
    this.connection = connection;
    this.utcOffsetMinutes = utcOffsetMinutes;
  }

  /** Restricts `orders` to a filter of feilun. When a customer joined is theirs, whichever of their orders says so. */
  async filter({ from, until, only = {} }) {
    const within = Object.entries(only).map(([column, labels]) => `${column} in (${labels.map((label) => `'${label}'`).join(", ")})`);
    const days = [from && `cast(local_time as date) >= date '${from}'`, until && `cast(local_time as date) < date '${until}'`];
    await this.run(`create or replace table orders as select * from (
        select * exclude (reason, joined_time), min(joined_time) over (partition by customer_id) as joined_time from fates where reason is null
      ) where ${[true, ...within, ...days.filter(Boolean)].join(" and ")}`);
  }

  /** Rows by reason; the reason of used rows is null. */
  reasons() {
    return this.select("select reason, count(*) as rows from fates group by reason order by reason nulls first");
  }

  /** The day after the last valid order. */
  async until() {
    const [{ until }] = await this.select("select max(cast(local_time as date)) + 1 as until from fates where reason is null");
    return until;
  }

  /** Runs one of the metric queries with its parameters. */
  async metric(name, params) {
    const columns = Object.entries(params).map(([column, value]) => `${literal(value)} as ${column}`);
    await this.run(`create or replace table params as select ${columns.join(", ")}`);
    return this.select(query(name));
  }

  /** What a query gives of orders in which another column stands for the customer; orders without it are left out. */
  as(column, query) {
    return this.#instead((orders) => `select * replace (${column} as customer_id) from ${orders} where ${column} is not null`, query);
  }

  /** What a query gives of the orders with a label, or without one. */
  within(column, label, query) {
    return this.#instead((orders) => `select * from ${orders} where ${column} ${is(label)}`, query);
  }

  /** What a query gives of the orders of customers whose first purchase has a label, or none. */
  ofFirst(column, label, countZero, query) {
    return this.#instead((orders) => `select * from ${orders} where customer_id in (select customer_id from (${firsts(column, orders, countZero)}) where label ${is(label)})`, query);
  }

  /** What a query gives of the orders of customers whose home has a label, or none. */
  ofHome(column, label, countZero, query) {
    return this.#instead((orders) => `select * from ${orders} where customer_id in (select customer_id from (${homes(column, orders, countZero)}) where label ${is(label)})`, query);
  }

  /** The label of each customer, by its first purchase, or by most of them. */
  async labels(column, rule, countZero) {
    const rows = await this.select({ first_order: firsts, home: homes }[rule](column, "orders", countZero));
    return new Map(rows.map(({ customer_id, label }) => [customer_id, label]));
  }

  async #instead(restricted, query) {
    const whole = `orders_whole_${++this.#depth}`;
    await this.run(`create or replace table ${whole} as from orders`);
    await this.run(`create or replace table orders as ${restricted(whole)}`);
    const rows = await query();
    await this.run(`create or replace table orders as from ${whole}`);
    this.#depth--;
    return rows;
  }

  /** Keeps the rows of a metric query, under the parameters of the last one, as a table for another. */
  keep(name, table) {
    return this.run(`create or replace table ${table} as ${query(name)}`);
  }

  /** Rows as objects: numbers, ISO dates, texts and nulls. */
  async select(sql) {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowObjectsJS().map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
  }

  close() {
    this.connection.closeSync();
  }

  /** The text of a metric query. */
  text(name) {
    return query(name);
  }

  async run(sql) {
    await this.connection.run(sql);
  }
}

const is = (label) => `is not distinct from ${label === null ? "null" : `'${label}'`}`;

/** Every customer with the label of its first purchase; null where that has none, and without a purchase. */
function firsts(column, orders, countZero) {
  const nth = `row_number() over (partition by customer_id order by (net_minor > 0 or ${countZero}) desc, local_time, ${column} nulls last) as nth`;
  return `select customer_id, label from (select customer_id, case when net_minor > 0 or ${countZero} then ${column} end as label, ${nth} from ${orders}) where nth = 1`;
}

/** Every customer with the label that most of its purchases have; of several that of the latest purchase, then the greatest; null where no purchase has one. */
function homes(column, orders, countZero) {
  const labelled = `select customer_id, local_time, case when net_minor > 0 or ${countZero} then ${column} end as label from ${orders}`;
  const runs = `select customer_id, label, count(*) as n, max(local_time) as last from (${labelled}) group by customer_id, label`;
  const nth = "row_number() over (partition by customer_id order by label is not null desc, n desc, last desc, label desc) as nth";
  return `select customer_id, label from (select customer_id, label, ${nth} from (${runs})) where nth = 1`;
}

const snake = (role) => role.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function sqlType(name, column) {
  if (isTime(name)) return "timestamp";
  if (!NUMBERS.has(name)) return "varchar";
  if (column?.kind === "decimal") return `decimal(24, ${column.scale})`;
  return column?.kind === "integer" ? "bigint" : "double";
}

function append(appender, name, column, row) {
  const value = column?.values[row] ?? null;
  if (value === null) appender.appendNull();
  else if (isTime(name)) appender.appendTimestamp(new DuckDBTimestampValue(value));
  else if (!NUMBERS.has(name)) appender.appendVarchar(String(value));
  else if (column.kind === "decimal") appender.appendDecimal(new DuckDBDecimalValue(value, 24, column.scale));
  else if (column.kind === "integer") appender.appendBigInt(value);
  else appender.appendDouble(value);
}

function literal(value) {
  if (Array.isArray(value)) return `cast([${value.join(", ")}] as integer[])`;
  if (value === null) return "cast(null as integer)";
  if (typeof value !== "string") return String(value);
  return /^\d{4}-\d\d-\d\d$/.test(value) ? `date '${value}'` : `'${value}'`;
}

function plain(value) {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== "bigint") return value;
  if (BigInt(Number(value)) !== value) throw new Error(`${value} leaves the integers a number holds`);
  return Number(value);
}
