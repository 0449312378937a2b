// The public API as declared against pkg/api.md, so that a change of it shows in review. `UPDATE=1` writes it anew.
//
// In: the declarations of pkg/dist. Out: every name an entry exports, with its signature, without comments and private members.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const REPORT = join(ROOT, "pkg/api.md");
const ENTRIES = { feilun: "index", "feilun/texts": "texts", "feilun/elements": "elements/index", "feilun/inline": "inline", "feilun/frame": "frame" };

/** A constant longer than this is data, not API: each of its keys has the same shape. */
const LONG = 2_000;

/** The declarations of a file by name, comments and private members left out. */
function declarations(file) {
  const text = readFileSync(file, "utf8").replace(/\/\*[^]*?\*\//g, "").replace(/^\s*(#private|private .*);\n/gm, "").replace(/^\s*\n/gm, "").replace(/[ \t]+$/gm, "");
  const statements = text.split(/^(?=export |declare |import |interface |type )/m).map((statement) => statement.trim());
  const found = new Map();
  for (const statement of statements) {
    const name = /^export (?:declare )?(?:abstract )?(?:class|interface|type|function|const) (\w+)/.exec(statement)?.[1];
    if (name !== undefined) found.set(name, statement);
  }
  return found;
}

/** What an entry exports, by name. */
function exported(file) {
  const found = declarations(file);
  for (const [, all, names, from] of readFileSync(file, "utf8").matchAll(/^export (?:type )?(?:(\*)|\{([^}]+)\}) from "(.+)\.js";/gm)) {
    const theirs = exported(join(dirname(file), `${from}.d.ts`));
    const kept = all ? [...theirs.keys()] : names.split(",").map((name) => name.trim().replace(/^type /, ""));
    for (const name of kept) {
      assert.ok(theirs.has(name), `${name} of ${from}`);
      found.set(name, theirs.get(name));
    }
  }
  return found;
}

const shown = (text) => (text.length > LONG && /^export declare const/.test(text) ? `${text.slice(0, text.indexOf("{"))}{ … };` : text);

test("the API is as reported, and nothing in it is `any`", () => {
  const seen = new Set();
  const sections = Object.entries(ENTRIES).flatMap(([name, entry]) => {
    const fresh = [...exported(join(ROOT, `pkg/dist/${entry}.d.ts`)).values()].filter((text) => !seen.has(text)).sort();
    fresh.forEach((text) => seen.add(text));
    return fresh.length > 0 ? [`## ${name}\n\n\`\`\`ts\n${fresh.map(shown).join("\n\n")}\n\`\`\`\n`] : [];
  });
  const now = `# The API of \`feilun\`\n\nWritten by \`tests/node/api.test.mjs\` from the declarations, which say what each name means. \`feilun/inline\` and the script have what \`feilun\` has besides.\n\n${sections.join("\n")}`;
  assert.ok(!/\bany\b/.test(now));
  if (process.env.UPDATE) writeFileSync(REPORT, now);
  assert.equal(readFileSync(REPORT, "utf8"), now, "the API changed: UPDATE=1 writes pkg/api.md");
});
