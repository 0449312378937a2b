// The sealed page: one HTML file with the whole dashboard, its wasm module and a sample inside, that forbids itself every request.
//
// In: the sealed script (wasm and worker inside), the sample. Out: the page. What runs is named by hash in its policy; the code is a data block,
// compressed, and a few readable lines unpack it.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { base85 } from "./base85.mjs";
import { DateDay, Decimal, Dictionary, Int16, Int32, makeData, makeTable, makeVector, tableFromIPC, tableToIPC } from "apache-arrow";

/** Unpacks the code and runs it from a blob. */
const STARTER = `(async () => {
  const bytes = Uint8Array.from(atob(document.getElementById("code").textContent), (character) => character.charCodeAt(0));
  const code = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).blob();
  const script = document.createElement("script");
  script.src = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  document.head.append(script);
})();`;

const STYLE = "body{margin:0}@media print{@page{size:A4 landscape;margin:12mm}}";

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const packed = (bytes) => gzipSync(bytes, { level: 9 });

const POLICY = [
  "default-src 'none'",
  `script-src ${hash(STARTER)} blob: 'wasm-unsafe-eval'`,
  `style-src ${hash(STYLE)}`,
  "worker-src blob:",
  "connect-src 'none'",
  "img-src data: blob:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** CDNOW in few bytes: the same orders by customer and day, each column a dictionary with money in cents; first every low byte, then every high byte. */
function sample(root) {
  const table = tableFromIPC(readFileSync(join(root, "tests/data/cdnow.arrow")));
  const [ids, times, amounts] = ["customer_id", "ordered_at", "amount"].map((name) => table.getChild(name));
  const orders = Array.from({ length: table.numRows }, (_, row) => [Number(ids.get(row)), Math.floor(Number(times.get(row)) / 86_400_000), Math.round(amounts.get(row) * 100)]);
  orders.sort(([a, x], [b, y]) => a - b || x - y);
  const column = (place, type) => dictionary(orders.map((order) => order[place]), type);
  const file = tableToIPC(makeTable({ customer_id: column(0, new Int32()), ordered_at: column(1, new DateDay()), amount: column(2, new Decimal(2, 9)) }), "file");
  const halves = [0, 1].map((half) => file.filter((_, at) => at % 2 === half));
  return Buffer.concat(halves);
}

/** Numbers below 2^31 as 16-bit places among the distinct ones, which are of this type. */
function dictionary(numbers, type) {
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  const places = new Map(distinct.map((number, place) => [number, place]));
  const words = type instanceof Decimal ? 4 : 1;
  const data = new Int32Array(distinct.length * words);
  distinct.forEach((number, place) => data.set([number], place * words));
  const values = makeVector(makeData({ type, length: distinct.length, data }));
  const indices = Int16Array.from(numbers, (number) => places.get(number));
  return makeVector(makeData({ type: new Dictionary(type, new Int16()), data: indices, dictionary: values }));
}

/** The page. */
export function sealedPage(root, script) {
  const code = script.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "");
  const wasm = readFileSync(join(root, "pkg/dist/wasm/feilun_bg.wasm"));
  // The starter unpacks the code with what every browser has; the code unpacks the rest.
  const blocks = { code: packed(Buffer.from(code)).toString("base64"), wasm: base85(packed(wasm)), sample: base85(packed(sample(root))) };
  const data = Object.entries(blocks).map(([id, text]) => `<script type="text/plain" id="${id}">${text}</script>`);
  return `<!doctype html>
<!-- feilun, sealed: the whole dashboard in one file. Its policy forbids it every request; what you open never leaves this machine. -->
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>飞轮：社区零售分析</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<noscript>此页面需要 JavaScript。This page needs JavaScript.</noscript>
<feilun-dashboard page></feilun-dashboard>
${data.join("\n")}
<script>${STARTER}</script>
</body>
</html>
`;
}
