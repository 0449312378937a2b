// What the dashboard gives away, opened again: CSV by DuckDB, SVG by the browser's own parser, PNG by its header, the definition as JSON.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { DuckDBInstance } from "@duckdb/node-api";
import { cdnowCohorts, openDashboard, openSample } from "./dashboard.mjs";

let dashboard;
let duckdb;

before(async () => {
  dashboard = await openDashboard();
  duckdb = await (await DuckDBInstance.create(":memory:")).connect();
});
after(() => dashboard?.close());

/** Clicks an export button; answers with the path of the file, its name and its bytes. */
async function save(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
  const path = await download.path();
  return { path, name: download.suggestedFilename(), bytes: await readFile(path) };
}

/** The rows of a CSV as a database reads it. */
async function rowsOf(path) {
  return (await duckdb.runAndReadAll(`select * from read_csv('${path}', header = true, all_varchar = true)`)).getRowObjects();
}

test("a cohort table read back from its CSV is the count made from the file", async () => {
  const expected = await cdnowCohorts();
  await dashboard.withPage({ locale: "en" }, "#/cohorts?measure=count", async (page) => {
    await openSample(page, "cdnow");
    const { path, name, bytes } = await save(page, "#panel-cohorts [data-export=csv]");
    assert.match(name, /^feilun-cohorts-\d{4}-\d\d-\d\d\.csv$/);
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const rows = await rowsOf(path);
    const read = new Map(rows.flatMap((row) => Object.entries(row).flatMap(([k, text]) => (/^\d+$/.test(k) && text !== null ? [[`cohort:${row.Cohort}/${k}`, Number(text)]] : []))));
    for (const [key, count] of expected.cohorts) assert.equal(read.get(key), count, key);
  });
});

test("money in a CSV adds up to what is on the page", async () => {
  await dashboard.withPage({}, "#/rfm", async (page) => {
    await openSample(page, "retailer");
    const { path } = await save(page, "section:has(#segments-title) [data-export=csv]");
    const net = (await rowsOf(path)).reduce((sum, row) => sum + Math.round(Number(row["净额"] ?? 0) * 100), 0);
    const shown = await page.textContent("section:has(#segments-title) tfoot td:nth-child(4)");
    assert.equal(Math.round(net / 100), Number(shown.replace(/[^\d.]/g, "")));
  });
});

for (const [name, fragment] of [["cohorts", "#/cohorts"], ["rfm", "#/rfm"], ["flywheel", "#/flywheel"], ["growth", "#/growth"]]) {
  test(`the picture of ${name} stands alone as SVG, is twice as large as PNG, and its definition says how`, async () => {
    await dashboard.withPage({ colorScheme: "dark" }, fragment, async (page) => {
      await openSample(page, "retailer");
      const svg = (await save(page, `#panel-${name} [data-export=svg]`)).bytes.toString("utf8");
      const { root, errors, outside, width, height } = await page.evaluate((svg) => {
        const document = new DOMParser().parseFromString(svg, "image/svg+xml");
        const root = document.documentElement;
        const outside = [...root.querySelectorAll("*")].flatMap((element) => [...element.attributes]).filter(({ name, value }) => /href|src/.test(name) || /url\((?!#)/.test(value) || /^on/.test(name));
        return {
          root: root.namespaceURI, errors: document.querySelectorAll("parsererror").length, outside: outside.map(({ name }) => name),
          width: Number(root.getAttribute("width")), height: Number(root.getAttribute("height")),
        };
      }, svg);
      assert.deepEqual({ root, errors, outside }, { root: "http://www.w3.org/2000/svg", errors: 0, outside: [] });
      const png = (await save(page, `#panel-${name} [data-export=png]`)).bytes;
      assert.equal(png.subarray(1, 4).toString("latin1"), "PNG");
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [2 * width, 2 * height]);
      const definition = JSON.parse((await save(page, `#panel-${name} [data-export=json]`)).bytes.toString("utf8"));
      assert.equal(definition.parameters.metric, name);
      assert.match(await page.textContent(`#panel-${name} .definition`), new RegExp(definition.text.zh.slice(0, 12).replace(/[.*+?^${}()|[\]\\]/g, "\\$&")));
    });
  });
}

test("the report on paper: a cover, every page, tables in full, light, nothing to click, no page wider than A4 landscape", async () => {
  await dashboard.withPage({ colorScheme: "dark", locale: "en" }, "#/rfm", async (page) => {
    await openSample(page, "retailer");
    await page.click("[data-action=report]");
    await page.waitForFunction(() => {
      const report = document.querySelector("feilun-dashboard").shadowRoot.querySelector(".report");
      const charts = [...(report?.querySelectorAll("*") ?? [])].filter((element) => element.localName.startsWith("feilun-"));
      return charts.length >= 4 && charts.every((chart) => chart.drawing && !chart.pending) && !report.querySelector(".skeleton, [aria-busy=true]");
    });
    await page.emulateMedia({ media: "print" });
    const found = await page.evaluate(() => {
      const root = document.querySelector("feilun-dashboard").shadowRoot;
      const shown = (element) => element.checkVisibility();
      const charts = [...root.querySelectorAll(".report *")].filter((element) => element.localName.startsWith("feilun-"));
      return {
        cover: root.querySelector(".report-cover").innerText,
        titles: [...root.querySelectorAll(".report-title")].map((title) => title.textContent),
        buttons: [...root.querySelectorAll("button, select, input"), ...charts.flatMap((chart) => [...chart.shadowRoot.querySelectorAll("button")])].filter(shown).map((button) => button.className),
        twins: charts.every((chart) => shown(chart.shadowRoot.querySelector("svg")) && shown(chart.shadowRoot.querySelector("table"))),
        open: [...root.querySelectorAll(".report details.how")].every(({ open }) => open),
        scheme: root.querySelector(".root").dataset.scheme,
      };
    });
    assert.match(found.cover, /Community retailer[\s\S]*synthetic data[\s\S]*Jul 1, 2024 to Dec 31, 2025[\s\S]*Made on\s+\w+ \d+, \d{4}/);
    assert.deepEqual(found.titles.slice(-6), ["Cohorts", "RFM", "Flywheel", "Growth", "Metrics", "Data"]);
    assert.deepEqual({ ...found, cover: "", titles: [] }, { cover: "", titles: [], buttons: [], twins: true, open: true, scheme: "light" });
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    const sizes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/g)].map(([, width, height]) => [Math.round(width), Math.round(height)]);
    assert.ok(sizes.length >= 6);
    for (const size of sizes) assert.deepEqual(size, [842, 595]);
    await page.emulateMedia({ media: "screen" });
    await page.click("[data-action=close-report]");
    assert.equal(await page.textContent("h1"), "RFM");
  });
});

test("a page printed in dark: light drawings, and a table of many columns in parts as wide as A4 landscape, each column once", async () => {
  // 297 mm without two edges of 12 mm.
  await dashboard.withPage({ colorScheme: "dark", locale: "en", viewport: { width: 1032, height: 700 } }, "#/cohorts?granularity=week", async (page) => {
    await openSample(page, "cdnow");
    const chart = page.locator("feilun-cohorts");
    const shown = () =>
      chart.evaluate((host) => ({
        ground: host.shadowRoot.querySelector(".picture rect").getAttribute("fill"),
        keys: [...host.shadowRoot.querySelectorAll("td[data-key]")].map((cell) => cell.dataset.key),
        excess: Math.max(...[...host.shadowRoot.querySelectorAll("table")].map((table) => table.getBoundingClientRect().width - host.getBoundingClientRect().width)),
        tables: host.shadowRoot.querySelectorAll("table").length,
      }));
    const before = await shown();
    assert.deepEqual([before.ground === "#FFFFFF", before.tables], [false, 1]);
    await page.waitForFunction(() => {
      dispatchEvent(new Event("beforeprint"));
      return document.querySelector("feilun-dashboard").shadowRoot.querySelector("feilun-cohorts").shadowRoot.querySelector(".picture rect").getAttribute("fill") === "#FFFFFF";
    });
    await page.emulateMedia({ media: "print" });
    const printed = await shown();
    assert.ok(printed.tables > 1 && printed.excess <= 0, `${printed.tables} tables, ${printed.excess} px too wide`);
    assert.deepEqual(printed.keys.toSorted(), before.keys.toSorted());
    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: "screen" });
    await page.waitForFunction((ground) => document.querySelector("feilun-dashboard").shadowRoot.querySelector("feilun-cohorts").shadowRoot.querySelector(".picture rect").getAttribute("fill") === ground, before.ground);
    assert.equal((await shown()).tables, 1);
  });
});
