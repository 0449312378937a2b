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
