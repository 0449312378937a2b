// The installed package in pages that do not trust it or are not kind to it: strict policies, two copies, hostile names, many openings.
//
// In: the packed tarball under a host page. Out: the same cohorts, nothing complained of, nothing run that a name would have run, memory that stays.

import assert from "node:assert/strict";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Table, TimestampMillisecond, Utf8, tableToIPC, vectorFromArray } from "apache-arrow";
import { launch, openPage, serve } from "../browser/harness.mjs";
import { FIXTURES, LEAVE_MATRIX, install, project, showsFolder, withData } from "./installed.mjs";

let browser;

before(async () => {
  install();
  browser = await launch();
});
after(() => browser?.close());

/** A folder with the package in `feilun/`, the data, and a page that runs a module. */
function host(name, script, page = "") {
  const folder = withData(project(name, { "main.js": script, "index.html": `<!doctype html><meta charset="utf-8"><link rel="icon" href="favicon.svg"><script type="module" src="main.js"></script>${page}` }));
  writeFileSync(join(folder, "favicon.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  cpSync(join(FIXTURES, "node_modules/feilun/dist"), join(folder, "feilun"), { recursive: true });
  return folder;
}

const OPEN = `const data = await open(await fetch("cdnow.arrow"));\n`;
const DRAWN = `const drawn = (element) => new Promise((done, failed) => {
  element.addEventListener("feilun-draw", () => done(element), { once: true });
  element.addEventListener("feilun-error", (event) => failed(event.detail.error), { once: true });
});\n`;

const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self'";

for (const [name, policy] of [
  ["a strict content security policy", STRICT],
  ["trusted types", `${STRICT}; require-trusted-types-for 'script'; trusted-types feilun feilun-elements lit-html`],
]) {
  test(`under ${name} data opens and every chart draws`, async () => {
    const script = `import { open } from "./feilun/index.js";
import "./feilun/elements/index.js";
${DRAWN}${OPEN}const results = { "feilun-cohorts": await data.cohorts(), "feilun-rfm": await data.rfm(), "feilun-growth": await data.growth(), "feilun-flywheel": await data.flywheel() };
for (const [name, result] of Object.entries(results)) {
  const element = document.createElement(name);
  const shown = drawn(element);
  element.result = result;
  document.body.append(element);
  if (!(await shown).shadowRoot.querySelector("svg")) throw new Error(name);
}
${LEAVE_MATRIX}`;
    const requests = await showsFolder(browser, host("policy", script, "<body></body>"), name, { "content-security-policy": policy });
    assert.deepEqual(requests.map((url) => new URL(url).pathname).filter((path) => !path.startsWith("/feilun/")).sort(), ["/cdnow.arrow", "/favicon.svg", "/index.html", "/main.js"]);
  });
}

test("two copies of the package live on one page: the first registers the elements, both answer", async () => {
  const script = `import { open } from "./feilun/index.js";
import "./feilun/elements/index.js";
const first = customElements.get("feilun-cohorts");
const other = await import("./other/index.js");
await import("./other/elements/index.js");
if (customElements.get("feilun-cohorts") !== first) throw new Error("registered twice");
if (other.open === open) throw new Error("one copy only");
${DRAWN}${OPEN}const second = await other.open(await fetch("cdnow.arrow"));
const element = document.createElement("feilun-cohorts");
const shown = drawn(element);
element.result = await second.cohorts();
document.body.append(element);
await shown;
await second.close();
${LEAVE_MATRIX}`;
  const folder = host("versions", script, "<body></body>");
  cpSync(join(folder, "feilun"), join(folder, "other"), { recursive: true });
  await showsFolder(browser, folder, "two copies");
});

/** Names that would do harm where a name is taken for a key or for markup. */
const HOSTILE = ["__proto__", "constructor", "<img src=x onerror=globalThis.harmed=1>", "</style><script>globalThis.harmed=1</script>", "'\"`&lt;\\u0000"];

test("hostile names of columns, stores and customers are names", async () => {
  const count = 200;
  const texts = (of) => vectorFromArray(Array.from({ length: count }, (_, row) => of(row)), new Utf8());
  const times = Array.from({ length: count }, (_, row) => new Date(Date.UTC(2025, row % 6, 11 + (row % 9), 10)));
  const table = new Table({
    customer_id: texts((row) => `${HOSTILE[row % 5]}${row % 40}`),
    ordered_at: vectorFromArray(times, new TimestampMillisecond()),
    amount: vectorFromArray(Int32Array.from({ length: count }, (_, row) => 100 + row)),
    [HOSTILE[2]]: texts((row) => HOSTILE[row % 5]),
  });
  const script = `import { inspect, open } from "./feilun/index.js";
import "./feilun/elements/index.js";
${DRAWN}const blob = await (await fetch("hostile.arrow")).blob();
const { mapping, fields } = await inspect(blob);
const data = await open(blob, { mapping: { ...mapping, storeId: ${JSON.stringify(HOSTILE[2])} } });
const found = { fields: fields.map(({ name }) => name), filtered: [] };
for (const store of ${JSON.stringify(HOSTILE)}) {
  const growth = await data.growth({ filter: { only: { store_id: [store] } } });
  found.filtered.push(JSON.stringify(growth.definition).includes(JSON.stringify(store).slice(1, -1)));
  const element = document.createElement("feilun-growth");
  const shown = drawn(element);
  element.heading = store;
  element.result = growth;
  document.body.append(element);
  await shown;
}
found.images = [...document.querySelectorAll("feilun-growth")].map((element) => element.shadowRoot.querySelectorAll("img, script").length);
found.proto = Object.keys(Object.prototype).length + Object.keys({}.__proto__).length;
found.harmed = globalThis.harmed ?? null;
globalThis.found = found;`;
  const folder = host("hostile", script, "<body></body>");
  writeFileSync(join(folder, "hostile.arrow"), tableToIPC(table, "file"));
  const site = await serve(folder);
  const { page, complaints, close } = await openPage(browser);
  try {
    await page.goto(`${site.origin}/index.html`);
    await page.waitForFunction(() => globalThis.found, undefined, { timeout: 20_000 }).catch((error) => assert.fail(complaints.join("\n") || error.message));
    const found = await page.evaluate(() => globalThis.found);
    assert.ok(found.fields.includes(HOSTILE[2]), found.fields.join(" "));
    assert.deepEqual([found.filtered, found.images, found.proto, found.harmed], [HOSTILE.map(() => true), HOSTILE.map(() => 0), 0, null]);
    assert.deepEqual(complaints, []);
  } finally {
    await close();
    await site.close();
  }
});

test("memory is flat over 200 openings and closings", async () => {
  const script = `import { open } from "./feilun/index.js";
const blob = await (await fetch("cdnow.arrow")).blob();
globalThis.round = async (times) => {
  for (let i = 0; i < times; i++) {
    const data = await open(blob);
    await data.cohorts();
    await data.close();
  }
  return true;
};`;
  const site = await serve(host("memory", script));
  const { page, context, complaints, close } = await openPage(browser);
  try {
    await page.goto(`${site.origin}/index.html`);
    await page.waitForFunction(() => globalThis.round);
    const session = await context.newCDPSession(page);
    const heap = async () => {
      await session.send("HeapProfiler.collectGarbage");
      return (await session.send("Runtime.getHeapUsage")).usedSize;
    };
    await page.evaluate(() => globalThis.round(20));
    const settled = await heap();
    await page.evaluate(() => globalThis.round(180));
    const grown = (await heap()) - settled;
    assert.ok(grown < 200_000, `${grown} bytes more after 180 further rounds`);
    assert.equal(page.workers().length, 0);
    assert.deepEqual(complaints, []);
  } finally {
    await close();
    await site.close();
  }
});
