/**
 * The differential test: a call equals its SQL over 200 random tables and the rows of a covering array of its options.
 *
 *   differential({
 *     call: "growth",
 *     fields: { granularity: ["day", "week"], filter: FILTERS },   // values of each option; pairwise.mjs covers all pairs of them
 *     refused: [({ granularity, filter }) => …],                   // combinations feilun refuses, several small predicates
 *     async compare(sides, row, differences) { … },                // once per table and row given to it
 *   });
 *
 * Each table gets `rowsPerTable` rows, one after the other through the array, so that every row meets several tables. Where the two sides differ the test
 * fails with the table (its seed), the options, the smallest place, and the fewest rows of the table that still differ: groups of rows are left out as
 * long as a difference stays. `--test-name-pattern "seed 1017,"` runs one table alone.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tableFromIPC, tableToIPC } from "apache-arrow";
import { RANDOM_TABLES, opened } from "./datasets.mjs";
import { decode } from "./decode.mjs";
import { Differences } from "./differences.mjs";
import { coveringArray } from "./pairwise.mjs";

/** How long a failing table is made smaller, milliseconds. */
const SHRINK_FOR = 30_000;
/** Rows of a failing table that are printed. */
const PRINTED = 30;
const DAY_MS = 86_400_000;

/** Declares the tests of calls that share each opened table: one per table and call, and that every row of options meets at least two tables. */
export function differential(...calls) {
  const arrays = calls.map(({ fields, refused = [], rowsPerTable = 1, ...call }) => ({ rows: coveringArray(fields, { refused }), rowsPerTable, ...call }));
  RANDOM_TABLES.forEach(({ name, source }, at) => {
    test(name, async (tests) => {
      const table = source();
      const sides = await openBoth(table);
      for (const { call, rows, rowsPerTable, compare } of arrays) {
        await tests.test(`${call} of ${name}`, async () => {
          const given = Array.from({ length: rowsPerTable }, (_, nth) => rows[(at * rowsPerTable + nth) % rows.length]);
          const failures = [];
          for (const row of given) {
            const found = await difference(sides, row, compare);
            if (found !== null) failures.push({ ...found, row });
          }
          if (failures.length > 0) assert.fail(`${call} of ${name}\n${await minimal(table, failures[0], compare)}`);
        });
      }
      await sides.close();
    });
  });
  for (const { call, rows, rowsPerTable } of arrays) {
    test(`${call}: every row of the covering array meets at least two tables`, () => {
      assert.ok(RANDOM_TABLES.length * rowsPerTable >= 2 * rows.length, `${rows.length} rows are too many for ${RANDOM_TABLES.length} tables`);
    });
  }
}

/** A table opened in both, with what its options are drawn from. */
async function openBoth(table) {
  const sides = await opened(table);
  const [facts] = await sides.oracle.select(`select min(cast(local_time as date)) as start, max(cast(local_time as date)) + 1 as until,
    cast(quantile_disc(local_time, 0.7) as date) + 1 as earlier from fates where reason is null`);
  const known = async (column) => (await sides.oracle.select(`select distinct ${column} as label from fates where reason is null and ${column} is not null order by 1`)).map(({ label }) => label);
  return { ...sides, facts: { ...facts, labels: { channel: await known("channel"), store_id: await known("store_id") } } };
}

/** Filters, and the cohorts or days in the middle of the data. */
export const FILTERS = ["none", "channel", "store", "range", "all"];

/** A filter of feilun by name, and the days the observation begins with and ends before under it. */
export function filterOf(name, { start, until, labels }) {
  const only = {};
  if ((name === "channel" || name === "all") && labels.channel.length > 0) only.channel = labels.channel.slice(-2);
  if ((name === "store" || name === "all") && labels.store_id.length > 0) only.store_id = labels.store_id.slice(0, 2);
  const range = name === "range" || name === "all" ? middle({ start, until }) : {};
  return { filter: Object.keys(only).length > 0 ? { ...range, only } : range, begins: range.from ?? start, ends: range.until < until ? range.until : until };
}

/** The middle of the data. */
export function middle({ start, until }) {
  const days = (Date.parse(until) - Date.parse(start)) / DAY_MS;
  const later = (days) => new Date(Date.parse(start) + days * DAY_MS).toISOString().slice(0, 10);
  return { from: later(Math.floor(days / 5)), until: later(Math.ceil((days * 4) / 5) + 1) };
}

/** The result of a call, or the code of the error it rejects with. */
export function answer(call) {
  return call.then((result) => ({ result }), (error) => {
    if (error.code === undefined) throw error;
    return { refused: error.code };
  });
}

/** What differs under one row of options: null, or its kind (so that making it smaller does not run after another failure) and text. */
async function difference(sides, row, compare) {
  const differences = new Differences();
  try {
    await compare(sides, row, differences);
  } catch (thrown) {
    return { kind: `thrown ${thrown.code ?? thrown.name}`, text: thrown.stack };
  }
  const text = differences.smallest();
  return text === null ? null : { kind: "different", text };
}

/** The failure over the fewest rows found. */
async function minimal(table, failure, compare) {
  const again = async (bytes) => {
    const sides = await openBoth({ ...table, bytes }).catch(() => null);
    if (sides === null) return null;
    const found = await difference(sides, failure.row, compare).finally(sides.close);
    return found?.kind === failure.kind ? found : null;
  };
  const { bytes, found } = await shrink(table.bytes, again, SHRINK_FOR);
  const { dimensions, ...roles } = table.mapping;
  const { rows, columns } = decode(bytes, { ...roles, ...Object.fromEntries(dimensions.map((name) => [name, name])) });
  const line = (row) => JSON.stringify(Object.fromEntries(Object.entries(columns).map(([role, column]) => [role, shown(column, row)])));
  const lines = Array.from({ length: Math.min(rows, PRINTED) }, (_, row) => `  ${line(row)}`);
  return [failure.text, `options ${JSON.stringify(failure.row)}, ${table.utcOffsetMinutes} minutes from UTC`, `${rows} rows suffice: ${(found ?? failure).text}`, ...lines].join("\n");
}

/** Leaves out rows, by halves, quarters … single ones, as long as `again(bytes)` answers with a failure. */
export async function shrink(bytes, again, milliseconds) {
  const table = tableFromIPC(bytes);
  const until = Date.now() + milliseconds;
  let best = { rows: Array.from({ length: table.numRows }, (_, row) => row), bytes, found: null };
  let size = Math.ceil(best.rows.length / 2);
  while (best.rows.length > 1 && Date.now() < until) {
    let isSmaller = false;
    for (let from = 0; from < best.rows.length && Date.now() < until; ) {
      const rows = best.rows.filter((_, at) => at < from || at >= from + size);
      const smaller = rows.length === 0 ? null : gather(table, rows);
      const found = smaller === null ? null : await again(smaller);
      if (found === null) from += size;
      else [best, isSmaller] = [{ rows, bytes: smaller, found }, true];
    }
    if (size === 1 && !isSmaller) break;
    size = Math.max(1, Math.ceil(size / 2));
  }
  return best;
}

/** Some rows of a table, ascending, as bytes. */
function gather(table, rows) {
  const runs = [];
  for (const row of rows) {
    if (runs.at(-1)?.[1] === row) runs.at(-1)[1] += 1;
    else runs.push([row, row + 1]);
  }
  const [first, ...rest] = runs.map(([from, to]) => table.slice(from, to));
  return tableToIPC(first.concat(...rest), "file");
}

function shown({ kind, values, scale }, row) {
  const value = values[row];
  if (value === null) return null;
  if (kind === "time") return new Date(Number(value / 1000n)).toISOString();
  if (kind === "decimal") return Number(value) / 10 ** scale;
  return typeof value === "bigint" ? Number(value) : value;
}
