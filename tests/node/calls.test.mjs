// What calls do when something is wrong: typed errors, cancel, close.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FeilunError, draw, inspect, open } from "feilun";
import { terms } from "feilun/texts";
import { goldenOrders } from "./golden_orders.mjs";
import { manyMapping, manyOrders } from "./many_orders.mjs";

/** Expects a FeilunError and returns it. */
async function refused(promise) {
  const error = await promise.then(() => assert.fail("the call went through"), (thrown) => thrown);
  assert.ok(error instanceof FeilunError, `${error}`);
  assert.equal(error.name, "FeilunError");
  return error;
}

/** A value the types would not let through. */
const untyped = (value) => /** @type {any} */ (value);

test("inspect proposes a mapping", async () => {
  const { format, fields, mapping } = await inspect(goldenOrders());
  assert.equal(format, "file");
  assert.deepEqual(fields.map((field) => field.name), ["order_id", "customer_id", "ordered_at", "amount"]);
  assert.deepEqual([mapping.customerId, mapping.orderedAt, mapping.amount, mapping.orderId, mapping.status], ["customer_id", "ordered_at", "amount", "order_id", null]);
});

test("every kind of source gives the same dataset", async () => {
  const bytes = goldenOrders();
  const exact = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const view = new Uint8Array([0, ...bytes]).subarray(1);
  for (const source of [bytes, view, exact, new Blob([exact]), new File([exact], "orders.arrow"), new Response(exact)]) {
    const data = await open(untyped(source));
    assert.equal(data.summary.orders, 12, source.constructor.name);
  }
  assert.equal(exact.byteLength, bytes.byteLength, "the caller's buffer is left alone");
});

test("progress tells phases, bytes and rows", async () => {
  const heard = [];
  const data = await open(new Response(new Blob([goldenOrders()]).stream()), { onProgress: (progress) => heard.push(progress) });
  assert.deepEqual([...new Set(heard.map((progress) => progress.phase))].filter((phase) => phase !== "read"), ["download", "arrange"]);
  const last = heard.at(-1);
  assert.equal(last.rowsRead, data.summary.report.rowsRead);
  assert.ok(last.bytesRead > 0 && (last.bytesTotal === null || last.bytesRead <= last.bytesTotal));
});

test("bytes of another format", async () => {
  assert.equal((await refused(open(new TextEncoder().encode("PAR1 and so on, no Arrow at all")))).code, "not_arrow");
  assert.equal((await refused(open(new Uint8Array(0)))).code === "trap", false);
});

test("a mapped column that is not there names itself", async () => {
  const error = await refused(open(goldenOrders(), { mapping: { customerId: "customer_id", orderedAt: "when", amount: "amount" } }));
  assert.equal(error.code, "missing_column");
  assert.equal(error.column, "when");
});

test("a mapped column of the wrong type names itself", async () => {
  const error = await refused(open(goldenOrders(), { mapping: { customerId: "customer_id", orderedAt: "order_id", amount: "amount" } }));
  assert.equal(error.code, "column_type");
  assert.equal(error.column, "order_id");
});

test("options: unknown fields and wrong types are named, undefined is as good as absent", async () => {
  const data = await open(goldenOrders(), { timeZone: undefined, mapping: undefined });
  const unknown = await refused(data.cohorts(untyped({ granularty: "week" })));
  assert.equal(unknown.code, "config");
  assert.match(unknown.message, /unknown field `granularty`, expected one of `granularity`/);
  const variant = await refused(data.cohorts(untyped({ granularity: "fortnight" })));
  assert.equal(variant.code, "config");
  assert.match(variant.message, /unknown variant `fortnight`, expected one of `day`, `week`/);
  assert.match((await refused(data.rfm(untyped({ windowDays: "90" })))).message, /invalid type: string "90", expected u32/);
  assert.equal((await refused(data.growth(untyped({ weekStart: 2n })))).code, "config");
  assert.equal((await refused(open(goldenOrders(), untyped({ utcOfset: 0 })))).code, "config");
  assert.equal((await refused(open(goldenOrders(), { timeZone: "Mars/Olympus" }))).code, "config");
  assert.equal((await refused(open(untyped("orders.arrow")))).code, "config");
  assert.equal((await data.cohorts(untyped({ granularity: undefined }))).rows.length, 3);
});

test("a response that failed", async () => {
  assert.equal((await refused(open(new Response("no", { status: 404 })))).code, "source");
});

test("an aborted signal cancels every call", async () => {
  const signal = AbortSignal.abort(new Error("changed my mind"));
  const data = await open(goldenOrders());
  const calls = [open(goldenOrders(), { signal }), inspect(goldenOrders(), { signal }), data.cohorts({}, { signal }), data.rfm({}, { signal }), data.rfmCustomers({}, { signal }), data.growth({}, { signal }), data.flywheel({}, { signal })];
  for (const call of calls) {
    const error = await refused(call);
    assert.equal(error.code, "cancelled");
    assert.equal(/** @type {Error} */ (error.cause).message, "changed my mind");
  }
});

test("a cancel under way rejects at once and leaves the engine usable", async () => {
  const controller = new AbortController();
  const opening = open(goldenOrders(), { signal: controller.signal });
  setImmediate(() => controller.abort());
  const outcome = await opening.then((data) => data.close(), (error) => error.code);
  assert.ok(outcome === "cancelled" || outcome === undefined);
  const data = await open(goldenOrders());
  assert.equal(data.summary.customers, 6);
});

test("a cancel is heard while orders are arranged, within 200 ms, even on the calling thread", async () => {
  const file = new Blob([manyOrders()]);
  const outcomes = [];
  for (const at of [0, 1, 3]) {
    const controller = new AbortController();
    const shares = [];
    let asked = 0;
    const onProgress = ({ phase, msLeft }) => {
      if (phase !== "arrange") return;
      shares.push(msLeft);
      if (shares.length !== at + 1) return;
      // Asked for from outside, as a click would be: the engine has to let it in.
      asked = performance.now();
      setTimeout(() => controller.abort(), 0);
    };
    const opening = open(file, { mapping: manyMapping, signal: controller.signal, onProgress });
    const outcome = await opening.then((data) => data.close().then(() => "done"), (error) => error.code);
    if (asked === 0) break;
    assert.ok(performance.now() - asked < 200, `the call ended after ${performance.now() - asked} ms`);
    outcomes.push(outcome);
  }
  // What was nearly done when it was asked for may have been done before it was heard; the first has most of the work before it.
  assert.equal(outcomes[0], "cancelled");
  assert.ok(outcomes.every((outcome) => outcome === "cancelled" || outcome === "done"), outcomes.join());
  await (await open(goldenOrders())).close();
});

test("a closed dataset says so, closing twice is fine, others live on", async () => {
  const [one, two] = [await open(goldenOrders()), await open(goldenOrders())];
  await one.close();
  await one.close();
  assert.equal((await refused(one.cohorts())).code, "closed");
  assert.equal((await refused(one.rfmCustomers())).code, "closed");
  assert.equal((await two.cohorts()).rows.length, 3);
  await two[Symbol.asyncDispose]();
  assert.equal((await refused(two.growth())).code, "closed");
});

test("drawing needs no dataset", async () => {
  const data = await open(goldenOrders());
  const result = await data.cohorts();
  await data.close();
  const drawing = await draw({ chart: "cohort_heatmap", result }, { lang: "en", width: 640 });
  assert.match(drawing.svg, /^<svg/);
  assert.equal(drawing.width, 640);
  assert.ok(drawing.marks.some((mark) => mark.key === "cohort:2025-01/2"));
  assert.ok(drawing.table.rows.length >= 3);
  assert.equal((await refused(draw({ chart: "cohort_heatmap", result }, untyped({ colour: "red" })))).code, "config");
});

test("terms speak both languages", () => {
  assert.deepEqual(terms["segment.champions"], { zh: "核心", en: "Champions" });
});
