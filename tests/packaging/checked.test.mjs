// The tarball before the judges of packages: publint, strict, and Are the types wrong.
//
// In: the package packed. Out: no finding. The package is ESM alone and says so: what only concerns CommonJS resolution is not asked; the wasm module
// is no module of types.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { ROOT } from "../browser/harness.mjs";
import { FIXTURES, tool } from "./installed.mjs";

test("publint, strict, finds nothing", async () => {
  const { publint } = await tool("publint");
  const { messages } = await publint({ pkgDir: join(ROOT, "pkg"), strict: true });
  assert.deepEqual(messages, []);
});

test("Are the types wrong finds nothing", () => {
  const options = ["--pack", ".", "--profile", "esm-only", "--exclude-entrypoints", "feilun.wasm", "--format", "json"];
  const answer = execFileSync(join(FIXTURES, "node_modules/.bin/attw"), options, { cwd: join(ROOT, "pkg"), encoding: "utf8", maxBuffer: 1 << 26 });
  const { analysis } = JSON.parse(answer);
  assert.equal(Object.keys(analysis.entrypoints).length, 8);
  const asked = analysis.problems.filter(({ resolutionKind }) => !["node10", "node16-cjs"].includes(resolutionKind));
  assert.deepEqual(asked, []);
});
