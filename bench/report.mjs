// Measurements → RESULTS.md: medians with their spread, ratios, and what was to be held.

/** What the project promises: the first file of the list that was measured counts. */
const PROMISES = [
  ["load + cohorts + rfm + wheel", "utf8", "typed_arrays", 5],
  ["load + cohorts + rfm + wheel", "utf8", "duckdb", 15],
  ["load + cohorts + rfm + wheel", "dictionary", "typed_arrays", 3],
  ["load + cohorts + rfm + wheel", "dictionary", "duckdb", 25],
  ["cohorts", "utf8", "typed_arrays", 4],
  ["cohorts", "utf8", "duckdb", 50],
  ["cohorts, 6 stores, again", "utf8", "typed_arrays", 4],
  ["cohorts, 6 stores, again", "utf8", "duckdb", 50],
  ["cohorts by week, again", "utf8", "typed_arrays", 4],
  ["cohorts by week, again", "utf8", "duckdb", 50],
  ["rfm, 11 rules, again", "utf8", "typed_arrays", 4],
  ["rfm, 11 rules, again", "utf8", "duckdb", 50],
  ["peak memory", "utf8", "typed_arrays", 2],
  ["peak memory", "utf8", "duckdb", 6.7],
  ["ready", "utf8", "typed_arrays", 0.67],
  ["ready", "utf8", "duckdb", 8],
];

export const TITLES = { feilun: "feilun", typed_arrays: "typed arrays", duckdb: "DuckDB-WASM", arquero: "arquero" };

/** All values of one kind that an engine had. */
export function valuesOf(runs, what) {
  return runs.map((run) => (what === "peak memory" ? run.peakMb : run.times[what])).filter((value) => value !== undefined);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function number(value) {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(value >= 10 ? 3 : 2);
}

/** Median and spread. */
function cell(values) {
  if (values.length === 0) return "";
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.length === 1 ? number(low) : `${number(median(values))} (${number(low)}–${number(high)})`;
}

function table(rows) {
  const [head, ...body] = rows.map((row) => `| ${row.join(" | ")} |`);
  return [head, `|${rows[0].map(() => "---").join("|")}|`, ...body].join("\n");
}

function roundTable({ runs }) {
  const engines = Object.keys(runs);
  const peers = engines.filter((engine) => engine !== "feilun");
  const works = [...Object.keys(runs.feilun[0].times), "peak memory"];
  const ratio = (work, peer) => {
    const [own, theirs] = [valuesOf(runs.feilun, work), valuesOf(runs[peer], work)];
    return own.length > 0 && theirs.length > 0 ? `${number(median(theirs) / median(own))} ×` : "";
  };
  const rows = works.map((work) => [work === "peak memory" ? "peak memory, MB" : `${work}, ms`, ...engines.map((engine) => cell(valuesOf(runs[engine], work))), ...peers.map((peer) => ratio(work, peer))]);
  return table([["", ...engines.map((engine) => TITLES[engine]), ...peers.map((peer) => `${TITLES[peer]} / feilun`)], ...rows]);
}

function promiseTable(rounds) {
  const rows = PROMISES.flatMap(([work, ids, peer, wanted]) => {
    const round = rounds.findLast(({ file, runs }) => file.endsWith(ids) && runs[peer] !== undefined);
    if (round === undefined) return [];
    const found = median(valuesOf(round.runs[peer], work)) / median(valuesOf(round.runs.feilun, work));
    return [[work, round.file, TITLES[peer], `${wanted} ×`, `${number(found)} ×`, found >= wanted ? "yes" : "**no**"]];
  });
  return table([["work", "file", "against", "wanted", "measured", "held"], ...rows]);
}

/** Cost per order from the smallest to the largest file of feilun's. */
function slope(rounds) {
  const of = ({ file, runs }) => `${file}: ${number((median(valuesOf(runs.feilun, "load")) * 1e6) / (Number.parseInt(file, 10) * 1e6))} ns`;
  return rounds.map(of).join(", ");
}

/** The page; `picture` is the name of the plot beside it. */
export function report(rounds, { command, commit, machine, chromium, versions, sizes }, picture) {
  const kilobytes = ([raw, packed]) => `${number(raw / 1000)} kB, gzipped ${number(packed / 1000)} kB`;
  const lines = [
    "# Results",
    "",
    `Written by \`${command}\` at ${commit}. Do not edit. How it is measured: [README.md](README.md).`,
    "",
    `${machine}; Chromium ${chromium}; DuckDB-WASM ${versions.duckdb} (eh), arquero ${versions.arquero}, flechette ${versions.flechette} under the typed arrays.`,
    `Wasm: feilun ${kilobytes(sizes.feilun)}; DuckDB ${kilobytes(sizes.duckdb)}.`,
    "",
    `![Load and the first three answers](${picture})`,
    "",
    "Median (least–most). A ratio over 1 means that feilun is faster or smaller. All answers were equal.",
    "",
    "## What is to be held",
    "",
    promiseTable(rounds),
    "",
    `Load per order: ${slope(rounds)}.`,
    "",
  ];
  for (const round of rounds) lines.push(`## ${round.file} (${Math.round(round.megabytes)} MB)`, "", roundTable(round), "");
  return lines.join("\n");
}
