// Wasm memory while one dataset stays open, so that the instance lives on: closing gives a dataset's share back, and one left open is noticed.
//
// In: CDNOW, opened and closed again and again. Out: bytes of the instance's memory, which grows when no room is left in it and never shrinks.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

/** The memories of the instances made. */
const memories = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = /** @type {any} */ (async (module, imports) => {
  const made = /** @type {any} */ (await instantiate(module, imports));
  const { exports } = made.instance ?? made;
  // Node has a module of its own.
  if ("draw" in exports) memories.push(exports.memory);
  return made;
});
const { open } = await import("feilun");

let bytes;
let held;

before(async () => {
  bytes = await readFile(new URL("../data/cdnow.arrow", import.meta.url));
  held = await opened();
});
after(() => held?.close());

async function opened() {
  const data = await open(bytes, { utcOffsetMinutes: 0 });
  await data.cohorts();
  await data.rfm();
  await data.flywheel();
  return data;
}

/** Bytes of the one instance. */
function size() {
  assert.equal(memories.length, 1);
  return memories[0].buffer.byteLength;
}

test("200 datasets opened and closed beside one that stays open: memory is flat; a few left open show", async () => {
  const close = async (times) => {
    for (let i = 0; i < times; i++) await (await opened()).close();
  };
  await close(5);
  const settled = size();
  await close(195);
  assert.equal(size(), settled);
  const left = [];
  for (let i = 0; i < 5; i++) left.push(await opened());
  assert.ok(size() > settled + 2_000_000, `${size() - settled} bytes more for 5 open datasets`);
  const open = size();
  await Promise.all(left.map((data) => data.close()));
  await close(5);
  assert.equal(size(), open, "what was closed is used again");
});
