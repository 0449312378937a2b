/**
 * The parts of the package that are otherwise files beside it, carried inside: the worker's script, and the wasm module compressed.
 */
import { type EngineOptions, FeilunError, configure } from "./index.js";

/** What the build puts in. */
export interface Parts {
  /** The worker's script. */
  worker: string;
  /** The wasm module, gzipped, in base64. */
  wasm: string;
}

/** Makes these parts what calls run on: no file is fetched, workers come from a blob. */
export function embedParts({ worker, wasm }: Parts): void {
  const options: EngineOptions = { wasm: () => inflated(wasm) };
  configure({ ...options, ...(typeof Worker !== "undefined" && { worker: new Blob([worker], { type: "text/javascript" }) }) });
}

/** Gzipped bytes in base64, as they were. */
export async function inflated(base64: string): Promise<ArrayBuffer> {
  if (typeof DecompressionStream === "undefined") {
    throw new FeilunError({ code: "environment", message: "this browser has no DecompressionStream: for `feilun/inline`, Chrome 80, Firefox 113, Safari 16.4 or newer is needed" });
  }
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
