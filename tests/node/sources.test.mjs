// Where bytes may come from: memory, blobs, several files, and responses that arrive bit by bit.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { open } from "feilun";
import { answersOf, expectedAnswers, mappingOf } from "./variants.mjs";

const read = (name) => readFileSync(new URL(`../data/arrow/${name}`, import.meta.url));
const { families } = JSON.parse(read("expected.json").toString());
const expected = expectedAnswers(families.full);

/** A response whose body comes in pieces; `asked` counts them. */
function arriving(bytes, piece, headers = {}) {
  const asked = { pieces: 0, cancelled: false };
  const body = new ReadableStream(
    {
      async pull(controller) {
        await new Promise(setImmediate);
        const at = asked.pieces * piece;
        if (at >= bytes.length) return controller.close();
        asked.pieces += 1;
        controller.enqueue(Uint8Array.from(bytes.subarray(at, at + piece)));
      },
      cancel() {
        asked.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(body, { headers }), asked };
}

test("a response with an Arrow stream is read as it arrives, with a mapping or without", async () => {
  for (const name of ["base.arrows", "batches.arrows", "lz4.arrows", "dictionary_delta.arrows", "no_end.arrows"]) {
    for (const piece of [1, 7, 1000, 1 << 20]) {
      for (const mapping of [undefined, mappingOf(families.full.mapping)]) {
        const { response } = arriving(read(name), piece, piece === 7 ? { "content-length": String(read(name).length) } : {});
        const data = await open(response, { mapping });
        assert.deepEqual(await answersOf(data), expected, `${name} by ${piece}`);
        await data.close();
      }
    }
  }
});

test("a response with an Arrow file is collected first, and one with something else is refused", async () => {
  const data = await open(arriving(read("zstd.arrow"), 100).response, { mapping: mappingOf(families.full.mapping) });
  assert.deepEqual(await answersOf(data), expected);
  await data.close();
  await assert.rejects(open(arriving(new TextEncoder().encode("<!doctype html><title>502</title>"), 3).response), { code: "not_arrow" });
  await assert.rejects(open(arriving(read("base.arrows").subarray(0, 3000), 50).response), { code: "truncated" });
  await assert.rejects(open(new Response("", { status: 404 })), { code: "source" });
});

test("a cancel lets a response go", async () => {
  const { response, asked } = arriving(read("batches.arrows"), 1);
  const aborter = new AbortController();
  const opening = open(response, { mapping: mappingOf(families.full.mapping), signal: aborter.signal });
  setTimeout(() => aborter.abort(), 20);
  await assert.rejects(opening, { code: "cancelled" });
  assert.ok(asked.pieces < read("batches.arrows").length);
  await new Promise((later) => setTimeout(later, 50));
  assert.ok(asked.cancelled);
});

test("a response that breaks off is an error of the source", async () => {
  let given = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (given++ === 0) controller.enqueue(Uint8Array.from(read("base.arrows").subarray(0, 2000)));
      else controller.error(new Error("the line is dead"));
    },
  });
  await assert.rejects(open(new Response(body)), { code: "source", message: /the line is dead/ });
});

test("several files are one table, whatever brings them", async () => {
  const whole = read("base.arrow");
  const data = await open([new Blob([whole]), arriving(read("reversed.arrow"), 512).response, arriving(read("base.arrows"), 512).response], { mapping: mappingOf(families.full.mapping) });
  const { report } = data.summary;
  assert.deepEqual(report.files.map((file) => file.rowsRead), [40, 40, 40]);
  const aside = report.setAside.reduce((rows, { rows: more }) => rows + more, 0);
  assert.equal(report.rowsRead, report.rowsUsed + aside);
  await data.close();
});
