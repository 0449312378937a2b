// The overview in a real browser: its numbers counted once more from the file, its verdicts, and the ways on from it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { tableFromIPC } from "apache-arrow";
import { CDNOW, openDashboard, openSample, settled } from "./dashboard.mjs";

let dashboard;

before(async () => {
  dashboard = await openDashboard();
});
after(() => dashboard?.close());

/** Buyers and cents of each month of CDNOW, counted from the file. */
async function months() {
  const table = tableFromIPC(await readFile(CDNOW));
  const [customers, times, amounts] = ["customer_id", "ordered_at", "amount"].map((name) => table.getChild(name));
  const found = new Map();
  for (let row = 0; row < table.numRows; row++) {
    const month = new Date(Number(times.get(row))).toISOString().slice(0, 7);
    if (!found.has(month)) found.set(month, { buyers: new Set(), cents: 0 });
    const { buyers } = found.get(month);
    if (amounts.get(row) > 0) buyers.add(customers.get(row));
    found.get(month).cents += Math.round(amounts.get(row) * 100);
  }
  return found;
}

const number = (text) => Number(text.replace(/[^\d.]/g, ""));

/** What the table says of a month: `was` is the month before it. */
function accountOf(counted, month, was) {
  const { buyers, cents } = counted.get(month);
  const known = new Set([...counted].filter(([each]) => each < month).flatMap(([, { buyers }]) => [...buyers]));
  const before = counted.get(was).buyers;
  return {
    Net: Math.round(cents / 100), Active: buyers.size,
    New: [...buyers].filter((buyer) => !known.has(buyer)).length,
    Retained: [...buyers].filter((buyer) => before.has(buyer)).length,
    Resurrected: [...buyers].filter((buyer) => known.has(buyer) && !before.has(buyer)).length,
    Churned: [...before].filter((buyer) => !buyers.has(buyer)).length,
  };
}

/** The head of a comparison, and what its columns say of the first six metrics. */
async function compared(page, selector) {
  const head = await page.locator(`${selector} thead th`).allTextContents();
  const rows = await page.locator(`${selector} tbody tr`).evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
  const column = (n) => Object.fromEntries(rows.slice(0, 6).map((cells) => [cells[0], number(cells[n])]));
  return { head: head.slice(1, 3), now: column(1), then: column(2), rows };
}

test("what changed in the last complete month is the count made from the file", async () => {
  const counted = await months();
  const [earlier, before, last] = [...counted.keys()].sort().slice(-3);
  await dashboard.withPage({ locale: "en" }, "", async (page) => {
    await openSample(page, "cdnow");
    assert.equal(await page.textContent("h1"), "Overview");
    await page.waitForSelector("#overview-changes tbody");
    const shown = await compared(page, "#overview-changes");
    assert.deepEqual(shown.head, [last, before]);
    assert.deepEqual(shown.now, accountOf(counted, last, before));
    assert.deepEqual(shown.then, accountOf(counted, before, earlier));
    const [{ Active: now }, { Active: then }] = [shown.now, shown.then];
    assert.equal(number(shown.rows[1][3]), Number(Math.abs((100 * (now - then)) / then).toFixed(1)));
  });
});

test("two months of choice side by side, on every page that has them, in the address and under undo", async () => {
  const counted = await months();
  await dashboard.withPage({ locale: "en" }, "", async (page) => {
    await openSample(page, "cdnow");
    const table = "#overview-changes";
    await page.locator(`${table} select[name=now]`).selectOption({ label: "1998-03" });
    await page.locator(`${table} select[name=then]`).selectOption("year");
    const year = await compared(page, table);
    assert.deepEqual(year.head, ["1998-03", "1997-03"]);
    assert.deepEqual(year.now, accountOf(counted, "1998-03", "1998-02"));
    assert.deepEqual(year.then, accountOf(counted, "1997-03", "1997-02"));
    await page.locator(`${table} select[name=then]`).selectOption({ label: "1997-06" });
    assert.deepEqual((await compared(page, table)).then, accountOf(counted, "1997-06", "1997-05"));
    assert.match(page.url(), /now=1998-03-01&then=1997-06-01/);
    await page.click("nav.pages a[href*=growth]");
    await settled(page);
    assert.deepEqual((await compared(page, "#panel-growth-compared")).head, ["1998-03", "1997-06"]);
    // A month lies in the quarter of its first day.
    await page.click("input[name=growthGranularity][value=quarter]");
    await settled(page);
    assert.deepEqual((await compared(page, "#panel-growth-compared")).head, ["1998-Q1", "1997-Q2"]);
    assert.equal(await page.locator("#panel-growth-compared select[name=now] option:checked").textContent(), "1998-Q1");
    await page.keyboard.press("Control+z");
    await page.waitForSelector("input[name=growthGranularity][value=month]:checked");
    // In the data's first month everybody is new: it is nothing to hold the second against. The flywheel's steps have it.
    await page.selectOption("#panel-growth-compared select[name=then]", "previous");
    await page.locator("#panel-growth-compared select[name=now]").selectOption({ label: "1997-02" });
    assert.deepEqual((await compared(page, "#panel-growth-compared")).head, ["1997-02", "—"]);
    await page.click("nav.pages a[href*=flywheel]");
    await settled(page);
    assert.deepEqual((await compared(page, "#panel-steps-compared")).head, ["1997-02", "1997-01"]);
  });
});

test("the overview of the made retailer: six steps, a bottleneck, every check holds, and a way to each page", async () => {
  await dashboard.withPage({ locale: "en" }, "#/overview", async (page) => {
    await openSample(page, "retailer");
    await page.waitForSelector(".step-cards");
    await settled(page);
    assert.equal(await page.locator(".step").count(), 6);
    assert.equal(await page.locator(".step.is-bottleneck").count(), 1);
    assert.match(await page.textContent("#overview-quality .match"), /All \d+ hold/);
    const bottleneck = await page.textContent(".step.is-bottleneck h3");
    assert.match(await page.textContent("#overview-leaks tr.is-strong th"), new RegExp(bottleneck));
    const ways = await page.locator("[data-to]").evaluateAll((links) => links.map((link) => link.dataset.to));
    for (const [idx, to] of ways.entries()) {
      await page.locator("[data-to]").nth(idx).click();
      assert.match(page.url(), new RegExp(`#/${to}`));
      await settled(page);
      await page.keyboard.press("1");
      await page.waitForSelector("#overview-leaks tbody");
    }
  });
});
