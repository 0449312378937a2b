/**
 * Which engine a call runs on: one per thread and wasm source, made at first use, shared by datasets and drawings.
 */
import { Engine } from "./engine.js";
import type { WasmSource } from "./protocol.js";

/** Where the wasm module comes from, when not from the file beside this package. */
export type WasmInput = URL | string | Response | BufferSource | WebAssembly.Module;

/** Where the work is done: in a module worker, or on the calling thread (always so in Node). */
export type Thread = "worker" | "inline";

let current: Engine | undefined;
let inline: Engine | undefined;
const workers = new Map<WasmSource, Engine>();

/** The engine for a call that names a thread or a wasm source; without either, the one used last. */
export async function engineFor(thread?: Thread, wasm?: WasmInput): Promise<Engine> {
  if (thread === undefined && wasm === undefined && current !== undefined) return current;
  const source = await postable(wasm);
  if ((thread ?? (typeof Worker === "undefined" ? "inline" : "worker")) === "inline") {
    // The calling thread has one wasm instance: the first source given holds.
    inline ??= new Engine("inline", source);
    current = inline;
  } else {
    current = workers.get(source) ?? new Engine("worker", source);
    workers.set(source, current);
  }
  return current;
}

async function postable(wasm: WasmInput | undefined): Promise<WasmSource> {
  if (wasm === undefined) return null;
  if (wasm instanceof URL) return wasm.href;
  if (typeof wasm === "string") return new URL(wasm, globalThis.location?.href ?? import.meta.url).href;
  if (wasm instanceof Response) return wasm.arrayBuffer();
  return wasm;
}
