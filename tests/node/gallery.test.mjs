// docs/gallery.md against the golden pictures of the charts: every one is on the sheet, and no other. `UPDATE=1` writes it anew.
//
// In: the pictures of tests/data/charts, as tests/rust/charts.rs draws them. Out: a table a chart, schemes down, languages across.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";

const SHEET = new URL("../../docs/gallery.md", import.meta.url);
const PICTURES = new URL("../data/charts/", import.meta.url);

const HEAD = `# Every chart, light and dark, Chinese and English

The golden pictures of the tests, to be looked at after a change of a chart. \`UPDATE=1 cargo test\` draws them anew;
\`UPDATE=1 node --test tests/node/gallery.test.mjs\` makes this sheet of them.
`;

function titleOf(name, lang) {
  return readFileSync(new URL(`${name}.light.${lang}.svg`, PICTURES), "utf8").match(/<title>(.*)<\/title>/)?.[1];
}

function section(name) {
  const picture = (scheme, lang) => `![${titleOf(name, lang)}, ${scheme}](../tests/data/charts/${name}.${scheme}.${lang}.svg)`;
  const rows = ["light", "dark"].map((scheme) => `| ${scheme} | ${picture(scheme, "zh")} | ${picture(scheme, "en")} |`);
  return `\n## ${titleOf(name, "en")}: \`${name}\`\n\n| | 中文 | English |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
}

test("the sheet of all charts shows every golden picture", () => {
  const pictures = readdirSync(PICTURES).sort();
  const names = [...new Set(pictures.map((file) => file.split(".")[0]))];
  const sheet = HEAD + names.map(section).join("");
  if (process.env.UPDATE) writeFileSync(SHEET, sheet);
  assert.equal(readFileSync(SHEET, "utf8"), sheet, "run with UPDATE=1");
  const shown = [...sheet.matchAll(/charts\/(.+?\.svg)\)/g)].map(([, file]) => file);
  assert.deepEqual(shown.sort(), pictures);
});
