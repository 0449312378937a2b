// The package in a real Chromium, served as plain files: the worker, cancel, traps, and what reaches the network.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { goldenOrders } from "../node/golden_orders.mjs";
import { manyOrders } from "../node/many_orders.mjs";
import { trappingWasm } from "../node/trapping_wasm.mjs";
import { expectedAnswers, mappingOf } from "../node/variants.mjs";
import { ROOT, launch, openPage, serve } from "./harness.mjs";

const MANY = 3_000_000;

let browser, site, visit;

before(async () => {
  [browser, site] = [await launch(), await serve(ROOT)];
});
after(() => Promise.all([browser.close(), site.close()]));

/** A blank page with the package on `feilun` and bytes under names. */
async function blankPage(files = {}) {
  visit = await openPage(browser);
  for (const [name, bytes] of Object.entries(files)) {
    await visit.context.route(`**/given/${name}`, (route) => route.fulfill({ body: Buffer.from(bytes), contentType: name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream" }));
  }
  await visit.page.goto(`${site.origin}/tests/browser/blank.html`);
  await visit.page.evaluate(async () => {
    globalThis.feilun = await import("/pkg/dist/index.js");
    globalThis.given = async (name) => (await fetch(`/given/${name}`)).blob();
    globalThis.codeOf = (promise) => promise.then(() => "done", (error) => error.code);
  });
  return visit.page;
}

/** Nothing was complained of, and nothing left the page's own origin. */
async function leave() {
  assert.deepEqual(visit.complaints, []);
  assert.deepEqual(visit.requests.filter((url) => !url.startsWith(site.origin)), []);
  await visit.close();
}

test("twenty variants of a table, of every codec and writer, come out right in a worker", async () => {
  const read = (name) => readFileSync(new URL(`../data/arrow/${name}`, import.meta.url));
  const { cases, families } = JSON.parse(read("expected.json").toString());
  // Every sixth: the list goes by writer and encoding.
  const chosen = cases.filter(([, family]) => families[family].orders.length > 0).filter((_, at) => at % 6 === 0).slice(0, 20);
  assert.equal(chosen.length, 20);
  const page = await blankPage(Object.fromEntries(chosen.map(([file]) => [file, read(file)])));
  for (const [file, name] of chosen) {
    const family = families[name];
    const options = { ...family.options, mapping: mappingOf(family.mapping) };
    const answers = await page.evaluate(
      async ({ file, options }) => {
        const { answersOf } = await import("/tests/node/variants.mjs");
        const data = await feilun.open(await given(file), options);
        const answers = await answersOf(data);
        await data.close();
        return answers;
      },
      { file, options },
    );
    assert.deepEqual(answers, expectedAnswers(family), file);
  }
  await leave();
});

test("a response with an Arrow stream is handed to the worker while it arrives", async () => {
  const read = (name) => readFileSync(new URL(`../data/arrow/${name}`, import.meta.url));
  const page = await blankPage({ "lz4.arrows": read("lz4.arrows") });
  const counts = await page.evaluate(async () => {
    const response = await fetch("/given/lz4.arrows");
    const data = await feilun.open(response);
    return [data.summary.report.rowsRead, data.summary.report.rowsUsed, response.bodyUsed];
  });
  assert.deepEqual(counts, [40, 23, true]);
  await leave();
});

test("nothing is fetched before the first call; then a worker reads the real sample", async () => {
  const page = await blankPage();
  assert.ok(!visit.requests.some((url) => url.endsWith(".wasm") || url.endsWith("worker.js")), visit.requests.join(" "));
  const summary = await page.evaluate(async () => {
    const data = await feilun.open(await fetch("/tests/data/cdnow.arrow"));
    const table = await data.cohorts();
    const customers = await data.rfmCustomers({ windowDays: null }, { ids: "plain" });
    await data.close();
    return [data.summary.orders, data.summary.customers, table.nCustomers - customers.customerId.length, customers.r instanceof Uint8Array];
  });
  assert.deepEqual(summary, [69_659, 23_570, 0, true]);
  assert.equal(visit.requests.filter((url) => url.endsWith(".wasm")).length, 1);
  await leave();
});

for (const phase of ["read", "arrange"]) {
  test(`a cancel in phase "${phase}" answers within 200 ms, and the worker is free again`, async () => {
    const page = await blankPage({ "many.arrow": manyOrders(MANY), "golden.arrow": goldenOrders() });
    const { code, cancelMs, nextMs, heard } = await page.evaluate(async (at) => {
      const [many, golden] = [await given("many.arrow"), await given("golden.arrow")];
      await (await feilun.open(golden)).close();
      const controller = new AbortController();
      let [cancelledAt, heard] = [0, 0];
      const opening = feilun.open(many, {
        signal: controller.signal,
        onProgress: ({ phase, rowsRead }) => {
          heard += 1;
          if (phase !== at || rowsRead === 0 || controller.signal.aborted) return;
          cancelledAt = performance.now();
          controller.abort();
        },
      });
      const code = await codeOf(opening);
      const cancelMs = performance.now() - cancelledAt;
      await feilun.inspect(golden);
      return { code, cancelMs, nextMs: performance.now() - cancelledAt, heard };
    }, phase);
    assert.equal(code, "cancelled");
    assert.ok(heard > 0);
    assert.ok(cancelMs < 200, `the call rejected after ${cancelMs} ms`);
    assert.ok(nextMs < 400, `the worker was busy for ${nextMs} ms`);
    await leave();
  });
}

test("three million orders load with progress and an estimate, the page stays responsive", async () => {
  const page = await blankPage({ "many.arrow": manyOrders(MANY) });
  const { progress, orders, longest } = await page.evaluate(async () => {
    const many = await given("many.arrow");
    const progress = [];
    let [longest, last] = [0, performance.now()];
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 10);
    const data = await feilun.open(many, { onProgress: (step) => progress.push(step) });
    clearInterval(watch);
    return { progress, orders: data.summary.orders, longest };
  });
  assert.equal(orders, MANY);
  const rows = progress.map((step) => step.rowsRead);
  assert.deepEqual(rows, [...rows].sort((a, b) => a - b));
  assert.equal(progress.at(-1).phase, "arrange");
  assert.ok(longest < 500, `the page stood still for ${longest} ms`);
  await leave();
});

test("a trap replaces the worker: pending calls reject, datasets are closed, later calls work", async () => {
  const page = await blankPage({ "trapping.wasm": await trappingWasm(), "golden.arrow": goldenOrders() });
  const codes = await page.evaluate(async () => {
    const golden = await given("golden.arrow");
    const data = await feilun.open(golden, { wasm: new URL("/given/trapping.wasm", location.href) });
    const lost = await Promise.all([codeOf(data.flywheel()), codeOf(feilun.open(golden)), codeOf(data.cohorts())]);
    const after = await codeOf(data.cohorts());
    const again = await feilun.open(golden);
    return { lost, after, later: (await again.cohorts()).rows.length };
  });
  assert.equal(codes.lost[0], "trap");
  assert.ok(codes.lost[2] === "trap" || codes.lost[2] === "closed");
  assert.equal(codes.after, "closed");
  assert.equal(codes.later, 3);
  await leave();
});

test("a wasm file that is not there is an error, not a silence", async () => {
  const page = await blankPage({ "golden.arrow": goldenOrders() });
  const code = await page.evaluate(async () => codeOf(feilun.open(await given("golden.arrow"), { wasm: "/nowhere.wasm" })));
  assert.equal(code, "environment");
  await visit.close();
});

test("inline, the same numbers come from the page's own thread", async () => {
  const page = await blankPage({ "golden.arrow": goldenOrders() });
  const equal = await page.evaluate(async () => {
    const golden = await given("golden.arrow");
    const [worker, inline] = [await feilun.open(golden, { thread: "worker" }), await feilun.open(golden, { thread: "inline" })];
    const text = async (data) => JSON.stringify([data.summary, await data.cohorts(), await data.rfm(), await data.growth(), await data.flywheel()]);
    return (await text(worker)) === (await text(inline));
  });
  assert.ok(equal);
  await leave();
});
