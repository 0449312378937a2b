/**
 * The browser's answers are the machine's: over the made sample and random tables of every shape, with all tables, each call gives bit by bit what the
 * crate gives natively (crate/examples/answer.rs).
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { open } from "feilun";
import { RANDOM_TABLES, madeTable } from "./datasets.mjs";
import { answer } from "./differential.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TABLES = [madeTable, ...RANDOM_TABLES.slice(0, 30).map(({ source }) => source)];
const CALLS = [
  ["summary", null],
  ["cohorts", {}],
  ["cohorts", { granularity: "week", window: "rolling", completeness: "eligible", measure: "cum_value_per_member", slice: { by: "channel", rule: "home" } }],
  ["cohorts", { measure: "grr", smooth: 3, entity: "store", reference: "previous", countZero: true }],
  ["purchaseIntervals", {}],
  ["rfm", {}],
  ["rfm", { bins: 4, preset: "cn8", cn8By: "median", monetary: "margin", monetaryMode: "nested", slice: { by: "store_id" } }],
  ["rfmMigration", { mode: "frozen" }],
  ["rfmMigration", { mode: "refit", minCell: 3, rfm: { preset: "rules11", monetary: "aov" } }],
  ["concentration", {}],
  ["growth", { slice: { by: "channel", rule: "order" } }],
  ["growth", { granularity: "day", window: "rolling" }],
  ["flywheel", { slice: { by: "store_id", rule: "first_order" } }],
  ["flywheel", { granularity: "week", momentum: { base: "last_year", weights: [0, 1, 2, 3, 0, 0.5] }, gain: { horizonDays: 30 } }],
  ["privateDomain", { granularity: "week" }],
];

/** Each table's answers, computed natively. */
function native(tables) {
  const folder = mkdtempSync(join(tmpdir(), "feilun-native-"));
  const put = (name, { bytes, mapping }) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return { path, mapping };
  };
  const lines = tables.map(({ bytes, mapping, utcOffsetMinutes = 480, tables }, at) => {
    const beside = Object.entries(tables).map(([name, table]) => [name, put(`${at}-${name}`, table)]);
    return JSON.stringify({ orders: { ...put(`${at}-orders`, { bytes, mapping }), options: { utcOffsetMinutes } }, tables: Object.fromEntries(beside), calls: CALLS });
  });
  const cargo = ["run", "--quiet", "--profile", "test", "--package", "feilun", "--all-features", "--example", "answer"];
  const { stdout, stderr, status } = spawnSync("cargo", cargo, { cwd: ROOT, input: `${lines.join("\n")}\n`, encoding: "utf8", maxBuffer: 2 ** 30 });
  rmSync(folder, { recursive: true });
  assert.equal(status, 0, stderr);
  const answers = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  return tables.map((_, at) => answers.slice(at * CALLS.length, (at + 1) * CALLS.length));
}

test("every call gives in wasm bit by bit what it gives natively", async () => {
  const tables = TABLES.map((source) => source());
  const expected = native(tables);
  let answered = 0;
  for (const [at, { name, bytes, mapping, utcOffsetMinutes = 480, tables: beside }] of tables.entries()) {
    const data = await open(bytes, { mapping, utcOffsetMinutes });
    for (const [table, { bytes, mapping }] of Object.entries(beside)) await data.attach(table, bytes, { mapping });
    for (const [nth, [call, config]] of CALLS.entries()) {
      const { result, refused } = call === "summary" ? { result: data.summary } : await answer(data[call](config));
      assert.deepStrictEqual(refused === undefined ? result : { error: refused }, expected[at][nth], `${call} ${JSON.stringify(config)} of ${name}`);
      answered += refused === undefined ? 1 : 0;
    }
    await data.close();
  }
  assert.ok(answered > (TABLES.length * CALLS.length) / 2, `${answered} answers`);
});
