// The packed tarball as a dependency of the fixtures, and what every fixture has to find: the cohorts of CDNOW.
//
// In: pkg/dist as built, the locked packages of fixtures/. Out: fixtures/node_modules/feilun unpacked from `npm pack`, the matrix, a page that shows it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { CDNOW, cdnowCohorts } from "../browser/dashboard.mjs";
import { ROOT, openPage, serve } from "../browser/harness.mjs";

export const FIXTURES = join(ROOT, "tests/packaging/fixtures");

/** Packs the package and puts it where the fixtures look for it. */
export function install() {
  if (!existsSync(join(FIXTURES, "node_modules/vite"))) throw new Error("the fixtures' packages are missing: `npm ci` in tests/packaging/fixtures");
  const [{ filename }] = JSON.parse(execFileSync("npm", ["pack", "--json", "--pack-destination", FIXTURES], { cwd: join(ROOT, "pkg"), encoding: "utf8" }));
  const target = join(FIXTURES, "node_modules/feilun");
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-xzf", join(FIXTURES, filename), "-C", target, "--strip-components=1"]);
  rmSync(join(FIXTURES, filename));
}

/** A program of the fixtures' packages. */
export async function tool(name) {
  return import(pathToFileURL(execFileSync(process.execPath, ["-p", `require.resolve(${JSON.stringify(name)})`], { cwd: FIXTURES, encoding: "utf8" }).trim()).href);
}

/** A fresh folder among the fixtures with files in it. */
export function project(name, files) {
  const folder = join(FIXTURES, "dist", name);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Puts the data beside a page. */
export function withData(folder) {
  mkdirSync(folder, { recursive: true });
  cpSync(CDNOW, join(folder, "cdnow.arrow"));
  return folder;
}

/** Holds a matrix, as `rows` of label and counts, against the count of CDNOW by hand. */
export async function assertMatrix(rows, where) {
  const { cohorts } = await cdnowCohorts();
  const found = new Map();
  for (const [label, ...cells] of rows) cells.forEach((count, k) => count > 0 && found.set(`cohort:${label}/${k}`, count));
  assert.deepEqual([...found].sort(), [...cohorts].sort(), where);
}

/** From an opened dataset to the matrix on `globalThis.matrix`. */
export const LEAVE_MATRIX = `const { rows } = await data.cohorts({ measure: "count" });
globalThis.matrix = rows.map((row) => [row.period.label, ...row.cells.map((cell) => cell.value)]);
await data.close();
`;

/** A page's script: opens the data and leaves the matrix. */
export const pageScript = (from) => `import { open } from ${JSON.stringify(from)};
const data = await open(await fetch("cdnow.arrow"));
${LEAVE_MATRIX}`;

/** A page that runs one module. */
export const pageOf = (script) => `<!doctype html>
<meta charset="utf-8"><link rel="icon" href="data:,"><title>feilun</title>
<script type="module" src="${script}"></script>
`;

/** Opens a page and holds its matrix against the count; nothing complained of, nothing asked of other origins than its own and `allowed`. */
export async function shows(browser, url, where, allowed = []) {
  const { page, requests, complaints, close } = await openPage(browser);
  try {
    await page.goto(url);
    await page.waitForFunction(() => globalThis.matrix !== undefined, undefined, { timeout: 30_000 }).catch((error) => {
      throw new Error(`${where}: ${complaints.join("\n") || error.message}\n${requests.join("\n")}`);
    });
    await assertMatrix(await page.evaluate(() => globalThis.matrix), where);
    assert.deepEqual(complaints, [], where);
    const origins = ["blob:", new URL(url).origin, ...allowed];
    assert.deepEqual(requests.filter((request) => !origins.some((origin) => request.startsWith(origin))), [], where);
    return requests;
  } finally {
    await close();
  }
}

/** Serves a built folder and shows its page. */
export async function showsFolder(browser, folder, where, headers = {}) {
  const site = await serve(folder, headers);
  try {
    return await shows(browser, `${site.origin}/index.html`, where);
  } finally {
    await site.close();
  }
}
