// The way of an analyst in Firefox: open a sample, read the cohorts, turn to every page in both languages, pick a mark, take a table along.
//
// In: dist/dashboard, FIREFOX. Out: the counts made from the file, in the page and in its CSV; no console message, no request once the sample is open.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import puppeteer from "puppeteer-core";
import { PAGES, cdnowCohorts, isSettled, twinOf } from "./dashboard.mjs";
import { DASHBOARD, firefoxPath, serve } from "./harness.mjs";

let server;
let browser;
let downloads;

before(async () => {
  downloads = await mkdtemp(join(tmpdir(), "feilun-firefox-"));
  const extraPrefsFirefox = { "browser.download.folderList": 2, "browser.download.dir": downloads, "intl.accept_languages": "zh-CN" };
  server = await serve(DASHBOARD);
  browser = await puppeteer.launch({ browser: "firefox", protocol: "webDriverBiDi", executablePath: firefoxPath(), headless: true, extraPrefsFirefox });
});
after(async () => {
  await Promise.all([browser?.close(), server?.close()]);
  await rm(downloads, { recursive: true, force: true });
});

/** The text of the next file of this name that lies whole in the folder. */
async function downloaded(name) {
  for await (const { filename } of watch(downloads)) {
    const text = name.test(filename) ? await readFile(join(downloads, filename), "utf8").catch(() => "") : "";
    if (text !== "") return text;
  }
}

test("Firefox: CDNOW's cohorts, every page in both languages, a mark, a table, and nothing said or asked", async () => {
  const { cohorts } = await cdnowCohorts();
  const page = await browser.newPage();
  const [complaints, requests] = [[], []];
  page.on("console", (message) => ["error", "warn"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("request", (request) => requests.push(request.url()));
  const inside = (selector) => page.locator(`feilun-dashboard >>> ${selector}`);
  const text = (selector) => page.$eval(`feilun-dashboard >>> ${selector}`, (element) => element.textContent);

  await page.goto(`${server.origin}/#/cohorts?measure=count`);
  await inside("[data-sample=cdnow]").click();
  await page.waitForFunction(isSettled);
  const loaded = requests.length;
  const { cells } = await page.$eval("feilun-dashboard >>> feilun-cohorts", twinOf);
  for (const [key, count] of cohorts) assert.equal(cells[key]?.replaceAll(",", ""), String(count), key);

  await inside("feilun-cohorts >>> .mark[data-key='cohort:1997-01/1']").click();
  await inside(".selection-title").wait();
  assert.match(await text(".selection-title"), /1997-01/);

  const saved = downloaded(/\.csv$/);
  await inside("#panel-cohorts [data-export=csv]").click();
  const january = (await saved).split("\r\n").find((line) => line.startsWith("1997-01")).split(",");
  assert.deepEqual(january.slice(-18).map(Number), Array.from({ length: 18 }, (_, idx) => cohorts.get(`cohort:1997-01/${idx}`)));

  for (const [lang, han] of [["zh-CN", /\p{Script=Han}/u], ["en", /^\P{Script=Han}+$/u]]) {
    await inside(`.switches [lang=${lang}]`).click();
    for (const name of PAGES) {
      await inside(`nav.pages a[href*='/${name}']`).click();
      await inside(`nav.pages a[href*='/${name}'][aria-current]`).wait();
      await page.waitForFunction(isSettled);
      assert.match(await text("h1"), han, `${name} ${lang}`);
      assert.equal(await page.$("feilun-dashboard >>> .panel-error"), null, `${name} ${lang}`);
    }
  }
  assert.deepEqual(complaints, []);
  assert.deepEqual(requests.slice(loaded).filter((url) => !url.startsWith("blob:")), []);
});
