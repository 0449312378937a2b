/** The covering array holds every pair of values that an allowed combination holds, and nothing that is refused: checked against all combinations. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tableFromArrays, tableFromIPC, tableToIPC } from "apache-arrow";
import { shrink } from "./differential.mjs";
import { coveringArray } from "./pairwise.mjs";

const ABC = { a: [1, 2, 3], b: ["x", "y"], c: [true, false], d: [0, 1, 2, 3], e: [null, "only"] };
const MODELS = [
  { name: "without constraints", fields: ABC, refused: [] },
  { name: "a pair is refused", fields: ABC, refused: [({ a, b }) => a === 1 && b === "x"] },
  { name: "a value is never allowed", fields: ABC, refused: [({ d }) => d === 3] },
  {
    name: "a pair is refused by what follows from it",
    fields: ABC,
    refused: [(row) => row.a === 2 && row.c, (row) => row.b === "y" && !row.c, (row) => row.a === 3 && row.d > 0 && row.e === null],
  },
  { name: "one value a field but for one", fields: { a: [1], b: [1], c: [1, 2, 3] }, refused: [] },
];

const product = (fields) =>
  Object.entries(fields).reduce((rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))), [{}]);
const pairs = (rows) =>
  new Set(rows.flatMap((row) => Object.entries(row).flatMap((a, at) => Object.entries(row).slice(at + 1).map((b) => JSON.stringify([a, b])))));

for (const { name, fields, refused } of MODELS) {
  test(`every allowed pair occurs: ${name}`, () => {
    const allowed = product(fields).filter((row) => !refused.some((predicate) => predicate(row)));
    for (const seed of [1, 2, 3]) {
      const rows = coveringArray(fields, { refused, seed });
      assert.ok(rows.every((row) => !refused.some((predicate) => predicate(row))), "a row is refused");
      assert.deepEqual([...pairs(rows)].sort(), [...pairs(allowed)].sort());
    }
  });
}

test("a covering array is small and the same for the same seed", () => {
  const fields = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`f${at}`, [0, 1, 2, 3]]));
  const rows = coveringArray(fields);
  assert.ok(rows.length <= 40, `${rows.length} rows of ${4 ** 12}`);
  assert.deepEqual(coveringArray(fields), rows);
  assert.notDeepEqual(coveringArray(fields, { seed: 2 }), rows);
});

test("a predicate that reads an unknown field and a single field are mistakes", () => {
  assert.throws(() => coveringArray({ a: [1], b: [2] }, { refused: [({ c }) => c] }), /no field c/);
  assert.throws(() => coveringArray({ a: [1, 2] }), /two fields/);
});

test("a failing table is left with the rows that make it fail", async () => {
  const amounts = Int32Array.from({ length: 200 }, (_, row) => row);
  const bytes = tableToIPC(tableFromArrays({ amount: amounts }), "stream");
  const amountsOf = (bytes) => [...tableFromIPC(bytes).getChild("amount")];
  const again = async (bytes) => ([17, 164].every((amount) => amountsOf(bytes).includes(amount)) ? "both" : null);
  const { rows, bytes: smallest, found } = await shrink(bytes, again, 10_000);
  assert.deepEqual([rows, amountsOf(smallest), found], [[17, 164], [17, 164], "both"]);
});
