// The sealed page in a sandboxed iframe of another origin's page: the handshake, looks, heights, selections and files over its port, and who is not heard.
//
// In: dist/feilun.html on one origin, the packed `feilun/frame` in a strict page on another. Out: CDNOW's cohorts inside, nothing complained of.

import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { CDNOW, cdnowCohorts, choose, settled } from "../browser/dashboard.mjs";
import { ROOT, launch, openPage, serve } from "../browser/harness.mjs";
import { FIXTURES, install, project } from "./installed.mjs";

let browser;

before(async () => {
  install();
  browser = await launch();
});
after(() => browser?.close());

const HOST = `import { embed } from "./feilun/frame.js";
globalThis.embed = embed;
globalThis.events = [];
const iframe = document.querySelector("iframe");
for (const name of ["feilun-select", "feilun-error"]) iframe.addEventListener(name, ({ detail }) => globalThis.events.push([name, detail.key ?? detail.error.message]));
embed(iframe, { theme: "dark", lang: "en", tokens: { "--feilun-scale-high": "#8a3b12", "color": "red" } }).then((handle) => (globalThis.handle = handle), (error) => (globalThis.refusal = [error.code, error.message]));
`;

/** A host page around a frame; `edit` changes the frame's page. Ends without complaints, and without a request but for the two pages' own files. */
async function framed(run, { edit = (page) => page, connects = true } = {}) {
  const inner = project("framed", { "feilun.html": edit(readFileSync(join(ROOT, "dist/feilun.html"), "utf8")) });
  const frameSite = await serve(inner);
  const page = `<!doctype html><html lang="zh"><meta charset="utf-8"><link rel="icon" href="favicon.svg"><link rel="stylesheet" href="page.css">
<iframe sandbox="allow-scripts" src="${frameSite.origin}/feilun.html"></iframe><script type="module" src="main.js"></script>`;
  const folder = project("framing", { "index.html": page, "main.js": HOST, "page.css": "body { margin: 0 } iframe { width: 1200px; border: 0 }" });
  writeFileSync(join(folder, "favicon.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  cpSync(join(FIXTURES, "node_modules/feilun/dist"), join(folder, "feilun"), { recursive: true });
  const policy = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src ${frameSite.origin}`;
  const site = await serve(folder, { "content-security-policy": policy });
  const opened = await openPage(browser);
  try {
    await opened.page.goto(`${site.origin}/index.html`);
    if (connects) await opened.page.waitForFunction(() => globalThis.handle);
    const frame = opened.page.frames().find((one) => one.url().startsWith(frameSite.origin));
    await run({ page: opened.page, frame, origin: site.origin });
    assert.deepEqual(opened.complaints, []);
    const asked = opened.requests.filter((url) => !/^(blob|data):/.test(url) && !url.startsWith(`${site.origin}/feilun/`));
    assert.deepEqual([...new Set(asked)].sort(), [`${frameSite.origin}/feilun.html`, ...["favicon.svg", "index.html", "main.js", "page.css"].map((name) => `${site.origin}/${name}`)].sort());
  } finally {
    await opened.close();
    await Promise.all([site.close(), frameSite.close()]);
  }
}

/** Opens CDNOW, and waits until its first page is drawn. */
async function openSample(frame) {
  await frame.click("[data-sample=cdnow]");
  await frame.waitForSelector(".page");
  await frame.waitForFunction(() => document.querySelector("feilun-dashboard").shadowRoot.querySelector(".page .skeleton") === null);
}

const dashboard = (frame, read) => frame.locator("feilun-dashboard").evaluate(read);

test("in a sandboxed frame the dashboard takes theme, locale and colours from the host, and is as high as what it shows", () =>
  framed(async ({ page, frame }) => {
    const look = () =>
      dashboard(frame, (element) => [element.theme, element.lang, element.style.cssText, element.page, /[一-龥]{6}/.test(element.shadowRoot.textContent)]);
    assert.deepEqual(await look(), ["dark", "en", "--feilun-scale-high: #8a3b12;", false, false]);
    await page.evaluate(() => globalThis.handle.set({ theme: "light", lang: "zh", tokens: { "--feilun-scale-high": "" } }));
    await frame.waitForFunction(() => document.querySelector("feilun-dashboard").theme === "light");
    assert.deepEqual(await look(), ["light", "zh", "", false, true]);

    const heights = async () => [await page.locator("iframe").evaluate((iframe) => iframe.clientHeight), await dashboard(frame, (element) => element.offsetHeight)];
    const fits = async () => {
      await page.waitForFunction((inner) => document.querySelector("iframe").clientHeight === inner, await dashboard(frame, (element) => element.offsetHeight));
      const [outer, inner] = await heights();
      assert.equal(outer, inner);
      return outer;
    };
    const start = await fits();
    await openSample(frame);
    assert.notEqual(await fits(), start);
  }));

test("CDNOW's cohorts come out right inside, a selection is told to the host", () =>
  framed(async ({ page, frame }) => {
    await openSample(frame);
    await frame.click("[data-page=cohorts]");
    await frame.waitForSelector("[data-page=cohorts][aria-current=page]");
    await settled(frame);
    await choose(frame, "measure", "count");
    const cells = await frame.locator("feilun-cohorts").evaluate((host) =>
      Object.fromEntries([...host.shadowRoot.querySelectorAll("td[data-key]")].map((cell) => [cell.dataset.key, Number(cell.textContent.replaceAll(",", ""))])),
    );
    const { cohorts } = await cdnowCohorts();
    assert.deepEqual(Object.fromEntries([...cohorts.keys()].map((key) => [key, cells[key]])), Object.fromEntries(cohorts));
    const keys = await frame.locator("feilun-cohorts").evaluate((chart) => {
      chart.shadowRoot.querySelector("[part=mark]").click();
      return chart.drawing.marks.map(({ key }) => key);
    });
    await page.waitForFunction(() => globalThis.events.length > 0);
    const [[name, key]] = await page.evaluate(() => globalThis.events);
    assert.ok(name === "feilun-select" && keys.includes(key), `${name}: ${key}`);
  }));

test("files are handed over, the frame proposes their columns, and tells the host what it cannot open", () =>
  framed(async ({ page, frame }) => {
    const base64 = readFileSync(CDNOW).toString("base64");
    await page.evaluate((base64) => globalThis.handle.open([new File([Uint8Array.from(atob(base64), (one) => one.charCodeAt(0))], "handed-over.arrow")]), base64);
    await frame.waitForFunction(() => document.querySelector("feilun-dashboard").shadowRoot.textContent.includes("handed-over.arrow"));
    await page.evaluate(() => globalThis.handle.open([new File(["no table"], "broken.arrow")]));
    await page.waitForFunction(() => globalThis.events.length > 0);
    const [[name, message]] = await page.evaluate(() => globalThis.events);
    assert.equal(name, "feilun-error");
    assert.match(message, /Arrow/);
  }));

test("nobody but the parent is heard, and by the host nobody but the frame", () =>
  framed(async ({ page, frame }) => {
    await page.evaluate(() => {
      const sibling = document.createElement("iframe");
      sibling.sandbox = "allow-scripts";
      sibling.src = document.querySelector("iframe").src;
      document.body.append(sibling);
    });
    const sibling = await page.locator("iframe").nth(1).elementHandle().then((iframe) => iframe.contentFrame());
    await sibling.waitForSelector("[data-sample=cdnow]");
    const connect = (target) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (globalThis.stolen = true);
      target.postMessage({ feilun: 1, type: "connect" }, "*", [port2]);
      port1.postMessage({ feilun: 1, type: "look", look: { theme: "light" } });
      return globalThis.stolen ?? null;
    };
    await sibling.evaluate(`(${connect})(parent.frames[0])`);
    await frame.evaluate(`(${connect})(window)`);
    // The host hears its own window and the sibling, and takes neither for the frame.
    await page.evaluate(() => window.postMessage({ feilun: 2, type: "ready" }, "*"));
    await sibling.evaluate(() => parent.postMessage({ feilun: 2, type: "ready" }, "*"));
    // What is sent after those is answered: those have been heard by then, or never.
    await page.evaluate(() => globalThis.handle.set({ lang: "zh" }));
    await frame.waitForFunction(() => document.querySelector("feilun-dashboard").lang === "zh");
    assert.equal(await dashboard(frame, (element) => element.theme), "dark");
    for (const one of [frame, sibling]) assert.equal(await one.evaluate(() => globalThis.stolen ?? null), null);
    assert.equal(await page.evaluate(() => globalThis.refusal ?? null), null);
  }));

test("a page of another version is refused by name", () =>
  framed(
    async ({ page, frame }) => {
      await frame.evaluate(() => parent.postMessage({ feilun: 2, type: "ready" }, "*"));
      await page.waitForFunction(() => globalThis.refusal);
      assert.deepEqual(await page.evaluate(() => globalThis.refusal), ["environment", "the page in the iframe speaks version `2`, not `1`"]);
    },
    { edit: () => "<!doctype html><title>another version</title>", connects: false },
  ));

test("a page that names its hosts hears no other", () =>
  framed(
    async ({ page, frame }) => {
      await frame.waitForSelector("[data-sample=cdnow]");
      // The frame has drawn, so it has listened and said `ready`; the host's answers were dropped.
      await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
      assert.deepEqual([await page.evaluate(() => globalThis.handle ?? null), await dashboard(frame, (element) => element.theme)], [null, null]);
    },
    { edit: (page) => page.replace('<meta charset="utf-8">', '<meta charset="utf-8"><meta name="feilun-hosts" content="https://portal.example">'), connects: false },
  ));
