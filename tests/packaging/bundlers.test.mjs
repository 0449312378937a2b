// The installed package through each bundler, built and, where there is one, served for development; then in a real Chromium.
//
// In: one page that opens CDNOW. Out: in each the cohorts as counted from the file, no complaint, nothing asked of elsewhere.

import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "../browser/harness.mjs";
import { FIXTURES, install, pageOf, pageScript, project, shows, showsFolder, tool, withData } from "./installed.mjs";

let browser;

before(async () => {
  install();
  browser = await launch();
});
after(() => browser?.close());

const sources = { "index.html": pageOf("./main.js"), "main.js": pageScript("feilun") };

test("Vite, development", async () => {
  const { createServer } = await tool("vite");
  const root = project("vite-dev", sources);
  withData(join(root, "public"));
  const server = await createServer({ root, configFile: false, logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
  await server.listen();
  try {
    await shows(browser, server.resolvedUrls.local[0], "Vite dev");
  } finally {
    await server.close();
  }
});

test("Vite, production", async () => {
  const { build } = await tool("vite");
  const root = project("vite", sources);
  withData(join(root, "public"));
  await build({ root, configFile: false, logLevel: "error" });
  const requests = await showsFolder(browser, join(root, "dist"), "Vite");
  assert.equal(requests.filter((url) => url.endsWith(".wasm")).length, 1);
});

for (const mode of ["development", "production"]) {
  test(`webpack 5, ${mode}`, async () => {
    const { default: webpack } = await tool("webpack");
    const root = project(`webpack-${mode}`, { ...sources, "dist/index.html": pageOf("./bundle.js") });
    const out = withData(join(root, "dist"));
    const config = { context: root, mode, entry: "./main.js", devtool: false, output: { path: out, filename: "bundle.js" }, experiments: { topLevelAwait: true } };
    const stats = await new Promise((done, failed) => void webpack(config, (error, result) => (error ? failed(error) : done(result))));
    assert.deepEqual(stats.toJson({ all: false, errors: true, warnings: true, performance: false }).errors, []);
    await showsFolder(browser, out, `webpack ${mode}`);
  });
}

/** Bundlers that know nothing of files beside a script: one function each, from a project's main.js to its dist/bundle.js. */
const PLAIN = {
  esbuild: async (root, out) => {
    const { build } = await tool("esbuild");
    await build({ entryPoints: [join(root, "main.js")], bundle: true, format: "esm", outfile: join(out, "bundle.js"), logLevel: "silent" });
  },
  Rollup: async (root, out) => {
    const [{ rollup }, { nodeResolve }] = [await tool("rollup"), await tool("@rollup/plugin-node-resolve")];
    const bundle = await rollup({ input: join(root, "main.js"), plugins: [nodeResolve({ browser: true })] });
    await bundle.write({ file: join(out, "bundle.js"), format: "es", inlineDynamicImports: true });
    await bundle.close();
  },
};

for (const [name, bundle] of Object.entries(PLAIN)) {
  const built = async (from) => {
    const root = project(`${name}-${from.replace("/", "-")}`, { "main.js": pageScript(from), "dist/index.html": pageOf("./bundle.js") });
    const out = withData(join(root, "dist"));
    await bundle(root, out);
    return out;
  };

  test(`${name}, \`feilun/inline\`: one file, nothing beside it`, async () => {
    await showsFolder(browser, await built("feilun/inline"), name);
  });

  test(`${name}, \`feilun\`: the two files copied beside the bundle, and without them an error that says so`, async () => {
    const out = await built("feilun");
    await assert.rejects(showsFolder(browser, out, name), /where a bundler does not copy `feilun\/worker`, import `feilun\/inline`/);
    const from = join(FIXTURES, "node_modules/feilun/dist");
    for (const file of ["worker.js", "wasm/feilun_bg.wasm"]) cpSync(join(from, file), join(out, file));
    await showsFolder(browser, out, name);
  });
}
