// The recipes of docs/embedding.md as they stand there, each in its framework; Next.js, Deno and a server render besides.
//
// In: the installed package, the component of each recipe, a page that opens CDNOW and hands it the result. Out: in a real Chromium the element draws it and
// a click on a mark comes back as the recipe says; the cohorts as counted from the file.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { ROOT, launch, openPage, serve } from "../browser/harness.mjs";
import { FIXTURES, LEAVE_MATRIX, assertMatrix, install, pageOf, project, tool, withData } from "./installed.mjs";

let browser;

before(async () => {
  install();
  browser = await launch();
});
after(() => browser?.close());

/** The code block after the framework's name. */
function recipe(name) {
  const [, , code] = new RegExp(`\\*\\*${name}\\*\\*[^]*?\`\`\`(\\w+)\\n([^]*?)\`\`\``).exec(readFileSync(join(ROOT, "docs/embedding.md"), "utf8"));
  return code;
}

/** Opens the data, leaves the matrix, and hands the result to \`show\`. */
const MAIN = `import { open } from "feilun";
const data = await open(await fetch("cdnow.arrow"));
const result = await data.cohorts({ measure: "count" });
const picked = (key) => { globalThis.picked = key; };
${LEAVE_MATRIX}`;

/** The matrix of a result at hand. */
const OF_RESULT = "globalThis.matrix = result.rows.map((row) => [row.period.label, ...row.cells.map((cell) => cell.value)]);";

const body = (markup = "<div id=app></div>") => pageOf("./main.js").replace("<script", `${markup}\n<script`);

/** What each framework's page is made of. */
const PAGES = {
  "React 19": () => ({
    files: {
      "recipe.jsx": recipe("React 19"),
      "main.js": `import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { Cohorts } from "./recipe.jsx";
${MAIN}
createRoot(document.getElementById("app")).render(createElement(Cohorts, { result, onSelect: picked }));`,
    },
    config: { oxc: { jsx: { runtime: "automatic" } } },
  }),
  "Vue 3": async () => ({
    files: {
      "Recipe.vue": `<script setup>
import "feilun/elements";
defineProps(["result", "select"]);
</script>
<template>${recipe("Vue 3")}</template>`,
      "main.js": `import { createApp, shallowRef } from "vue";
import Recipe from "./Recipe.vue";
${MAIN}
createApp(Recipe, { result, select: picked }).mount("#app");`,
    },
    config: { plugins: [(await tool("@vitejs/plugin-vue")).default({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("feilun-") } } })] },
  }),
  "Svelte 5": async () => ({
    files: {
      "Recipe.svelte": `<script>
import "feilun/elements";
let { result, select } = $props();
</script>
${recipe("Svelte 5")}`,
      "main.js": `import { mount } from "svelte";
import Recipe from "./Recipe.svelte";
${MAIN}
mount(Recipe, { target: document.getElementById("app"), props: { result, select: picked } });`,
    },
    config: { plugins: [(await svelte()).svelte({ configFile: false })] },
  }),
};

/** The plugin has no \`require\` entry. */
const svelte = () => import(pathToFileURL(join(FIXTURES, "node_modules/@sveltejs/vite-plugin-svelte/src/index.js")).href);

/** Serves a page, waits for the drawing, picks the first mark, and holds the matrix against the count. */
async function draws(folder, where, pick = (page) => page.locator("feilun-cohorts .mark").nth(1).click()) {
  const site = await serve(folder);
  const { page, complaints, requests, close } = await openPage(browser);
  try {
    await page.goto(`${site.origin}/index.html`);
    await page.waitForFunction(() => document.querySelector("feilun-cohorts")?.drawing?.marks.length > 0, undefined, { timeout: 30_000 }).catch((error) => {
      throw new Error(`${where}: ${complaints.join("\n") || error.message}\n${requests.join("\n")}`);
    });
    await pick(page);
    const [matrix, key, expected] = await page.evaluate(() => [globalThis.matrix, globalThis.picked, document.querySelector("feilun-cohorts").drawing.marks[1].key]);
    await assertMatrix(matrix, where);
    assert.equal(key, expected, where);
    assert.deepEqual(complaints, [], where);
    assert.deepEqual(requests.filter((url) => !url.startsWith(site.origin) && !url.startsWith("blob:")), [], where);
  } finally {
    await close();
    await site.close();
  }
}

for (const [name, page] of Object.entries(PAGES)) {
  test(`${name}: the recipe draws, and hears what is picked`, async () => {
    const { build } = await tool("vite");
    const { files, config } = await page();
    const root = project(name.toLowerCase().replace(" ", "-"), { "index.html": body(), ...files });
    withData(join(root, "public"));
    await build({ root, configFile: false, logLevel: "error", build: { target: "es2022" }, ...config });
    await draws(join(root, "dist"), name);
  });
}

test("Next.js, app router: a client component draws, a server component imports", async () => {
  const root = project("next", {
    "package.json": `{ "private": true, "type": "module" }`,
    "next.config.mjs": `export default { output: "export", turbopack: { root: ${JSON.stringify(FIXTURES)} } };`,
    "app/layout.jsx": `export const metadata = { title: "feilun", icons: { icon: "data:," } };
export default ({ children }) => <html lang="en"><body>{children}</body></html>;`,
    "app/page.jsx": `import { terms } from "feilun/texts";
import { Page } from "./client.jsx";
export default () => <main title={terms["measure.aov"].en}><Page /></main>;`,
    "app/recipe.jsx": `"use client";\n${recipe("React 19")}`,
    "app/client.jsx": `"use client";
import { useEffect, useState } from "react";
import { open } from "feilun";
import { Cohorts } from "./recipe.jsx";
async function compute() {
  const data = await open(await fetch("/cdnow.arrow"));
  const result = await data.cohorts({ measure: "count" });
  ${OF_RESULT}
  return result;
}
export function Page() {
  const [result, setResult] = useState(null);
  useEffect(() => void compute().then(setResult), []);
  return <Cohorts result={result} onSelect={(key) => { globalThis.picked = key; }} />;
}`,
  });
  withData(join(root, "public"));
  const environment = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", CI: "1" };
  execFileSync(process.execPath, [join(FIXTURES, "node_modules/next/dist/bin/next"), "build"], { cwd: root, stdio: "pipe", env: environment });
  assert.match(readFileSync(join(root, "out/index.html"), "utf8"), /<main title="[^"]+"><feilun-cohorts lang="en"><\/feilun-cohorts>/);
  await draws(join(root, "out"), "Next.js");
});

test("plain HTML: the recipe draws", async () => {
  const code = recipe("Plain HTML").replace("https://cdn.example.com/feilun/", "feilun/");
  const given = `<script>globalThis.files = fetch("cdnow.arrow");</script>`;
  const script = code.replace("feilun.open(file).then((data) => data.cohorts())", `files.then((response) => feilun.open(response)).then(async (data) => {
    const result = await data.cohorts({ measure: "count" });
    ${OF_RESULT}
    return result;
  })`);
  assert.notEqual(script, code);
  const page = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>feilun</title>\n${given}\n${script}
<script>addEventListener("feilun-select", (event) => { globalThis.picked = event.detail.key; });</script>`;
  const root = withData(project("plain-html", { "index.html": page }));
  execFileSync("cp", ["-r", join(FIXTURES, "node_modules/feilun/dist"), join(root, "feilun")]);
  await draws(root, "plain HTML");
});

test("Deno opens a file and computes", async () => {
  const root = withData(project("deno", {
    "main.js": `import { open } from "feilun";
const data = await open(await Deno.readFile("cdnow.arrow"));
${LEAVE_MATRIX}
console.log(JSON.stringify(globalThis.matrix));
Deno.exit(0);`,
    "deno.json": `{ "nodeModulesDir": "manual" }`,
  }));
  const deno = join(FIXTURES, "node_modules/deno/deno");
  const environment = { ...process.env, DENO_DIR: join(root, "cache"), DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
  const matrix = execFileSync(deno, ["run", "--no-remote", "--allow-read", "--allow-env", "main.js"], { cwd: root, encoding: "utf8", env: environment });
  await assertMatrix(JSON.parse(matrix), "Deno");
});

test("a server render knows the element as a tag, and imports it without a document", () => {
  const script = `import { createElement } from "react";
import { renderToString } from "react-dom/server";
import "feilun/elements";
console.log(renderToString(createElement("feilun-cohorts", { lang: "en" })));`;
  const html = execFileSync(process.execPath, ["--input-type=module", "--eval", script], { cwd: FIXTURES, encoding: "utf8" });
  assert.equal(html.trim(), `<feilun-cohorts lang="en"></feilun-cohorts>`);
});
