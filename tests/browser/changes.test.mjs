// Changes of the view: taken back, made again, put into the address and into JSON, and reached by keys.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { choose, openDashboard, openSample, settled } from "./dashboard.mjs";

let dashboard;

before(async () => {
  dashboard = await openDashboard();
});
after(() => dashboard?.close());

const switches = (page) => page.evaluate(() => location.hash);
const tool = (page, name) => page.locator(`[data-tool=${name}]`);

test("undo and redo walk through every change of view and filter, and leave the language", async () => {
  await dashboard.withPage({}, "#/cohorts", async (page) => {
    await openSample(page, "retailer");
    assert.ok(await tool(page, "undo").isDisabled());
    const seen = [await switches(page)];
    await choose(page, "granularity", "quarter");
    seen.push(await switches(page));
    await choose(page, "chart", "curves");
    seen.push(await switches(page));
    await page.locator("details[data-menu=channel] summary").click();
    await page.locator("details[data-menu=channel] input[type=checkbox]").first().check();
    await page.keyboard.press("Escape");
    await page.waitForSelector(".chip");
    await page.click(".switches [lang=en]");
    await tool(page, "undo").click();
    assert.equal(await page.locator(".chip").count(), 0);
    for (const hash of [seen[1], seen[0]]) {
      await page.keyboard.press("Control+z");
      assert.equal((await switches(page)).replace(/[?&]lang=en/, "").replace(/\/cohorts&/, "/cohorts?"), hash);
    }
    assert.equal(await page.getAttribute("html", "lang"), "en");
    assert.ok(await tool(page, "undo").isDisabled());
    for (let step = 0; step < 3; step++) await page.keyboard.press("Control+Shift+Z");
    await settled(page);
    assert.equal(await page.locator(".chip").count(), 1);
    assert.match(await switches(page), /granularity=quarter.*chart=curves/);
    assert.ok(await tool(page, "redo").isDisabled());
  });
});

test("a view taken as JSON shows the same elsewhere, and holds no label of the data", async () => {
  let json;
  await dashboard.withPage({ locale: "en" }, "#/growth?growthGranularity=week&growthUnit=revenue", async (page) => {
    await openSample(page, "retailer");
    await page.locator("details[data-menu=channel] summary").click();
    await page.locator("details[data-menu=channel] input[type=checkbox]").first().check();
    await page.keyboard.press("Escape");
    const label = await page.textContent(".chip");
    await page.locator("h1").focus();
    await page.keyboard.press("?");
    json = await page.inputValue("textarea[name=view]");
    assert.ok(!json.includes(label.trim().split(/\s+/).at(-1)));
    assert.deepEqual([...new Set(Object.values(JSON.parse(json)).map((value) => typeof value))], ["string"]);
  });
  await dashboard.withPage({ locale: "en" }, "#/cohorts", async (page) => {
    await openSample(page, "retailer");
    await tool(page, "help").click();
    await page.fill("textarea[name=view]", "no view");
    await page.click(".view-json [type=submit]");
    await page.waitForSelector(".toast.is-shown");
    assert.match(await page.textContent(".toast"), /not the JSON of a view/);
    await page.fill("textarea[name=view]", json);
    await page.click(".view-json [type=submit]");
    await settled(page);
    assert.equal(await page.textContent("h1"), "Growth");
    assert.match(await switches(page), /growthGranularity=week&growthUnit=revenue/);
  });
});

test("keys turn pages, are listed under ?, and single ones can be switched off", async () => {
  await dashboard.withPage({ locale: "en" }, "#/cohorts", async (page) => {
    await openSample(page, "cdnow");
    const links = await page.locator("nav.pages .page-link span").allTextContents();
    for (const [idx, name] of links.entries()) {
      await page.keyboard.press(String(idx + 1));
      assert.equal(await page.textContent("h1"), name);
    }
    await settled(page);
    await page.keyboard.press("?");
    assert.ok((await page.locator(".shortcuts > div").count()) >= 6);
    await page.locator("[name=single-keys]").uncheck();
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog", { state: "detached" });
    await page.keyboard.press("1");
    assert.equal(await page.textContent("h1"), links.at(-1));
  });
});
