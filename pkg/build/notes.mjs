// The release notes: what the changelog says of the newest version, and the fingerprint of the wasm module it ships.
//
// In: CHANGELOG.md, the built module. Out: Markdown.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The notes. */
export function releaseNotes(root) {
  const { version } = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));
  const [, newest = ""] = readFileSync(join(root, "CHANGELOG.md"), "utf8").split(/^## .*$/m);
  const wasm = readFileSync(join(root, "pkg/dist/wasm/feilun_bg.wasm"));
  const sha256 = createHash("sha256").update(wasm).digest("hex");
  return `# feilun ${version}\n\n${newest.trim()}\n\n## Fingerprint\n\n\`dist/wasm/feilun_bg.wasm\`: ${wasm.length} bytes, sha256 \`${sha256}\`.\n`;
}
