// The dashboard in a real browser: from a dropped file to every page, in both languages, with numbers counted here once more from the file itself.
//
// In: dist/dashboard, CDNOW. Out: numbers equal to an independent count, no console message, no request to elsewhere.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CDNOW, cdnowCohorts, choose, dropFile, openDashboard, openSample, settled, twin } from "./dashboard.mjs";
import { ROOT } from "./harness.mjs";

let dashboard;
const withPage = (...visit) => dashboard.withPage(...visit);

before(async () => {
  dashboard = await openDashboard();
});
after(() => dashboard?.close());

test("a dropped CDNOW file: mapping, cohorts equal to an independent count, languages, weekly", async () => {
  const expected = await cdnowCohorts();
  await withPage({}, "#/cohorts", async (page, requests) => {
    await dropFile(page, CDNOW, "购买.arrow");
    await page.waitForSelector(".mapping");
    assert.equal(await page.inputValue("select[name=customer_id]"), "customer_id");
    assert.equal(await page.inputValue("select[name=ordered_at]"), "ordered_at");
    assert.equal(await page.inputValue("select[name=amount]"), "amount");
    await page.selectOption("select[name=offset]", "0");
    await page.selectOption("select[name=currency]", "US$");
    await page.click("button[type=submit]");
    await settled(page);
    const loaded = requests.length;

    await choose(page, "measure", "count");
    const counts = (await twin(page, "feilun-cohorts")).cells;
    for (const [key, count] of expected.cohorts) assert.equal(counts[key]?.replaceAll(",", ""), String(count), key);
    const later = Object.entries(counts).filter(([key, text]) => /^cohort:.*\/\d+$/.test(key) && !expected.cohorts.has(key) && /[1-9]/.test(text));
    assert.deepEqual(later, [], "cells with people that the file does not have");

    await choose(page, "measure", "rate");
    const rates = (await twin(page, "feilun-cohorts")).cells;
    const january = expected.cohorts.get("cohort:1997-01/1") / expected.cohorts.get("cohort:1997-01/0");
    assert.equal(rates["cohort:1997-01/1"], `${(january * 100).toFixed(1)}%`);
    assert.equal(await page.getAttribute("html", "lang"), "zh-CN");
    assert.match(await page.textContent("h1"), /留存/);

    await page.click("nav.pages a[href*=flywheel]");
    await settled(page);
    assert.match(await page.textContent("#step-precision .step-basis"), /导出 touches 表即可计算/);
    await page.click("nav.pages a[href*=cohorts]");
    await settled(page);

    await page.click(".switches [lang=en]");
    await page.waitForFunction((title) => document.querySelector("feilun-dashboard").shadowRoot.querySelector("feilun-cohorts").drawing?.title === title, "Retention table");
    await settled(page);
    assert.equal(await page.getAttribute("html", "lang"), "en");
    assert.equal(await page.textContent("h1"), "Cohorts");
    assert.doesNotMatch(await page.locator(".main").innerText(), /\p{Script=Han}/u);

    await choose(page, "granularity", "week");
    const weekly = await twin(page, "feilun-cohorts");
    const sizes = weekly.rows.filter(([head]) => /^\d{4}-W\d\d/.test(head)).map(([, size]) => Number(size.replaceAll(",", "")));
    assert.ok(sizes.length > 10);
    assert.equal(sizes.reduce((sum, size) => sum + size, 0), expected.customers);
    assert.match(page.url(), /#\/cohorts\?.*granularity=week/);
    await choose(page, "chart", "curves");
    assert.deepEqual(requests.slice(loaded), [], "requests after the file was opened");
  });
});

test("RFM, flywheel, growth and data of the made retailer", async () => {
  await withPage({}, "#/rfm", async (page) => {
    await openSample(page, "retailer");
    assert.match(await page.textContent(".file"), /示例：合成数据/);
    const number = (text) => Number(text.replaceAll(",", ""));
    const segments = await page.locator("section:has(#segments-title) tbody tr:not(.is-unscored) td:nth-child(2)").allTextContents();
    const total = await page.textContent("section:has(#segments-title) tfoot td:nth-child(2)");
    assert.equal(segments.length, 10);
    assert.equal(segments.map(number).reduce((sum, each) => sum + each, 0), number(total));
    await choose(page, "preset", "rules11");
    assert.equal(await page.locator("section:has(#segments-title) tbody tr:not(.is-unscored)").count(), 11);
    await choose(page, "gridValue", "net");
    // The streams between segments hold everybody known on the later day; the best tenth has more than its share.
    const matrix = await page.locator("feilun-migration").evaluate((chart) => ({ all: chart.result.nCustomers, sum: chart.result.customers.flat().reduce((a, b) => a + b, 0) }));
    assert.equal(matrix.sum, matrix.all);
    assert.equal(await page.locator(".streams li").count(), 6);
    const tops = await page.locator(".top-shares dd").allTextContents();
    assert.ok(tops.length === 4 && parseFloat(tops[2]) > 10 && parseFloat(tops[2]) < parseFloat(tops[3]));
    await page.click(".more summary");
    await choose(page, "monetaryMode", "ntile");
    assert.equal(await page.isDisabled("select[name=migrationMode] option[value=frozen]"), true);
    assert.equal(await page.inputValue("select[name=migrationMode]"), "refit");
    assert.equal(await page.locator(".panel-error").count(), 0);
    await choose(page, "monetaryMode", "midrank");

    await page.click("nav.pages a[href*=flywheel]");
    await settled(page);
    assert.equal(await page.locator(".step").count(), 6);
    assert.match(await page.textContent("#step-experience .step-value"), /^\d+\.\d%$/);
    // The tables beside the orders are there: the counts are those of sql/touched.sql.
    assert.match(await page.textContent("#step-precision .step-basis"), /1,054 \/ 4,524/);

    await page.click("nav.pages a[href*=growth]");
    await settled(page);
    await choose(page, "growthUnit", "revenue");

    await page.click("nav.pages a[href*=data]");
    await settled(page);
    const verdicts = await page.locator("section:has(#checks-title) .match").allTextContents();
    assert.ok(verdicts.length >= 8);
    assert.deepEqual(verdicts.filter((verdict) => verdict.trim() !== "相等"), []);
  });
});

test("the metric dictionary: found in both languages, by column and by id, with values, SQL and what is missing", async () => {
  await withPage({}, "#/dictionary", async (page, requests) => {
    await openSample(page, "retailer");
    const before = requests.length;
    const names = () => page.locator(".entry h3").allTextContents();
    assert.equal((await names()).length, 34);
    for (const [path, text] of await page.locator(".entry-sql").evaluateAll((folds) => folds.map((fold) => [fold.querySelector("summary code").textContent, fold.querySelector("pre").textContent]))) {
      assert.equal(text, await readFile(join(ROOT, path), "utf8"), path);
    }
    const search = page.locator(".dictionary-search input");
    for (const [typed, found] of [["退货", ["退货率"]], ["refunded orders", ["退货率"]], ["refund_order_rate", ["退货率"]], ["coupon_id", ["核销率"]], ["团长 留存", ["团长留存率"]], ["没有这个", []]]) {
      await search.fill(typed);
      await page.waitForFunction((n) => document.querySelector("feilun-dashboard").shadowRoot.querySelectorAll(".entry").length === n, found.length);
      assert.deepEqual(await names(), found, typed);
    }
    await search.fill("pickup");
    await settled(page);
    assert.match(await page.textContent("#entry-pickup_rate .step-value"), /^\d+\.\d%$/);
    assert.match(await page.textContent("#entry-pickup_on_time .step-basis"), /导出 orders.promised_to 列即可计算/);
    await page.locator("input[name=loopGranularity][value=week]").locator("xpath=..").click();
    await page.locator("#entry-pickup_rate .step-basis", { hasText: /2025-W\d\d/ }).waitFor();
    assert.deepEqual(requests.slice(before), [], "requests after the sample was opened");
  });
});

test("a case: its metrics, and questions that open the view which answers them, or say what is missing", async () => {
  await withPage({}, "#/dictionary", async (page) => {
    await openSample(page, "retailer");
    await page.selectOption("select[name=case]", "presale_pickup");
    await page.locator(".case").waitFor();
    assert.match(page.url(), /case=presale_pickup/);
    assert.equal(await page.locator(".entry").count(), 7);
    const questions = page.locator(".case li");
    assert.match(await questions.nth(2).textContent(), /需要 orders\.distance_band/);
    await questions.nth(0).locator("button").click();
    await page.waitForFunction(() => location.hash.startsWith("#/cohorts") && location.hash.includes("slice=fulfilment"));
    await settled(page);
    const { rows } = await twin(page, "feilun-curves");
    assert.ok(rows.length >= 3, "a curve for each fulfilment");
    await page.keyboard.press("Control+z");
    await questions.last().locator("button").click();
    await page.waitForFunction(() => location.hash.startsWith("#/overview"));
    assert.equal(await page.inputValue("select[name=leakBy]"), "store_id");
    assert.match(await page.textContent("#overview-leaks .definition"), /离最好的一成（按门店）最远的一步/);
  });
});

test("cohorts compared by channel: a curve and a row per slice; what cannot be combined is not offered", async () => {
  await withPage({}, "#/cohorts", async (page) => {
    await openSample(page, "retailer");
    assert.deepEqual(await page.locator("select[name=slice] option").allTextContents(), ["不分组", "门店", "渠道", "履约方式", "员工", "品类", "优惠券", "是否预售"]);
    await choose(page, "slice", "channel");
    assert.match(page.url(), /slice=channel/);
    const { rows, cells } = await twin(page, "feilun-curves");
    assert.deepEqual(rows.map(([head]) => head), ["加权平均", "app", "community_group", "mini_program", "pos"]);
    const sizes = rows.map(([, size]) => Number(size.replaceAll(",", "")));
    assert.equal(sizes[0], sizes.slice(1).reduce((sum, size) => sum + size, 0));
    assert.match(cells["slice:app/1"], /^\d+\.\d%$/);
    await choose(page, "chart", "multiples");
    assert.deepEqual((await twin(page, "feilun-curves")).rows, rows);
    const plots = await page.locator("feilun-curves [role=row]").evaluateAll((all) => all.map((row) => row.querySelector(".mark").dataset.key));
    const bySize = [1, 2, 3, 4].toSorted((a, b) => sizes[b] - sizes[a]).map((at) => `slice:${rows[at][0]}/1`);
    assert.deepEqual(plots, bySize);
    await choose(page, "slice", "store_id");
    assert.equal(await page.isChecked("input[name=chart][value=multiples]"), true, "another dimension keeps the chart");
    await choose(page, "slice", "none");
    assert.equal(await page.isChecked("input[name=chart][value=curves]"), true);
    assert.equal(await page.locator("input[name=chart][value=multiples]").count(), 0, "without slices there is one plot");
    await choose(page, "slice", "channel");
    await page.click(".more summary");
    await page.locator("select[name=entity]").waitFor();
    assert.equal(await page.isDisabled("select[name=smooth] option[value='3']"), true);
    await choose(page, "measure", "nrr");
    assert.equal(await page.isDisabled("select[name=smooth] option[value='3']"), false);
    await choose(page, "smooth", "3");
    assert.equal(await page.isDisabled("select[name=measure] option[value=rate]"), true);
    await choose(page, "entity", "store");
    assert.equal(await page.isDisabled("select[name=slice] option[value=store_id]"), true);
    assert.equal(await page.locator(".panel-error").count(), 0);
  });
});

test("filters narrow the orders, show as chips and can be cleared", async () => {
  await withPage({}, "#/cohorts", async (page) => {
    await openSample(page, "retailer");
    const customers = () => page.textContent(".figure:first-child .figure-value");
    const all = await customers();
    const channels = page.locator("details[data-menu=channel]");
    await channels.locator("summary").click();
    await channels.locator("input[type=checkbox]").first().check();
    await page.keyboard.press("Escape");
    const waitFor = (same) =>
      page.waitForFunction(([before, same]) => (document.querySelector("feilun-dashboard").shadowRoot.querySelector(".figure-value").textContent === before) === same, [all, same]);
    await waitFor(false);
    assert.equal(await page.locator(".chip").count(), 1);
    const stores = page.locator("details[data-menu=store_id]");
    await stores.locator("summary").click();
    await stores.locator("input[type=search]").fill("01");
    const found = await stores.locator(".menu-item").allTextContents();
    assert.ok(found.length > 0 && found.every((label) => label.includes("01")));
    await page.keyboard.press("Escape");
    await page.click(".chip");
    await settled(page);
    await waitFor(true);
    assert.equal(await page.locator(".chip").count(), 0);
  });
});

test("a file that is not Arrow is explained, and what was open stays open", async () => {
  await withPage({ locale: "en" }, "#/cohorts", async (page) => {
    await openSample(page, "cdnow");
    await dropFile(page, join(ROOT, "package.json"), "orders.csv");
    await page.waitForSelector(".failed");
    assert.match(await page.textContent(".failed .lead"), /not an Arrow file/);
    await page.click(".failed .button:first-child");
    await settled(page);
    assert.equal(await page.textContent("h1"), "Cohorts");
  });
});

test("keyboard: skip link, arrow keys in the chart, Enter shows the numbers of a cell", async () => {
  await withPage({ locale: "en" }, "#/cohorts", async (page) => {
    await openSample(page, "cdnow");
    const mark = page.locator("feilun-cohorts .mark[tabindex='0']");
    await mark.focus();
    const first = await mark.getAttribute("aria-label");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".selection-title");
    const second = await page.locator("feilun-cohorts .mark[tabindex='0']").getAttribute("aria-label");
    assert.notEqual(first, second);
    assert.ok((await page.locator(".selection dd").count()) > 0);
  });
});
