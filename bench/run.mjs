// The benchmark: `node bench/run.mjs [--quick] DATA`, usually through `cargo xtask bench`.
//
// In: a folder of made files, built pkg/dist, a Chromium. Each measurement is a fresh browser with one tab; engines take turns, so that what the machine
// does besides hits all of them. Out: bench/RESULTS.md and two plots. Fails when two engines' answers differ.

import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { ROOT, launch, serve } from "../tests/browser/harness.mjs";
import { plot } from "./plot.mjs";
import { report } from "./report.mjs";

const isQuick = process.argv.includes("--quick");
const DATA = process.argv.filter((argument) => !argument.startsWith("--"))[2];
if (DATA === undefined) throw new Error("usage: node bench/run.mjs [--quick] DATA");

/** What is measured: a file, who reads it, how often. */
const ROUNDS = isQuick
  ? [
      { file: "1m-utf8", engines: ["feilun", "typed_arrays", "duckdb", "arquero"], times: 5 },
      { file: "1m-dictionary", engines: ["feilun", "typed_arrays", "duckdb"], times: 5 },
      { file: "1m-int64", engines: ["feilun", "typed_arrays"], times: 5 },
      { file: "1m-utf8-lz4", engines: ["feilun"], times: 5 },
    ]
  : [
      { file: "1m-utf8", engines: ["feilun", "typed_arrays", "duckdb", "arquero"], times: 5 },
      { file: "10m-utf8", engines: ["feilun", "typed_arrays", "duckdb"], times: 5 },
      { file: "10m-dictionary", engines: ["feilun", "typed_arrays", "duckdb"], times: 5 },
      { file: "10m-int64", engines: ["feilun", "typed_arrays"], times: 5 },
      { file: "10m-utf8-lz4", engines: ["feilun"], times: 5 },
      { file: "50m-int64", engines: ["feilun"], times: 1 },
    ];

/** Parts of answers that an engine does not give. */
const SILENT = { arquero: ["repeat", "invited", "pool"] };

/** One engine on one file, in a browser of its own. */
async function measure(origin, engine, file) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(600_000);
    page.on("pageerror", (error) => console.error(`  ${engine}: ${error.message}`));
    await page.goto(`${origin}/bench/page.html?engine=${engine}`);
    await page.waitForFunction(() => window.isLoaded);
    await page.setInputFiles("input", join(DATA, `${file}.arrow`));
    const measured = await page.evaluate(() => window.measure());
    return { ...measured, peakMb: await peakMb(browser) };
  } finally {
    await browser.close();
  }
}

/** The most memory any renderer has held, in MB; where the system does not tell, nothing. */
async function peakMb(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const peak = ({ id }) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, "utf8"))[1]) / 1024;
  try {
    return Math.max(...processInfo.filter(({ type }) => type === "renderer").map(peak));
  } catch {
    return undefined;
  }
}

/** Throws unless an engine's answers are those of feilun, part by part. */
function compare(file, engine, answers, expected) {
  const isEmpty = (text) => text === "[]" || text === "{}" || text === "0";
  for (const [job, parts] of Object.entries(expected)) {
    const names = new Set([...Object.keys(parts), ...Object.keys(answers[job])].filter((part) => !SILENT[engine]?.includes(part)));
    for (const part of names) {
      const [found, wanted] = [answers[job][part] ?? "{}", parts[part] ?? "{}"];
      if (found === wanted || (isEmpty(found) && isEmpty(wanted))) continue;
      throw new Error(`${file}, ${job}, ${part}: ${engine} answers ${found.slice(0, 400)}\nwhere feilun answers ${wanted.slice(0, 400)}`);
    }
  }
}

const { origin, close } = await serve(ROOT);
const rounds = [];
for (const { file, engines, times } of ROUNDS) {
  const runs = Object.fromEntries(engines.map((engine) => [engine, []]));
  for (let nth = 0; nth < times; nth++) {
    let expected;
    for (const engine of engines) {
      const { answers, ...numbers } = await measure(origin, engine, file);
      if (engine === "feilun") expected = answers;
      else compare(file, engine, answers, expected);
      runs[engine].push(numbers);
      console.log(`  ${file} ${nth + 1}/${times} ${engine}: ${Math.round(numbers.times["load + cohorts + rfm + wheel"])} ms, ${Math.round(numbers.peakMb ?? 0)} MB`);
    }
  }
  rounds.push({ file, megabytes: statSync(join(DATA, `${file}.arrow`)).size / 1e6, runs });
}
await close();

const wasm = readFileSync(join(ROOT, "pkg/dist/wasm/feilun_bg.wasm"));
const duck = readFileSync(join(ROOT, "bench/node_modules/@duckdb/duckdb-wasm/dist/duckdb-eh.wasm"));
const version = (path) => JSON.parse(readFileSync(join(ROOT, "bench/node_modules", path, "package.json"), "utf8")).version;
const browser = await launch();
const facts = {
  command: isQuick ? "cargo xtask bench --quick" : "cargo xtask bench",
  commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: ROOT, encoding: "utf8" }).trim(),
  machine: `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB`,
  chromium: browser.version(),
  versions: { duckdb: version("@duckdb/duckdb-wasm"), arquero: version("arquero"), flechette: version("@uwdata/flechette") },
  sizes: { feilun: [wasm.length, gzipSync(wasm).length], duckdb: [duck.length, gzipSync(duck).length] },
};
await browser.close();
const suffix = isQuick ? "-quick" : "";
writeFileSync(join(ROOT, `bench/RESULTS${suffix}.md`), report(rounds, facts, `results${suffix}.svg`));
writeFileSync(join(ROOT, `bench/results${suffix}.svg`), plot(rounds));
console.log(`wrote bench/RESULTS${suffix}.md`);
