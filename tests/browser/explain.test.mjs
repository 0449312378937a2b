// "How computed" of single numbers: every button tells a formula, the number that stands beside it, and where it is from.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PAGES, openDashboard, openSample, settled } from "./dashboard.mjs";

let dashboard;

before(async () => {
  dashboard = await openDashboard();
});
after(() => dashboard?.close());

/** Pages whose numbers stand in cards with their formula. */
const WITHOUT = ["dictionary"];

for (const name of PAGES.filter((page) => !WITHOUT.includes(page))) {
  test(`${name}: every number that is asked says its formula and its definition`, () =>
    dashboard.withPage({ locale: "en" }, `#/${name}`, async (page) => {
      await openSample(page, "retailer");
      const buttons = page.locator(".how-button");
      const count = await buttons.count();
      assert.ok(count >= (name === "data" ? 3 : 5), `${count} buttons`);
      for (let idx = 0; idx < count; idx++) {
        await buttons.nth(idx).click();
        const dialog = page.locator("dialog");
        const named = await dialog.locator("h2").textContent();
        assert.equal(await buttons.nth(idx).getAttribute("aria-label"), `How computed: ${named}`);
        assert.match(await dialog.locator("dl.entry-facts").textContent(), /Formula\s*\S/, named);
        if (name !== "data") assert.match(await dialog.textContent(), /Definition\s*\S/, named);
        assert.match(await dialog.textContent(), /sql\/\w+\.sql/, named);
        for (const sql of await dialog.locator(".entry-sql pre").allTextContents()) assert.match(sql, /select/i, named);
        await page.keyboard.press("Escape");
        await dialog.waitFor({ state: "detached" });
        assert.ok(await buttons.nth(idx).evaluate((button) => button.getRootNode().activeElement === button), `${named}: the focus is back`);
      }
    }));
}

test("a segment's explanation adds up to the segment table", () =>
  dashboard.withPage({ locale: "en" }, "#/rfm", async (page) => {
    await openSample(page, "retailer");
    const { segment, n } = await page.locator("feilun-rfm").evaluate(({ result }) => ({ segment: result.segments.find(({ id }) => id === "champions"), n: result.nCustomers }));
    await page.click(".figures .how-button >> nth=2");
    const told = await page.locator("dialog .entry-facts").textContent();
    assert.ok(told.includes(`${segment.nCustomers.toLocaleString("en")} / ${n.toLocaleString("en")} = ${((100 * segment.nCustomers) / n).toFixed(1)}%`), told);
    assert.equal(await page.locator("dialog .explain-value").textContent(), segment.nCustomers.toLocaleString("en"));
    assert.match(await page.locator("dialog").textContent(), /sql\/rfm\.sql/);
    // A click beside it closes it; the keys of the page are the dialog's while it is open.
    await page.keyboard.press("2");
    assert.match(page.url(), /#\/rfm/);
    await page.mouse.click(4, 4);
    await page.locator("dialog").waitFor({ state: "detached" });
    await settled(page);
  }));
