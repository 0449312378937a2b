/**
 * Where the files beside this package are. Written so that bundlers which know `new URL("…", import.meta.url)` emit them and fill in where to;
 * both are whole in themselves, so that a plain copy is enough.
 */

/** The wasm module. */
export function wasmUrl(): URL {
  return new URL("./wasm/feilun_bg.wasm", import.meta.url);
}

/** The worker's script. */
export function workerUrl(): URL {
  return new URL("./worker.js", import.meta.url);
}

/** An address as the page means it. */
export function pageUrl(address: URL | string): URL {
  return new URL(address, globalThis.location?.href);
}
