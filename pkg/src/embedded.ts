/**
 * The parts of the package that are otherwise files beside it, carried inside: the worker's script, and the wasm module compressed.
 */
import { type EngineOptions, FeilunError, configure } from "./index.js";

/** What the build puts in. */
export interface Parts {
  /** The worker's script. */
  worker: string;
  /** The wasm module, gzipped, as text (build/base85.mjs). */
  wasm: string;
}

/** Makes these parts what calls run on: no file is fetched, workers come from a blob. */
export function embedParts({ worker, wasm }: Parts): void {
  const options: EngineOptions = { wasm: () => inflated(wasm) };
  configure({ ...options, ...(typeof Worker !== "undefined" && { worker: new Blob([worker], { type: "text/javascript" }) }) });
}

/** Gzipped bytes from their text, as they were. */
export async function inflated(text: string): Promise<ArrayBuffer> {
  if (typeof DecompressionStream === "undefined") {
    throw new FeilunError({ code: "environment", message: "this browser has no DecompressionStream: for `feilun/inline`, Chrome 80, Firefox 113, Safari 16.4 or newer is needed" });
  }
  return new Response(new Blob([unpacked(text)]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

/** The bytes of a text: five characters stand for four bytes, k + 1 for the last k. */
function unpacked(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * 4) / 5));
  for (let at = 0, byte = 0; at < text.length; at += 5, byte += 4) {
    let word = 0;
    for (let digit = at; digit < at + 5; digit++) word = word * 85 + (digit < text.length ? digitOf(text.charCodeAt(digit)) : 84);
    for (let place = 0; place < 4 && byte + place < bytes.length; place++) bytes[byte + place] = word / 2 ** (24 - 8 * place);
  }
  return bytes;
}

/** `x` stands for `<` and `y` for `\`, which pages and strings do not hold as they are. */
function digitOf(code: number): number {
  return (code === 120 ? 60 : code === 121 ? 92 : code) - 35;
}
