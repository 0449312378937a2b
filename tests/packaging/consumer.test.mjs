// The packed tarball, installed into an empty folder, as an npm consumer has it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "feilun-consumer-"));
const installed = (path) => join(folder, "node_modules/feilun", path);
let packed;

before(() => {
  [packed] = JSON.parse(execFileSync("npm", ["pack", "--json", "--pack-destination", folder], { cwd: join(ROOT, "pkg"), encoding: "utf8" }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", join(folder, packed.filename)], { cwd: folder, stdio: "pipe" });
});
after(() => rmSync(folder, { recursive: true, force: true }));

const run = (script) => execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: folder, encoding: "utf8" }).trim();

test("it holds the built files and no sources, and depends on nothing", () => {
  const paths = packed.files.map((file) => file.path);
  for (const path of ["package.json", "README.md", "LICENSE-MIT", "LICENSE-APACHE", "dist/index.js", "dist/index.d.ts", "dist/elements/index.js", "dist/worker.js", "dist/wasm/feilun_bg.wasm"]) {
    assert.ok(paths.includes(path), path);
  }
  assert.ok(paths.every((path) => /^(package\.json|README\.md|CHANGELOG\.md|sbom\.cdx\.json|LICENSE-\w+|dist\/.+)$/.test(path)), paths.join(" "));
  assert.equal(JSON.parse(readFileSync(installed("package.json"), "utf8")).dependencies, undefined);
});

test("importing loads no wasm and touches no network; opening works", () => {
  const script = `
    globalThis.fetch = () => { throw new Error("fetched"); };
    const instantiate = WebAssembly.instantiate;
    let instantiated = 0;
    WebAssembly.instantiate = (...args) => { instantiated += 1; return instantiate(...args); };
    const { open } = await import("feilun");
    await import("feilun/elements");
    const before = instantiated;
    const { readFileSync } = await import("node:fs");
    const data = await open(readFileSync(${JSON.stringify(join(ROOT, "tests/data/cdnow.arrow"))}));
    console.log(JSON.stringify([before, instantiated > 0, data.summary.orders, data.summary.customers]));`;
  assert.deepEqual(JSON.parse(run(script)), [0, true, 69_659, 23_570]);
});

test("every entry of the exports map resolves to a file", () => {
  const script = `for (const name of ["feilun", "feilun/elements", "feilun/texts", "feilun/inline", "feilun/frame", "feilun/worker", "feilun/script", "feilun/feilun.wasm", "feilun/package.json"]) console.log(import.meta.resolve(name));`;
  for (const url of run(script).split("\n")) assert.ok(readFileSync(fileURLToPath(url)).length > 0, url);
});

test("its types serve a strict TypeScript consumer", () => {
  writeFileSync(
    join(folder, "use.ts"),
    `import { type CohortTable, FeilunError, open } from "feilun";
import { terms } from "feilun/texts";
import type { FeilunCohorts } from "feilun/elements";
export async function table(file: File, element: FeilunCohorts): Promise<CohortTable> {
  const data = await open(file, { timeZone: "Asia/Shanghai", onProgress: ({ msLeft }) => void msLeft });
  const cohorts = await data.cohorts({ granularity: "week", filter: { only: { store_id: ["S01"] } } });
  const value: number | null | undefined = cohorts.rows[0]?.cells[0]?.value;
  // @ts-expect-error: a misspelt option does not compile
  await data.cohorts({ granularty: "week" }).catch((error: unknown) => error instanceof FeilunError && error.code === "config");
  element.result = cohorts;
  element.addEventListener("feilun-select", (event) => void [event.detail.key.length, value, terms["measure.aov"].en]);
  return cohorts;
}
`,
  );
  const options = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--target", "es2022", "--module", "nodenext", "--lib", "es2023,dom,esnext.disposable", "--types", "", "use.ts"];
  execFileSync(join(ROOT, "node_modules/.bin/tsc"), options, { cwd: folder, stdio: "inherit" });
});

/** The blocks of a page in one language, with the number of their first line. */
function blocks(path, language) {
  const text = readFileSync(join(ROOT, path), "utf8");
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map(({ 1: code, index }) => ({ code, line: text.slice(0, index).split("\n").length + 1 }));
}

test("every example of docs/npm.md prints what it says", () => {
  copyFileSync(join(ROOT, "tests/data/cdnow.arrow"), join(folder, "cdnow.arrow"));
  symlinkSync(join(ROOT, "node_modules/apache-arrow"), join(folder, "node_modules/apache-arrow"));
  const examples = blocks("docs/npm.md", "js");
  assert.equal(examples.length, 5);
  for (const { code, line } of examples) {
    const expected = [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, text]) => text);
    assert.ok(expected.length > 0, `docs/npm.md:${line} says nothing of what it prints`);
    assert.deepEqual(run(code).split("\n"), expected, `docs/npm.md:${line}`);
  }
});

test("docs/npm.md names every error code", () => {
  const text = readFileSync(join(ROOT, "docs/npm.md"), "utf8");
  const declared = (path, type) => [...(new RegExp(`type ${type} = ([^;]+);`).exec(readFileSync(join(ROOT, path), "utf8"))?.[1] ?? "").matchAll(/"(\w+)"/g)].map(([, code]) => code);
  const codes = [...declared("pkg/src/generated/types.ts", "ErrorKind"), ...declared("pkg/src/error.ts", "ErrorCode")];
  assert.ok(codes.length > 12);
  assert.deepEqual(codes.filter((code) => !text.includes(`\`${code}\``)), []);
});

test("the programs of the package's README run", () => {
  copyFileSync(join(ROOT, "tests/data/cdnow.arrow"), join(folder, "orders.arrow"));
  const examples = blocks("pkg/README.md", "ts");
  assert.equal(examples.length, 2);
  for (const { code, line } of examples) {
    // CDNOW has no stores; the column is the one thing the reader has to name.
    const program = `import { openAsBlob } from "node:fs";\nconst file = await openAsBlob("orders.arrow");\n${code.replace("门店", "customer_id")}`;
    assert.doesNotThrow(() => run(program), `pkg/README.md:${line}`);
  }
});
