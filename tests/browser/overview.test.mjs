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

test("what changed in the last complete month is the count made from the file", async () => {
  const counted = await months();
  const [earlier, before, last] = [...counted.keys()].sort().slice(-3);
  const everBefore = (month) => new Set([...counted].filter(([each]) => each < month).flatMap(([, { buyers }]) => [...buyers]));
  const expected = (month, previous) => {
    const { buyers, cents } = counted.get(month);
    const known = everBefore(month);
    const was = counted.get(previous).buyers;
    return {
      Net: Math.round(cents / 100), Active: buyers.size,
      New: [...buyers].filter((buyer) => !known.has(buyer)).length,
      Retained: [...buyers].filter((buyer) => was.has(buyer)).length,
      Resurrected: [...buyers].filter((buyer) => known.has(buyer) && !was.has(buyer)).length,
      Churned: [...was].filter((buyer) => !buyers.has(buyer)).length,
    };
  };
  await dashboard.withPage({ locale: "en" }, "", async (page) => {
    await openSample(page, "cdnow");
    assert.equal(await page.textContent("h1"), "Overview");
    await page.waitForSelector("#overview-changes tbody");
    const head = await page.locator("#overview-changes thead th").allTextContents();
    assert.deepEqual(head.slice(1, 3), [last, before]);
    const rows = await page.locator("#overview-changes tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim())));
    const shown = (column) => Object.fromEntries(rows.slice(0, 6).map((cells) => [cells[0], number(cells[column])]));
    assert.deepEqual(shown(1), expected(last, before));
    assert.deepEqual(shown(2), expected(before, earlier));
    const { Active: now } = expected(last, before);
    const { Active: then } = expected(before, earlier);
    assert.equal(number(rows[1][3]), Number(Math.abs((100 * (now - then)) / then).toFixed(1)));
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
