// The package's files: TypeScript and the bound wasm → pkg/dist, a few whole modules instead of many small ones.
//
// In: pkg/src with its wasm, the dashboard of web/. Out: pkg/dist, its types, its bill of materials (pkg/sbom.cdx.json), and in dist/ the release notes and
// the sealed page. Every file works as a plain copy: the worker is one script, and what is sought is sought by `new URL("…", import.meta.url)`.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { billOfMaterials } from "./build/bill.mjs";
import { releaseNotes } from "./build/notes.mjs";
import { base85 } from "./build/base85.mjs";
import { sealedPage } from "./build/sealed.mjs";

const PKG = dirname(fileURLToPath(import.meta.url));
const ROOT = join(PKG, "..");
const SRC = join(PKG, "src");
const DIST = join(PKG, "dist");

/** What the code runs on: the browsers with SIMD in WebAssembly. Elements need constructable stylesheets besides. */
const CODE_TARGET = ["chrome91", "firefox89", "safari16.4"];
const ELEMENTS_TARGET = ["chrome99", "firefox101", "safari16.4"];

/** Not a file of the package: it goes into the sealed page. */
const SEALED = "sealed.script.js";

const npx = (name, ...args) => execFileSync(join(ROOT, "node_modules/.bin", name), args, { cwd: ROOT, stdio: "inherit" });

/** One bundle; `outside` are modules left to be imported, as the built file will find them. */
async function bundle(entry, file, { target = CODE_TARGET, format = "es", outside = {}, parts, name, ownAddress = false } = {}) {
  const resolved = new Map(Object.entries(outside).map(([source, as]) => [join(SRC, source), as]));
  const build = await rolldown({
    input: typeof entry === "string" ? join(SRC, entry) : entry,
    platform: "browser",
    transform: { target, ...(ownAddress && { define: { "import.meta.url": "feilunScript" } }) },
    plugins: [
      {
        name: "package",
        resolveId(id, importer) {
          if (id.endsWith("/parts.js")) return parts ? "\0parts" : null;
          // Built from web/ before; it imports the package it lies in.
          if (importer?.endsWith("elements/dashboard.js") && /^\.\.\/(index|texts)\.js$/.test(id)) return resolved.has(join(SRC, "index.ts")) ? { id, external: true } : join(SRC, id.slice(3).replace(/js$/, "ts"));
          if (id === "./dashboard.js") return resolved.has(join(SRC, "elements/dashboard.ts")) ? { id, external: true } : join(DIST, "elements/dashboard.js");
          const path = importer && id.startsWith(".") ? resolve(dirname(importer), id.replace(/\.js$/, ".ts")) : "";
          if (resolved.has(path)) return { id: resolved.get(path), external: true };
          return existsSync(path) ? path : null;
        },
        load: (id) => (id === "\0parts" ? `export const parts = ${JSON.stringify(parts)};` : null),
      },
    ],
  });
  const { output } = await build[file === SEALED ? "generate" : "write"]({
    dir: DIST,
    format,
    name,
    entryFileNames: file,
    chunkFileNames: "shared.js",
    minify: true,
    sourcemap: true,
    // The script's own address is known only while it first runs.
    ...(ownAddress && { intro: "var feilunScript = document.currentScript ? document.currentScript.src : location.href;" }),
    ...(format === "iife" && { codeSplitting: false }),
  });
  await build.close();
  // The minifier's backticks hide an address from bundlers.
  for (const { fileName, code } of output.filter(({ type }) => type === "chunk" && file !== SEALED)) {
    writeFileSync(join(DIST, fileName), code.replace(/new URL\(`([^`$]+)`,/g, 'new URL("$1",'));
  }
  return output[0].code;
}

/** Types: those that can be reached from an entry, next to their modules. */
function declarations() {
  npx("tsc", "--project", "pkg", "--emitDeclarationOnly");
  cpSync(join(SRC, "elements/dashboard.d.ts"), join(DIST, "elements/dashboard.d.ts"));
  cpSync(join(PKG, "build/feilun.script.d.ts"), join(DIST, "feilun.script.d.ts"));
  const kept = new Set();
  const follow = (file) => {
    if (kept.has(file) || !existsSync(file)) return;
    kept.add(file);
    for (const [, from] of readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?"(\.[^"]+)\.js"/g)) follow(resolve(dirname(file), `${from}.d.ts`));
  };
  ["index", "texts", "inline", "frame", "worker", "elements/index", "feilun.script"].forEach((entry) => follow(join(DIST, `${entry}.d.ts`)));
  for (const file of readdirSync(DIST, { recursive: true }).map((name) => join(DIST, name))) {
    if (file.endsWith(".d.ts") && !kept.has(file)) rmSync(file);
  }
}

rmSync(DIST, { recursive: true, force: true });
mkdirSync(join(DIST, "wasm"), { recursive: true });
cpSync(join(SRC, "wasm/feilun_bg.wasm"), join(DIST, "wasm/feilun_bg.wasm"));
declarations();
npx("vite", "build", "--config", "web/vite.config.ts", "--logLevel", "warn");

const shared = { "index.ts": "../index.js" };
await bundle({ index: join(SRC, "index.ts"), core: join(SRC, "core.ts") }, "[name].js");
await bundle("texts.ts", "texts.js");
await bundle("elements/index.ts", "elements/index.js", { target: ELEMENTS_TARGET, outside: { ...shared, "elements/dashboard.ts": "./dashboard.js" } });
const worker = await bundle("worker.ts", "worker.js", { format: "iife" });
const wasm = base85(gzipSync(readFileSync(join(DIST, "wasm/feilun_bg.wasm")), { level: 9 }));
const parts = { worker: worker.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, ""), wasm };
await bundle("inline.ts", "inline.js", { outside: { "index.ts": "./index.js" }, parts });
await bundle("frame.ts", "frame.js", { outside: { "index.ts": "./index.js" } });
await bundle("script.ts", "feilun.script.js", { target: ELEMENTS_TARGET, format: "iife", name: "feilun", ownAddress: true });

for (const file of ["LICENSE-APACHE", "LICENSE-MIT", "CHANGELOG.md"]) cpSync(join(ROOT, file), join(PKG, file));
writeFileSync(join(PKG, "sbom.cdx.json"), billOfMaterials(ROOT));
mkdirSync(join(ROOT, "dist"), { recursive: true });
writeFileSync(join(ROOT, "dist/release-notes.md"), releaseNotes(ROOT));
// The page holds the wasm beside the script.
const sealedParts = { ...parts, wasm: "" };
const script = await bundle("sealed.ts", SEALED, { target: ELEMENTS_TARGET, format: "iife", name: "feilun", ownAddress: true, parts: sealedParts });
writeFileSync(join(ROOT, "dist/feilun.html"), sealedPage(ROOT, script));
console.log(`  dist/feilun.html: ${readFileSync(join(ROOT, "dist/feilun.html")).length} bytes`);
for (const file of readdirSync(DIST, { recursive: true }).filter((name) => /\.(js|wasm)$/.test(name)).sort()) {
  const bytes = readFileSync(join(DIST, file));
  console.log(`  ${relative(ROOT, join(DIST, file))}: ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`);
}
