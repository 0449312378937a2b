/**
 * The oracle: the SQL of `sql/` in DuckDB.
 *
 * In: decoded columns and ingest options. Out: a database whose view `orders` holds the valid orders, and the rows the metric queries return.
 */
import { readFileSync } from "node:fs";
import { DuckDBDecimalValue, DuckDBInstance, DuckDBTimestampValue } from "@duckdb/node-api";

const EXCLUDED = ["cancelled", "canceled", "closed", "void", "已取消", "已关闭", "未支付"];
const ROLES = ["customerId", "orderedAt", "amount", "orderId", "status", "refundAmount", "storeId", "channel", "inviterId", "joinedAt"];
const TIMES = new Set(["orderedAt", "joinedAt"]);
const MONEY = new Set(["amount", "refundAmount"]);

const query = (name) => readFileSync(new URL(`../../sql/${name}.sql`, import.meta.url), "utf8");

/** A dataset in DuckDB. */
export class Oracle {
  /** Loads decoded columns and sorts the rows into orders and rows set aside. */
  static async load({ rows, columns }, { utcOffsetMinutes = 480 } = {}) {
    const instance = await DuckDBInstance.create(":memory:");
    const oracle = new Oracle(await instance.connect());
    await oracle.#run(`create table export (row bigint, ${ROLES.map((role) => `${snake(role)} ${sqlType(role, columns[role])}`).join(", ")})`);
    const appender = await oracle.connection.createAppender("export");
    for (let row = 0; row < rows; row++) {
      appender.appendBigInt(BigInt(row));
      for (const role of ROLES) append(appender, role, columns[role], row);
      appender.endRow();
    }
    appender.closeSync();
    const isUtc = (role) => columns[role]?.zoned === true;
    const excluded = EXCLUDED.map((status) => `'${status}'`).join(", ");
    await oracle.#run(`create table ingest as select ${utcOffsetMinutes} as utc_offset_minutes, ${isUtc("orderedAt")} as ordered_at_is_utc,
      ${isUtc("joinedAt")} as joined_at_is_utc, [${excluded}] as excluded_statuses`);
    await oracle.#run(`create table fates as ${query("orders")}`);
    await oracle.filter({});
    return oracle;
  }

  constructor(connection) {
    this.connection = connection;
  }

  /** Restricts `orders` to a filter of feilun. When a customer joined is theirs, whichever of their orders says so. */
  async filter({ from, until, only = {} }) {
    const within = Object.entries(only).map(([column, labels]) => `${column} in (${labels.map((label) => `'${label}'`).join(", ")})`);
    const days = [from && `cast(local_time as date) >= date '${from}'`, until && `cast(local_time as date) < date '${until}'`];
    await this.#run(`create or replace table orders as select * from (
        select * exclude (row, reason, joined_time), min(joined_time) over (partition by customer_id) as joined_time from fates where reason is null
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
    await this.#run(`create or replace table params as select ${columns.join(", ")}`);
    return this.select(query(name));
  }

  /** Rows as objects: numbers, ISO dates, texts and nulls. */
  async select(sql) {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowObjectsJS().map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)])));
  }

  close() {
    this.connection.closeSync();
  }

  async #run(sql) {
    await this.connection.run(sql);
  }
}

const snake = (role) => role.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function sqlType(role, column) {
  if (TIMES.has(role)) return "timestamp";
  if (!MONEY.has(role)) return "varchar";
  if (column?.kind === "decimal") return `decimal(24, ${column.scale})`;
  return column?.kind === "integer" ? "bigint" : "double";
}

function append(appender, role, column, row) {
  const value = column?.values[row] ?? null;
  if (value === null) appender.appendNull();
  else if (TIMES.has(role)) appender.appendTimestamp(new DuckDBTimestampValue(value));
  else if (!MONEY.has(role)) appender.appendVarchar(String(value));
  else if (column.kind === "decimal") appender.appendDecimal(new DuckDBDecimalValue(value, 24, column.scale));
  else if (column.kind === "integer") appender.appendBigInt(value);
  else appender.appendDouble(value);
}

function literal(value) {
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
