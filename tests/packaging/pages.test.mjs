// The installed package without a bundler: Node by import and by require, a plain script tag from another origin, the sealed page from the disk.
//
// In: the packed tarball, dist/feilun.html. Out: in each the cohorts of CDNOW as counted from the file, nothing asked of elsewhere.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { CDNOW, cdnowCohorts, openSample, twin } from "../browser/dashboard.mjs";
import { ROOT, launch, openPage, serve } from "../browser/harness.mjs";
import { FIXTURES, LEAVE_MATRIX, assertMatrix, install, project, shows, withData } from "./installed.mjs";

let browser;

before(async () => {
  install();
  browser = await launch();
});
after(() => browser?.close());

/** Runs a script in Node and reads the matrix it leaves. */
function matrixFromNode(name, script) {
  const root = project("node", { [name]: `${script}\nconsole.log(JSON.stringify(globalThis.matrix));\n` });
  return JSON.parse(execFileSync(process.execPath, ["--no-warnings", name], { cwd: root, encoding: "utf8" }));
}

const OPEN = `const data = await open(readFileSync(${JSON.stringify(CDNOW)}));\n${LEAVE_MATRIX}`;

for (const entry of ["feilun", "feilun/inline"]) {
  test(`Node, import of \`${entry}\``, async () => {
    await assertMatrix(matrixFromNode("use.mjs", `import { readFileSync } from "node:fs";\nimport { open } from "${entry}";\n${OPEN}`), entry);
  });

  test(`Node, require of \`${entry}\``, async () => {
    const script = `const { readFileSync } = require("node:fs");\nconst { open } = require("${entry}");\n(async () => {\n${OPEN}console.log(JSON.stringify(globalThis.matrix));\n})();`;
    const root = project("node", { "use.cjs": script });
    await assertMatrix(JSON.parse(execFileSync(process.execPath, ["--no-warnings", "use.cjs"], { cwd: root, encoding: "utf8" })), entry);
  });
}

test("a plain script tag from another origin", async () => {
  const cdn = await serve(join(FIXTURES, "node_modules/feilun/dist"), { "access-control-allow-origin": "*" });
  const page = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script src="${cdn.origin}/feilun.script.js"></script>
<script type="module">const data = await feilun.open(await fetch("cdnow.arrow"));\n${LEAVE_MATRIX}</script>`;
  const site = await serve(withData(project("script", { "index.html": page })));
  try {
    const requests = await shows(browser, `${site.origin}/index.html`, "script tag", [cdn.origin]);
    const asked = requests.filter((url) => url.startsWith(cdn.origin)).map((url) => url.slice(cdn.origin.length)).sort();
    assert.deepEqual(asked, ["/feilun.script.js", "/wasm/feilun_bg.wasm", "/worker.js"]);
  } finally {
    await Promise.all([site.close(), cdn.close()]);
  }
});

test("the sealed page opens from the disk, shows its sample, and asks for nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "飞轮 sealed "));
  cpSync(join(ROOT, "dist/feilun.html"), join(folder, "feilun.html"));
  const { page, requests, complaints, close } = await openPage(browser);
  try {
    const address = pathToFileURL(join(folder, "feilun.html")).href;
    await page.goto(`${address}#/cohorts?measure=count`);
    await openSample(page, "cdnow");
    await page.waitForFunction(() => document.querySelector("feilun-dashboard").shadowRoot.querySelector("feilun-cohorts")?.drawing);
    const { cells } = await twin(page, "feilun-cohorts");
    const { cohorts } = await cdnowCohorts();
    const shown = Object.fromEntries([...cohorts.keys()].map((key) => [key, Number(cells[key]?.replaceAll(",", ""))]));
    assert.deepEqual(shown, Object.fromEntries(cohorts));
    assert.deepEqual(complaints, []);
    assert.deepEqual(requests.filter((url) => !/^(blob|data):/.test(url)).map((url) => url.split("#")[0]), [address]);
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
});
