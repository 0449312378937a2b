// The list behind a segment or a cell: as many as the number said, sorted, drawn only in sight, exported whole, and safe to open in a spreadsheet.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { DuckDBInstance } from "@duckdb/node-api";
import { Float64, Table, TimestampMillisecond, Utf8, tableFromIPC, tableToIPC, vectorFromArray } from "apache-arrow";
import { CDNOW, cdnowMonths, choose, dropFile, openDashboard, openSample, settled } from "./dashboard.mjs";

let dashboard;
let duckdb;

before(async () => {
  dashboard = await openDashboard();
  duckdb = await (await DuckDBInstance.create(":memory:")).connect();
});
after(() => dashboard?.close());

async function save(page, format) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`.members [data-export=${format}]`)]);
  return download.path();
}

async function rowsOf(path) {
  return (await duckdb.runAndReadAll(`select * from read_csv('${path}', header = true, types = {'Net': 'decimal(18, 2)', 'Orders': 'bigint'})`)).getRowObjectsJson();
}

const number = (text) => Number(text.replace(/[^\d.-]/g, ""));
const listed = (page) => page.waitForSelector(".members[aria-busy=false] .members-table");
const texts = (page, column) => page.locator(`.members-table tbody:not(.spacer) tr > :nth-child(${column})`).allTextContents();

test("the list of a segment has its customers and its net, drawn in sight and sorted by any column", async () => {
  await dashboard.withPage({ locale: "en" }, "#/rfm", async (page) => {
    await openSample(page, "retailer");
    const row = page.locator("section:has(#segments-title) tbody tr", { has: page.locator("[data-list=champions]") });
    const [customers, net] = [number(await row.locator("td").nth(0).textContent()), number(await row.locator("td").nth(2).textContent())];
    await row.locator("[data-list=champions]").click();
    await listed(page);
    assert.equal(await page.evaluate(() => document.querySelector("feilun-dashboard").shadowRoot.activeElement.id), "members-title");
    assert.equal(await page.getAttribute(".members-table", "aria-rowcount"), String(customers + 1));
    assert.ok((await page.locator(".members-table tr").count()) < 60);
    const descending = (await texts(page, 4)).map(number);
    assert.deepEqual(descending, descending.toSorted((left, right) => right - left));

    const rows = await rowsOf(await save(page, "csv"));
    assert.equal(rows.length, customers);
    assert.equal(Math.round(rows.reduce((sum, each) => sum + Number(each.Net), 0)), net);
    assert.deepEqual([...new Set(rows.map((each) => each.Segment))], ["Champions"]);
    assert.ok(rows.every((each) => /^[0-9a-f]{32}$/.test(each.Pseudonym)));
    assert.equal(new Set(rows.map((each) => each.Pseudonym)).size, customers);

    await page.click("[data-sort=orders]");
    assert.equal(await page.locator("th[aria-sort=descending]").count(), 1);
    await page.click("[data-sort=orders]");
    const fewest = Math.min(...rows.map((each) => Number(each.Orders)));
    assert.equal(number((await texts(page, 3))[0]), fewest);
    await page.locator(".members-scroll").evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
    await page.waitForSelector(`.members-table tr[aria-rowindex="${customers + 1}"]`);
    const most = Math.max(...rows.map((each) => Number(each.Orders)));
    assert.equal(number((await texts(page, 3)).at(-1)), most);
    const heights = await page.locator(".members-table tbody:not(.spacer) tr").evaluateAll((rows) => [...new Set(rows.map((row) => row.getBoundingClientRect().height))]);
    assert.deepEqual(heights, [32]);
  });
});

test("the list of a cell has its customers; all scored go into Arrow; closing gives the focus back", async () => {
  await dashboard.withPage({ locale: "en" }, "#/rfm", async (page) => {
    await openSample(page, "retailer");
    const cell = page.locator("feilun-rfm td[data-key='rfm:4/2']").first();
    const customers = number(await cell.evaluate((td) => td.closest("tr").cells[2].textContent));
    await page.locator("feilun-rfm .mark[data-key='rfm:4/2']").click();
    await page.click(".selection [data-list='4/2']");
    await listed(page);
    assert.equal(await page.getAttribute(".members-table", "aria-rowcount"), String(customers + 1));
    const scored = number(await page.textContent("section:has(#segments-title) tfoot td:nth-child(2)"));
    const arrow = tableFromIPC(await readFile(await save(page, "arrow")));
    assert.equal(arrow.numRows, scored);
    await page.click(".members [aria-label='Close the list']");
    await page.waitForFunction(() => document.querySelector("feilun-dashboard").shadowRoot.activeElement?.dataset.list === "4/2");
  });
});

test("an id that would be a formula is text in the CSV, a negative amount stays a number", async () => {
  const ids = ["=SUM(A1)", "+1", "-2", "@x", "＝全角", "\ttab", "plain, \"quoted\"", "正常"];
  const orders = ids.flatMap((id, idx) => [[id, idx, 10 + idx], [id, idx + 30, id === "-2" ? -500 : 5]]);
  const table = new Table({
    customer_id: vectorFromArray(orders.map(([id]) => id), new Utf8()),
    ordered_at: vectorFromArray(orders.map(([, day]) => Date.UTC(2025, 0, 1 + day)), new TimestampMillisecond(null)),
    amount: vectorFromArray(orders.map(([, , amount]) => amount), new Float64()),
  });
  await dashboard.withPage({ locale: "en" }, "#/rfm", async (page) => {
    await dropFile(page, tableToIPC(table, "file"), "orders.arrow");
    await page.click("button[type=submit]");
    await settled(page);
    await page.click("[data-list=all]");
    await listed(page);
    await page.check("[name=plain-ids]");
    await page.waitForFunction(() => document.querySelector("feilun-dashboard").shadowRoot.querySelector(".members-table code")?.textContent.length < 20);
    const rows = await rowsOf(await save(page, "csv"));
    const safe = (id) => (/^[=+\-@\t＝]/.test(id) ? `'${id}` : id);
    assert.deepEqual(rows.map((row) => row.Customer).toSorted(), ids.map(safe).toSorted());
    assert.equal(Number(rows.find((row) => row.Customer === "'-2").Net), -488);
  });
});

/** Opens CDNOW, its times as they stand in the file. */
async function openCdnow(page) {
  await dropFile(page, CDNOW, "cdnow.arrow");
  await page.waitForSelector(".mapping");
  await page.selectOption("select[name=offset]", "0");
  await page.click("button[type=submit]");
  await settled(page);
}

/** Lists what is behind a mark, by real ids. */
async function idsBehind(page, chart, key) {
  await page.locator(`${chart} .mark[data-key='${key}']`).press("Enter");
  await page.click(".selection [data-list]");
  await listed(page);
  await page.check("[name=plain-ids]");
  await page.waitForSelector(".members[aria-busy=false] th[scope=col]:has-text('Customer')");
  return idsListed(page);
}

async function idsListed(page) {
  await listed(page);
  return (await rowsOf(await save(page, "csv"))).map((row) => String(row.Customer)).toSorted();
}

test("behind a cohort's cell are those who came back, and those who did not, as counted from the file", async () => {
  const months = await cdnowMonths();
  const cohort = [...months].filter(([, active]) => [...active].toSorted()[0] === "1997-02");
  const ids = (came) => cohort.filter(([, active]) => active.has("1997-05") === came).map(([id]) => String(id)).toSorted();
  await dashboard.withPage({ locale: "en" }, "#/cohorts", async (page) => {
    await openCdnow(page);
    assert.deepEqual(await idsBehind(page, "feilun-cohorts", "cohort:1997-02/3"), ids(true));
    await page.check("[name=members-of][value=absent]");
    assert.deepEqual(await idsListed(page), ids(false));
  });
});

test("behind a bar of growth are its customers, as counted from the file; another granularity closes the list", async () => {
  const months = await cdnowMonths();
  const ids = [...months].filter(([, active]) => active.has("1997-07") && !active.has("1997-08")).map(([id]) => String(id)).toSorted();
  await dashboard.withPage({ locale: "en" }, "#/growth", async (page) => {
    await openCdnow(page);
    assert.deepEqual(await idsBehind(page, "feilun-growth", "growth:1997-08/churned"), ids);
    await choose(page, "growthGranularity", "quarter");
    assert.equal(await page.locator(".members").count(), 0);
  });
});

test("what is picked in one chart is shown in the others that are about the same customers", async () => {
  const shown = (page, chart) => page.locator(`${chart} .mark[aria-selected=true]`).evaluateAll((marks) => marks.map((mark) => mark.dataset.key).toSorted());
  await dashboard.withPage({ locale: "en" }, "#/growth", async (page) => {
    await openCdnow(page);
    await page.locator("feilun-growth .mark[data-key='growth:1997-02/new']").press("Enter");
    assert.deepEqual(await shown(page, "feilun-growth"), ["growth:1997-02/new"]);
    await page.click("nav.pages a[href*='/cohorts']");
    await settled(page);
    assert.deepEqual(await shown(page, "feilun-cohorts"), ["cohort:1997-02/size"]);
    await page.locator("feilun-cohorts .mark[data-key='cohort:1997-02/3']").press("Enter");
    await choose(page, "chart", "curves");
    assert.deepEqual(await shown(page, "feilun-curves"), ["cohort:1997-02/3"]);
    await choose(page, "measure", "count");
    assert.deepEqual(await shown(page, "feilun-curves"), [], "the numbers picked are no longer on screen");

    await page.click("nav.pages a[href*='/rfm']");
    await settled(page);
    const cell = page.locator("feilun-rfm .mark[data-key='rfm:5/5']");
    await cell.press("Enter");
    const grid = await shown(page, "feilun-rfm");
    assert.ok(grid.includes("rfm:5/5") && grid.includes("segment:champions"), grid.join());
    await choose(page, "migrationForm", "matrix");
    await cell.press("Enter");
    assert.ok((await shown(page, "feilun-migration")).includes("flow:champions/champions"));
    assert.equal(await page.locator(".selection:not(.is-hint)").count(), 1, "one panel speaks of it");
  });
});
