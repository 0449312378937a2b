// The bill of materials: every crate in the wasm module and every npm package in the dashboard, as CycloneDX JSON.
//
// In: the lock files, through `cargo tree` and the installed packages. Out: the document; the same lock files give the same bytes, so it carries no time.

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What the dashboard is rendered with; Vite builds it in. */
const BUILT_IN = ["lit", "lit-html", "lit-element", "@lit/reactive-element"];

const licence = (expression) => (expression ? { licenses: [{ expression: expression.replaceAll("/", " OR ") }] } : {});

function crates(root) {
  const query = ["tree", "--package", "feilun", "--target", "wasm32-unknown-unknown", "--edges", "normal", "--prefix", "none", "--no-dedupe", "--format", "{p}|{l}"];
  const lines = execFileSync("cargo", query, { cwd: root, encoding: "utf8" }).trim().split("\n");
  const found = new Map();
  for (const line of lines) {
    const [, name, version, rest, expression] = /^(\S+) v(\S+)([^|]*)\|(.*)$/.exec(line) ?? [];
    // The crate itself is the package described; macros run at build time only.
    if (name && name !== "feilun" && !rest.includes("proc-macro")) found.set(`${name}@${version}`, { type: "library", name, version, purl: `pkg:cargo/${name}@${version}`, ...licence(expression) });
  }
  return [...found.values()];
}

function npmPackages(root) {
  return BUILT_IN.map((name) => {
    const { version, license } = JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8"));
    return { type: "library", name, version, purl: `pkg:npm/${name.replace("@", "%40")}@${version}`, ...licence(license) };
  });
}

/** The document. */
export function billOfMaterials(root) {
  const { name, version, description, license } = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));
  const content = createHash("sha256").update(readFileSync(join(root, "pkg/dist/wasm/feilun_bg.wasm"))).digest("hex");
  const components = [...crates(root), ...npmPackages(root)].sort((a, b) => (a.purl < b.purl ? -1 : 1));
  const component = { type: "library", name, version, description, purl: `pkg:npm/${name}@${version}`, ...licence(license) };
  const wasm = { type: "file", name: "dist/wasm/feilun_bg.wasm", hashes: [{ alg: "SHA-256", content }] };
  return `${JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", version: 1, metadata: { component }, components: [wasm, ...components] }, null, 2)}\n`;
}
