// What a release build weighs, file by file, against sizes.json, so that a change of weight shows in review. `UPDATE=1` writes it anew.
//
// In: pkg/dist and dist/feilun.html of a release build. Out: raw, gzip and brotli bytes within 2 % of what is written down, and the sums within their limits.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { ROOT } from "../browser/harness.mjs";

const FILES = ["index.js", "texts.js", "shared.js", "core.js", "worker.js", "inline.js", "frame.js", "feilun.script.js", "elements/index.js", "elements/dashboard.js", "wasm/feilun_bg.wasm"];
const WRITTEN = join(ROOT, "tests/packaging/sizes.json");

test("every file weighs what is written down", () => {
  const weigh = (path) => {
    const bytes = readFileSync(join(ROOT, path));
    return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
  };
  const sizes = Object.fromEntries([...FILES.map((file) => `pkg/dist/${file}`), "dist/feilun.html"].map((path) => [path, weigh(path)]));
  if (process.env.UPDATE) writeFileSync(WRITTEN, `${JSON.stringify(sizes, null, 2)}\n`);
  const written = JSON.parse(readFileSync(WRITTEN, "utf8"));
  assert.deepEqual(Object.keys(sizes), Object.keys(written));
  for (const [path, size] of Object.entries(sizes)) {
    for (const [as, bytes] of Object.entries(size)) {
      assert.ok(Math.abs(bytes / written[path][as] - 1) <= 0.02, `${path}, ${as}: ${bytes} bytes, written down are ${written[path][as]} (a release build? then UPDATE=1)`);
    }
  }
});

/** What one page loads, in bytes over the wire, or as they lie on the disk. */
const LIMITS = [
  { what: "charts: wasm, API, worker, elements", files: ["pkg/dist/wasm/feilun_bg.wasm", "pkg/dist/index.js", "pkg/dist/shared.js", "pkg/dist/worker.js", "pkg/dist/elements/index.js"], as: "gzip", limit: 560_000 },
  { what: "the dashboard besides", files: ["pkg/dist/elements/dashboard.js"], as: "gzip", limit: 90_000 },
  { what: "the sealed page", files: ["dist/feilun.html"], as: "raw", limit: 1_200_000 },
];

for (const { what, files, as, limit } of LIMITS) {
  test(`${what}: at most ${limit / 1000} kB`, () => {
    const written = JSON.parse(readFileSync(WRITTEN, "utf8"));
    const sum = files.reduce((sum, file) => sum + written[file][as], 0);
    assert.ok(sum <= limit, `${sum} bytes`);
  });
}
