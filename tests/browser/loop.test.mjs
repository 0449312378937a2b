// What lies behind the pages' first pictures, in a real browser: waits, claims and costs, pickups, streams, intervals and segments by group, each as the
// package computes it in Node from the same files.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { tableFromArrays, tableToIPC } from "apache-arrow";
import { open } from "feilun";
import { choose, dropFile, openDashboard, openSample, settled, twin } from "./dashboard.mjs";
import { DASHBOARD } from "./harness.mjs";

const SAMPLES = join(DASHBOARD, "samples");
const TABLES = ["members", "referrals", "touches", "spend", "interactions"];

let dashboard, data;

before(async () => {
  dashboard = await openDashboard();
  const [orders, ...tables] = await Promise.all(["orders", ...TABLES].map((name) => readFile(join(SAMPLES, `${name}.arrow`))));
  data = await open(orders, { utcOffsetMinutes: 480, tables: Object.fromEntries(TABLES.map((name, at) => [name, tables[at]])) });
});
after(() => Promise.all([dashboard?.close(), data?.close()]));

/** Rows of the CSV a panel saves. */
async function csv(page, panel) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`${panel} [data-export=csv]`)]);
  const text = (await readFile(await download.path(), "utf8")).replace("\ufeff", "");
  return text.trim().split(/\r?\n/).map((line) => [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain));
}

const number = (text) => (text === "" || text === undefined ? null : Number(text));

test("waits, claims and costs are drawn, and saved as they are computed", () =>
  dashboard.withPage({ locale: "en" }, "#/flywheel", async (page) => {
    await openSample(page, "retailer");
    const { lags, costs } = await data.flywheel();
    const waits = [...lags.steps, lags.whole];
    const rows = await csv(page, "#panel-lags");
    assert.deepEqual(rows.slice(1).map((row) => [row[1], number(row[3]), number(row[4]), number(row[5])]), waits.map(({ median, p25, p75 }) => [median.id, median.value, p25, p75]));
    assert.equal(Object.keys((await twin(page, "feilun-lags")).cells).length, waits.length);
    const claims = (await csv(page, "#panel-claims")).slice(1);
    assert.equal(claims.length, costs.claims.reduce((sum, { points }) => sum + points.length, 0));
    assert.deepEqual([...new Set(claims.map((row) => row[1]))], ["supported"]);
    const cohorts = (await csv(page, "#panel-costs")).slice(1);
    assert.deepEqual(cohorts.map((row) => [row[0], number(row[4]), number(row[6]), number(row[9])]), costs.cohorts.map(({ period, newBuyers, cacMinor, valuesMinor }) => [period.label, newBuyers, cacMinor === null ? null : cacMinor / 100, valuesMinor[1] === null ? null : valuesMinor[1] / 100]));
    await page.locator("feilun-claims").evaluate((chart) => chart.shadowRoot.querySelector("[part=mark]").click());
    assert.match(await page.textContent("#panel-claims .selection-title"), /Falling cost/);
  }));

test("migration is shown as streams or as a matrix, both of the same numbers", () =>
  dashboard.withPage({ locale: "zh-CN" }, "#/rfm", async (page) => {
    await openSample(page, "retailer");
    const streams = await twin(page, "feilun-migration");
    await choose(page, "migrationForm", "matrix");
    assert.deepEqual((await twin(page, "feilun-migration")).rows, streams.rows);
    const states = await page.locator("feilun-migration").evaluate((chart) => chart.result.states.filter(({ id, nBefore, nAfter }) => id !== "not_yet" && nBefore + nAfter > 0));
    const totals = await page.locator("#panel-migration .data-table tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].slice(1, 3).map((cell) => Number(cell.textContent.replaceAll(",", "")))));
    assert.deepEqual(totals, states.map(({ nBefore, nAfter }) => [nAfter, nBefore]));
  }));

test("segments are compared by group", () =>
  dashboard.withPage({ locale: "en" }, "#/rfm", async (page) => {
    await openSample(page, "retailer");
    await choose(page, "rfmSlice", "channel");
    const { slices } = await data.rfm({ slice: { by: "channel", rule: "home" }, windowDays: 365 });
    const head = await page.locator("#panel-segment-slices thead th").allTextContents();
    const largest = slices.toSorted((a, b) => b.nCustomers - a.nCustomers).slice(0, 8);
    assert.deepEqual(head.slice(2).map((text) => text.replaceAll(",", "")), largest.map(({ label, nCustomers }) => `${label}${nCustomers}`));
    const first = await page.locator("#panel-segment-slices tbody tr").first().locator("td").allTextContents();
    assert.deepEqual(first.slice(1), largest.map(({ segments }) => `${(segments[0].share * 100).toFixed(1)}%`));
  }));

test("the intervals between purchases name the period to look by, and a click takes it", () =>
  dashboard.withPage({ locale: "en" }, "#/cohorts?granularity=week", async (page) => {
    await openSample(page, "retailer");
    const { p50Days, granularity } = await data.purchaseIntervals();
    assert.ok((await page.textContent("#panel-intervals")).includes(`${p50Days} days`));
    await page.click("[data-action=suggested-granularity]");
    await settled(page);
    assert.equal(await page.locator(`input[name=granularity][value=${granularity}]`).isChecked(), true);
    assert.equal(await page.locator("[data-action=suggested-granularity]").count(), 0);
  }));

test("pickups are counted by weekday and hour", async () => {
  const rows = Array.from({ length: 500 }, (_, row) => row);
  const ordered = (row) => new Date(Date.UTC(2025, 2, 1 + (row % 90), row % 24, row % 60));
  const orders = tableFromArrays({
    customer_id: rows.map((row) => `C${row % 40}`),
    ordered_at: rows.map(ordered),
    amount: Float64Array.from(rows, (row) => 10 + row),
    picked_up_at: rows.map((row) => new Date(ordered(row).getTime() + (row % 50) * 3_600_000)),
  });
  const file = tableToIPC(orders, "file");
  const pickups = await open(file, { utcOffsetMinutes: 480 });
  const { pickupHours } = await pickups.privateDomain();
  await pickups.close();
  await dashboard.withPage({ locale: "en" }, "#/dictionary", async (page) => {
    await dropFile(page, file, "pickups.arrow");
    await page.click("button[type=submit]");
    await settled(page);
    const saved = await csv(page, "#panel-pickups");
    assert.deepEqual(saved.slice(1).map((row) => row.slice(1).map(Number)), pickupHours);
  });
});
