// docs/embedding.md against the source: every attribute, property, event, slot, custom property and part is in its tables, and nothing else is.
//
// In: the tables of the page, the elements as built, their sources. Out: equal lists.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const text = (path) => readFileSync(join(ROOT, path), "utf8");
const elements = await import(join(ROOT, "pkg/dist/elements/index.js"));
const { ChartElement, FeilunDashboard } = elements;

/** The first cells of the tables under a heading, one list a table. */
function tables(heading) {
  const section = text("docs/embedding.md").split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? "";
  return section
    .split(/\n\n+/)
    .filter((block) => block.startsWith("|"))
    .map((block) => block.split("\n").slice(2).map((row) => /`<?([^`>]+)>?`/.exec(row)?.[1]).sort());
}

const SOURCES = ["chart_element", "charts", "marks", "tooltip", "table", "style", "define"].map((name) => text(`pkg/src/elements/${name}.ts`)).join("\n");

/** The distinct first groups of a pattern in the elements' sources. */
const found = (pattern) => [...new Set([...SOURCES.matchAll(pattern)].map(([, name]) => name))].sort();

/** The accessors of a class, as its users see them. */
const accessors = (type) => Object.entries(Object.getOwnPropertyDescriptors(type.prototype)).filter(([, { get }]) => get).map(([name]) => name).sort();

test("every element is in the table", () => {
  assert.deepEqual(tables("Elements"), [found(/^ {2}"(feilun-[a-z]+)": Feilun/gm)]);
});

test("every attribute is in its table", () => {
  const [charts, dashboard] = tables("Attributes");
  assert.deepEqual(charts, [...ChartElement.observedAttributes].sort());
  const source = text("web/src/dashboard.ts");
  const read = [...source.matchAll(/(?:hasAttribute|getAttribute)\("([a-z-]+)"\)/g)].map(([, name]) => name);
  assert.deepEqual(dashboard, [...new Set([...FeilunDashboard.observedAttributes, ...read])].sort());
});

test("every property is in its table", () => {
  const charts = Object.values(elements).filter((type) => type.prototype instanceof ChartElement);
  assert.ok(charts.length > 10);
  assert.deepEqual(tables("Properties"), [[ChartElement, ...charts].flatMap(accessors).sort(), accessors(FeilunDashboard)]);
});

test("every event is in the table", () => {
  const events = (source) => [...new Set([...source.matchAll(/new CustomEvent(?:<[^(]+>)?\("([a-z-]+)"/g)].map(([, name]) => name))].sort();
  const charts = events(SOURCES);
  const dashboard = events(text("web/src/dashboard.ts") + text("web/src/views/exports.ts"));
  assert.deepEqual(tables("Events"), [charts, dashboard.filter((name) => !charts.includes(name))]);
});

test("every slot is in the table", () => {
  assert.deepEqual(tables("Slots"), [found(/\bslot\("([a-z]+)"\)/g)]);
});

test("every custom property is in the table", () => {
  const { COLOR_TOKENS, SERIES_TOKENS } = Object.fromEntries([...SOURCES.matchAll(/export const (\w+_TOKENS) = \[(.+)\] as const/g)].map(([, name, list]) => [name, JSON.parse(`[${list}]`)]));
  const tokens = [...COLOR_TOKENS, ...SERIES_TOKENS, ...found(/var\(--feilun-([a-z-]*[a-z]), \$\{light\./g)];
  assert.deepEqual(tables("CSS custom properties"), [tokens.map((token) => `--feilun-${token}`).sort()]);
});

test("every part is in the table", () => {
  assert.deepEqual(tables("Parts"), [found(/(?:part\.add\(|setAttribute\("part", )"([a-z]+)"/g)]);
});
