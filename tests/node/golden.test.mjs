// Every number of the golden fixture, through the npm API in Node.

import assert from "node:assert/strict";
import { test } from "node:test";
import { tableFromIPC } from "apache-arrow";
import { open } from "feilun";
import { goldenOrders } from "./golden_orders.mjs";

const data = await open(goldenOrders());

const counts = (table) => table.rows.map((row) => row.cells.map((cell) => cell.count));
const values = (table) => table.rows.map((row) => row.cells.map((cell) => cell.value));
const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-12, `${actual} is not ${expected}`);

test("the summary counts orders, customers and money", () => {
  const { orders, customers, netMinor, dataStart, completeUntil, report } = data.summary;
  assert.deepEqual({ orders, customers, netMinor }, { orders: 12, customers: 6, netMinor: 18_600 });
  assert.deepEqual([dataStart, completeUntil], ["2025-01-05", "2025-04-01"]);
  assert.deepEqual([report.rowsRead, report.rowsUsed, report.setAside], [12, 12, []]);
});

test("month cohorts under every criterion", async () => {
  const expected = {
    on: [[3, 2, 2], [2, 1], [1]],
    on_or_after: [[3, 3, 2], [2, 1], [1]],
    on_or_before: [[null, 2, 3], [null, 1], [null]],
    streak: [[3, 2, 1], [2, 1], [1]],
    repeat_by: [[0, 2, 3], [0, 1], [1]],
  };
  for (const [criterion, cells] of Object.entries(expected)) {
    const table = await data.cohorts({ criterion: /** @type {import("feilun").Criterion} */ (criterion) });
    assert.deepEqual(table.rows.map((row) => [row.period.label, row.nCustomers]), [["2025-01", 3], ["2025-02", 2], ["2025-03", 1]]);
    assert.deepEqual(counts(table), cells, criterion);
  }
});

test("net, gross and net revenue retention", async () => {
  const net = await data.cohorts({ measure: "net" });
  assert.deepEqual(values(net), [[6000, 3500, 4500], [1400, 800], [2400]]);
  assert.deepEqual(net.rows.map((row) => row.cells.map((cell) => cell.netMinor)), values(net));
  const [grr, nrr] = [values(await data.cohorts({ measure: "grr" })), values(await data.cohorts({ measure: "nrr" }))];
  near(grr[0][1], 3000 / 6000);
  near(grr[0][2], 3500 / 6000);
  near(nrr[0][1], 3500 / 6000);
  near(nrr[0][2], 4500 / 6000);
});

test("the mean rows, pooled and simple", async () => {
  const { means } = await data.cohorts();
  near(means.pooled[1], 3 / 5);
  near(means.simple[1], (2 / 3 + 1 / 2) / 2);
  assert.equal(means.rowsUsed[1], 2);
});

test("growth accounting in customers and revenue", async () => {
  const { periods, identities } = await data.growth();
  assert.deepEqual(
    periods.map(({ counts: c }) => [c.new, c.retained, c.resurrected, c.churned, c.dormant]),
    [[3, 0, 0, 0, 0], [2, 2, 0, 1, 0], [1, 2, 1, 2, 0]],
  );
  assert.deepEqual(periods.map((period) => period.quickRatio), [null, 2, 1]);
  assert.deepEqual(
    periods.map(({ revenue: r }) => [r.new, r.retained, r.resurrected, r.expansion, r.contraction, r.churned]),
    [[6000, 0, 0, 0, 0, 0], [1400, 3000, 0, 500, 0, 3000], [2400, 1300, 4000, 0, 1000, 2600]],
  );
  assert.ok(identities.length > 0 && identities.every((identity) => identity.failed === 0 && identity.checked > 0));
});

test("RFM values, scores and segments of both presets", async () => {
  const expected = {
    A: [16, 3, 3000, 4, 5, 3, "loyal", "loyal"],
    B: [58, 2, 4000, 1, 3, 4, "at_risk", "at_risk"],
    C: [29, 2, 7000, 3, 3, 5, "loyal", "needs_attention"],
    D: [0, 2, 1600, 5, 3, 2, "active", "potential_loyal"],
    E: [39, 1, 600, 2, 1, 1, "dormant", "hibernating"],
    F: [20, 2, 2400, 3, 3, 3, "needs_attention", "needs_attention"],
  };
  const config = { asOf: "2025-04-01", windowDays: null };
  const grid = await data.rfmCustomers(config, { ids: "plain" });
  const rules = await data.rfmCustomers({ ...config, preset: "rules11" }, { ids: "plain" });
  assert.ok(grid.recencyDays instanceof Int32Array && grid.monetaryMinor instanceof Float64Array && grid.r instanceof Uint8Array);
  const actual = grid.customerId.map((id, i) => [
    id,
    [grid.recencyDays[i], grid.frequency[i], grid.monetaryMinor[i], grid.r[i], grid.f[i], grid.m[i], grid.segments[grid.segment[i]], rules.segments[rules.segment[i]]],
  ]);
  assert.deepEqual(Object.fromEntries(actual), expected);
  const table = await data.rfm(config);
  assert.deepEqual([table.nCustomers, table.netMinor, table.cells.length], [6, 18_600, 25]);
});

test("the list of customers as Arrow, under pseudonyms that a salt repeats", async () => {
  const config = { asOf: "2025-04-01", windowDays: null };
  const salt = new Uint8Array(16).fill(7);
  const [one, other] = [await data.rfmCustomersArrow(config, { salt }), await data.rfmCustomersArrow(config, { salt })];
  assert.deepEqual(one, other);
  const table = tableFromIPC(one);
  const plain = await data.rfmCustomers(config, { ids: "plain" });
  const hidden = await data.rfmCustomers(config, { salt });
  assert.equal(hidden.pseudonyms, true);
  assert.deepEqual([...(table.getChild("customer_id") ?? [])], hidden.customerId);
  assert.ok(hidden.customerId.every((id) => /^[0-9a-f]{32}$/.test(id)) && new Set(hidden.customerId).size === plain.customerId.length);
  const bySegment = (ids, segments) => ids.map((_, at) => segments[at]).sort();
  assert.deepEqual(bySegment(hidden.customerId, [...(table.getChild("segment") ?? [])]), bySegment(plain.customerId, [...plain.segment].map((code) => plain.segments[code])));
  assert.deepEqual(JSON.parse(table.schema.metadata.get("feilun.definition") ?? ""), plain.definition);
});

test("migration between two days adds up, frozen and refit", async () => {
  for (const mode of /** @type {const} */ (["frozen", "refit"])) {
    const found = await data.rfmMigration({ from: "2025-03-01", to: "2025-04-01", mode, rfm: { windowDays: null } });
    assert.equal(found.nCustomers, 6);
    assert.equal(found.links.reduce((sum, link) => sum + link.nCustomers, 0), 6);
    // Only F is not yet there on 1 March.
    assert.equal(found.states.find((state) => state.id === "not_yet")?.nBefore, 1);
    assert.equal(found.netMinor, 500 + 4000 + 800 + 2400);
  }
});

test("concentration of net", async () => {
  const { top, nEntities, netMinor, lorenz } = await data.concentration({ asOf: "2025-04-01", windowDays: null });
  assert.deepEqual([nEntities, netMinor, lorenz.length], [6, 18_600, 7]);
  assert.deepEqual(top.map(({ nEntities, netMinor }) => [nEntities, netMinor]), [[1, 7000], [1, 7000], [2, 11_000]]);
});

test("the loop of the flywheel: steps without a table say which one they need", async () => {
  const { steps, gain } = await data.flywheel();
  assert.deepEqual(steps.map((step) => step.id), ["experience", "pool", "precision", "repeat", "advocacy", "loop"]);
  assert.equal(gain.value, null);
  assert.ok(steps.some((step) => step.headline.status === "needs_table" && step.headline.needs !== null));
});

test("in UTC instead of +08:00, B is active in January only", async () => {
  const utc = await open(goldenOrders(), { utcOffsetMinutes: 0 });
  assert.deepEqual(counts(await utc.cohorts())[0], [3, 1, 2]);
});

test("wall-clock times, a time zone and a stream give the same tables", async () => {
  const table = await data.cohorts();
  for (const [bytes, options] of /** @type {const} */ ([
    [goldenOrders({ instants: false }), {}],
    [goldenOrders({ format: "stream" }), {}],
    [goldenOrders(), { timeZone: "Asia/Shanghai", utcOffsetMinutes: 0 }],
  ])) {
    const other = await open(bytes, options);
    assert.deepEqual((await other.cohorts()).rows, table.rows);
  }
});

test("a result says how it was computed", async () => {
  const { definition } = await data.cohorts({ granularity: "week" });
  assert.equal(definition.parameters.metric, "cohorts");
  assert.equal(definition.parameters.config.granularity, "week");
  assert.equal(definition.completeUntil, "2025-04-01");
  assert.ok(definition.text.zh.length > 0 && definition.text.en.length > 0);
});

test("two calls at once answer as one after the other", async () => {
  const [first, second] = await Promise.all([data.cohorts({ criterion: "streak" }), data.cohorts()]);
  assert.deepEqual(first, await data.cohorts({ criterion: "streak" }));
  assert.deepEqual(second, await data.cohorts());
});
