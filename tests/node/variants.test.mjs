// Every committed variant of the table through wasm: each customer, day, store and channel, and the fate of each row, equal to what the fixtures' writer
// worked out.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as flechette from "@uwdata/flechette";
import * as apache from "apache-arrow";
import { FeilunError, open } from "feilun";
import { answersOf, expectedAnswers, mappingOf } from "./variants.mjs";

const read = (name) => readFileSync(new URL(`../data/arrow/${name}`, import.meta.url));
const { cases, families } = JSON.parse(read("expected.json").toString());

for (const [name, family] of Object.entries(families)) {
  const files = cases.filter(([, of]) => of === name).map(([file]) => file);
  test(`variants of "${name}": ${files.length}`, async () => {
    const options = { ...family.options, mapping: mappingOf(family.mapping) };
    if (family.orders.length === 0) {
      for (const file of files) await assert.rejects(open(read(file), options), { name: "FeilunError", code: "empty" }, file);
      return;
    }
    const expected = expectedAnswers(family);
    for (const file of files) {
      const data = await open(read(file), options);
      assert.deepEqual(await answersOf(data), expected, file);
      await data.close();
    }
  });
}

test("what JavaScript's writers make of the table", async () => {
  const expected = expectedAnswers(families.full);
  const base = read("base.arrow");
  const writers = {
    "apache-arrow, file": () => apache.tableToIPC(apache.tableFromIPC(base), "file"),
    "apache-arrow, stream": () => apache.tableToIPC(apache.tableFromIPC(base), "stream"),
    "flechette, file": () => flechette.tableToIPC(flechette.tableFromIPC(base), { format: "file" }),
    "flechette, stream": () => flechette.tableToIPC(flechette.tableFromIPC(base), { format: "stream" }),
  };
  for (const [writer, write] of Object.entries(writers)) {
    const bytes = write();
    assert.ok(bytes, writer);
    const data = await open(bytes, { mapping: mappingOf(families.full.mapping) });
    assert.deepEqual(await answersOf(data), expected, writer);
    await data.close();
  }
});

test("2,400 mutations through wasm end in answers or a typed error, never in a trap", async () => {
  let state = 20_240_229;
  const random = (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  const names = cases.map(([file]) => file);
  const codes = {};
  for (let round = 0; round < 2_400; round++) {
    const name = names[random(names.length)];
    const bytes = Uint8Array.from(read(name));
    if (round % 6 === 0) {
      await attempt(bytes.subarray(0, random(bytes.length)), name);
      continue;
    }
    for (let change = 0; change <= random(4); change++) {
      const at = random(bytes.length - 8);
      if (random(2) === 0) bytes[at] ^= 1 << random(8);
      else bytes.set([[255, 255, 255, 255, 255, 255, 255, 127], [0, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 1, 0, 0]][random(3)], at & ~7);
    }
    await attempt(bytes, name);
  }
  async function attempt(bytes, name) {
    let code = "none";
    try {
      await (await open(bytes, { mapping: mappingOf(families.full.mapping), budgetBytes: 1 << 22 })).close();
    } catch (error) {
      assert.ok(error instanceof FeilunError, `${name}: ${error}`);
      code = error.code;
    }
    assert.notEqual(code, "trap", name);
    codes[code] = (codes[code] ?? 0) + 1;
  }
  // Both outcomes must be common, or the mutations test nothing.
  assert.ok(codes.none > 200 && codes.corrupt > 200 && codes.truncated > 50, JSON.stringify(codes));
});
