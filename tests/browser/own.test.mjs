// What analysts set themselves: limits of scores, segments, days and weights of the loop, and growth by group, each counted once more from the file or the result.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { tableFromIPC } from "apache-arrow";
import { CDNOW, choose, openDashboard, openSample, settled } from "./dashboard.mjs";

let dashboard;

before(async () => {
  dashboard = await openDashboard();
});
after(() => dashboard?.close());

const DAY = 86_400_000;

/** Days since the last purchase on the last day of the file, and purchases, of every customer of CDNOW. */
async function customersOfCdnow() {
  const table = tableFromIPC(await readFile(CDNOW));
  const [ids, times, amounts] = ["customer_id", "ordered_at", "amount"].map((name) => table.getChild(name));
  const [last, orders] = [new Map(), new Map()];
  let until = 0;
  for (let row = 0; row < table.numRows; row++) {
    const day = Math.floor(Number(times.get(row)) / DAY);
    until = Math.max(until, day);
    if (!(amounts.get(row) > 0)) continue;
    last.set(ids.get(row), Math.max(day, last.get(ids.get(row)) ?? 0));
    orders.set(ids.get(row), (orders.get(ids.get(row)) ?? 0) + 1);
  }
  return [...last].map(([id, day]) => ({ days: until - day, orders: orders.get(id) }));
}

async function type(page, name, value) {
  await page.fill(`input[name=${name}]`, String(value));
  await page.locator(`input[name=${name}]`).blur();
  await settled(page);
}

const resultOf = (page, element) => page.locator(element).evaluate(({ result }) => result);

test("limits and segments of one's own have the customers counted from the file, in the address and under undo", async () => {
  const customers = await customersOfCdnow();
  await dashboard.withPage({ locale: "en" }, "#/rfm?rfmWindow=all&recencyMode=fixed&frequencyMode=fixed", async (page) => {
    await openSample(page, "cdnow");
    await page.click(".more summary");
    const groups = async () => (await resultOf(page, "feilun-rfm")).recency.groups.map(({ nCustomers }) => nCustomers);
    const within = (limits) => [5, 4, 3, 2, 1].map((score) => customers.filter(({ days }) => 1 + limits.filter((limit) => days <= limit).length === score).length).reverse();
    assert.deepEqual(await groups(), within([180, 90, 60, 30]));
    await type(page, "recencyLimits-0", 365);
    assert.deepEqual(await groups(), within([365, 90, 60, 30]));
    assert.match(page.url(), /recencyLimits=365%2C90%2C60%2C30/);
    // Limits that do not fall are not taken.
    await type(page, "recencyLimits-3", 70);
    assert.ok(await page.locator("input[name=recencyLimits-3]").evaluate((field) => field.validationMessage.includes("fall")));
    assert.deepEqual(await groups(), within([365, 90, 60, 30]));
    await type(page, "recencyLimits-3", 30);
    // Money is typed in whole units or with decimals.
    await choose(page, "monetaryMode", "fixed");
    await type(page, "monetaryThresholds-0", 99.95);
    assert.match(page.url(), /monetaryThresholds=9995%2C30000/);
    await type(page, "monetaryThresholds-1", 250);
    assert.match(page.url(), /monetaryThresholds=9995%2C25000/);

    await choose(page, "preset", "custom");
    const segments = async () => Object.fromEntries((await resultOf(page, "feilun-rfm")).segments.filter(({ scored }) => scored).map(({ id, nCustomers }) => [id, nCustomers]));
    const leaving = customers.filter(({ days, orders }) => days > 90 && orders >= 3).length;
    const recent = customers.filter(({ days, orders }) => days <= 60 && orders === 1).length;
    const first = await segments();
    assert.deepEqual(Object.keys(first), ["Best", "About to leave", "New", "The rest"]);
    assert.equal(first["About to leave"], leaving);
    assert.equal(first.New, recent);
    assert.equal(Object.values(first).reduce((sum, n) => sum + n, 0), customers.length);

    // Another name, another range, another order, one more, one less.
    const editor = page.locator(".own-segments");
    await editor.getByLabel("Name of segment 3").fill("<b>__proto__</b>");
    await editor.getByLabel("Name of segment 3").blur();
    await editor.getByLabel("Greatest F of segment 3").selectOption("2");
    await settled(page);
    assert.equal((await segments())["<b>__proto__</b>"], customers.filter(({ days, orders }) => days <= 60 && orders < 3).length);
    await editor.getByRole("button", { name: "Add a segment" }).click();
    await settled(page);
    assert.equal((await segments())["The rest"], 0);
    await editor.getByRole("button", { name: "Move Segment 4 up" }).click();
    await settled(page);
    assert.equal((await segments())["<b>__proto__</b>"], 0);
    await page.keyboard.press("Control+z");
    await settled(page);
    await editor.getByRole("button", { name: "Remove Segment 4" }).click();
    await settled(page);
    assert.deepEqual(Object.keys(await segments()), ["Best", "About to leave", "<b>__proto__</b>", "The rest"]);

    // A name the engine keeps for itself is refused where it is typed.
    await editor.getByLabel("Name of the rest").fill("other");
    await editor.getByLabel("Name of the rest").blur();
    assert.ok("The rest" in (await segments()));

    const shown = await segments();
    const link = page.url();
    await page.goto("about:blank");
    await page.goto(link);
    await openSample(page, "cdnow");
    assert.deepEqual(await segments(), shown);
    // A link that names segments without saying them, or says nonsense, shows the grid.
    await page.goto(link.replace(/segments=[^&]*/, "segments=%5B1%5D"));
    await settled(page);
    assert.equal((await resultOf(page, "feilun-rfm")).segments.length, 12);
    assert.equal(await page.inputValue("select[name=preset]"), "grid");
  });
});

test("days and weights of the loop are what is computed", () =>
  dashboard.withPage({ locale: "en" }, "#/flywheel", async (page) => {
    await openSample(page, "retailer");
    await page.click(".more summary");
    const before = await resultOf(page, "feilun-flywheel");
    await type(page, "horizons-4", 10);
    const shorter = await resultOf(page, "feilun-flywheel");
    assert.deepEqual(shorter.definition.parameters.config.horizons, { h12: 30, h23: 30, h34: 60, h45: 90, h56: 10 });
    const brought = ({ steps }) => steps.at(-1).headline.value;
    assert.ok(brought(shorter) < brought(before), "fewer new buyers within 10 days than within 30");
    for (let step = 0; step < 5; step++) await type(page, `stepWeights-${step}`, 0);
    const alone = await resultOf(page, "feilun-flywheel");
    // With one step weighed the index is that step's.
    assert.equal(alone.momentum.index.value, alone.momentum.steps.at(-1).index.value);
    assert.match(await page.textContent(".figures"), new RegExp(alone.momentum.index.value.toFixed(2)));
    await type(page, "stepWeights-5", 0);
    assert.deepEqual((await resultOf(page, "feilun-flywheel")).momentum, alone.momentum, "weights of 0 alone are not taken");
  }));

test("growth by group: the groups are drawn from the same orders and add up to the whole", () =>
  dashboard.withPage({ locale: "en" }, "#/growth?growthSlice=store_id", async (page) => {
    await openSample(page, "retailer");
    const { periods, slices, identities } = await resultOf(page, "feilun-growth");
    const last = periods.findLastIndex(({ period }) => period.complete);
    assert.ok(identities.some(({ id, failed }) => id === "I16" && failed === 0));
    const rows = await page.locator("#panel-growth-slices tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
    assert.equal(rows[0][0], "All");
    assert.equal(Number(rows[0][1].replaceAll(",", "")), periods[last].counts.active);
    assert.equal(slices.reduce((sum, { periods }) => sum + periods[last].counts.active, 0), periods[last].counts.active);
    const largest = slices.toSorted((a, b) => b.periods[last].counts.active - a.periods[last].counts.active)[0];
    assert.equal(rows[1][0], largest.label);
    assert.deepEqual(rows[1].slice(1, 5).map((text) => Number(text.replaceAll(",", ""))), ["active", "new", "resurrected", "churned"].map((id) => largest.periods[last].counts[id]));
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("#panel-growth-slices .exports button")]);
    const csv = (await readFile(await download.path(), "utf8")).trim().split(/\r?\n/);
    assert.equal(csv.length, 1 + (1 + slices.length) * periods.length);
    // Stores that are followed cannot be split by store.
    await page.click(".more summary");
    assert.ok(await page.locator("select[name=growthEntity] option[value=store]").evaluate((option) => option.disabled));
    await choose(page, "growthSlice", "none");
    assert.equal(await page.locator("#panel-growth-slices").count(), 0);
  }));
