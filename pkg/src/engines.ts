/**
 * Which engine a call runs on: one per thread, worker script and wasm source, made at first use, shared by datasets and drawings.
 */
import { Engine } from "./engine.js";
import { FeilunError } from "./error.js";
import type { WasmSource } from "./protocol.js";
import { pageUrl, wasmUrl } from "./urls.js";
import { inlineConnection, workerConnection } from "./threads.js";

/** Where the wasm module comes from, when not from the file beside this package. A response is read once, whoever asks first. */
export type WasmInput = URL | string | Response | BufferSource | WebAssembly.Module;

/**
 * Where the work is done: `worker`, a worker from the script beside this package (where that lies on another origin, from a blob that loads it);
 * `blob`, a worker from a blob, for pages whose policy asks for it; `inline`, the calling thread (always so in Node).
 */
export type Thread = "worker" | "blob" | "inline";

/** Where the work is done, and what it is done with. */
export interface EngineOptions {
  /** A worker (the default in browsers and Deno), or the calling thread (always so in Node). */
  thread?: Thread | undefined;
  /** The wasm module, or a function that is called for it when it is needed. */
  wasm?: WasmInput | (() => WasmInput | Promise<WasmInput>) | undefined;
  /** The worker's script (`feilun/worker`) where it does not lie beside this package: its address, or the script itself. */
  worker?: URL | string | Blob | undefined;
}

let defaults: EngineOptions = {};
let current: Engine | undefined;
let inline: Engine | undefined;
/** By script, then by wasm source. */
const workers = new Map<unknown, Map<unknown, Engine>>();

/**
 * Sets what later calls, the elements' among them, run on where they do not say it themselves. Nothing is fetched before the first of them.
 *
 * @example
 * configure({ wasm: "https://cdn.example.com/feilun/feilun_bg.wasm" });
 */
export function configure(options: EngineOptions): void {
  defaults = { ...defaults, ...options };
  current = undefined;
}

/** The engine for a call that names a thread, a script or a wasm source; without any, the one used last. */
export function engineFor({ thread, wasm, worker }: EngineOptions = {}): Engine {
  if (thread === undefined && wasm === undefined && worker === undefined && current !== undefined) return current;
  const source = wasm ?? defaults.wasm;
  const chosen = thread ?? defaults.thread ?? (typeof Worker === "undefined" ? "inline" : "worker");
  if (chosen === "inline") {
    // The calling thread has one wasm instance: the first source given holds.
    inline ??= new Engine(inlineConnection(loaderOf(source)));
    current = inline;
    return inline;
  }
  if (typeof Worker === "undefined") throw new FeilunError({ code: "environment", message: "there are no workers here, use `thread: \"inline\"`" });
  const script = worker ?? defaults.worker;
  const key = script instanceof Blob ? script : `${chosen} ${script ?? ""}`;
  const byWasm = workers.get(key) ?? new Map<unknown, Engine>();
  workers.set(key, byWasm);
  const wasmKey = source instanceof URL ? source.href : source;
  current = byWasm.get(wasmKey) ?? new Engine(workerConnection(chosen, script, loaderOf(source)));
  byWasm.set(wasmKey, current);
  return current;
}

/** The source in a form that can be posted, asked for once however often the engine restarts. */
function loaderOf(source: EngineOptions["wasm"]): () => Promise<WasmSource> {
  let loading: Promise<WasmSource> | undefined;
  return () => (loading ??= postable(source));
}

async function postable(source: EngineOptions["wasm"]): Promise<WasmSource> {
  const wasm = typeof source === "function" ? await source() : source;
  if (wasm === undefined) return wasmUrl().href;
  if (wasm instanceof URL || typeof wasm === "string") return pageUrl(wasm).href;
  if (typeof Response !== "undefined" && wasm instanceof Response) {
    if (!wasm.ok) throw new FeilunError({ code: "environment", message: `the wasm module could not be loaded: the server answered ${wasm.status}` });
    return wasm.arrayBuffer();
  }
  return wasm as WasmSource;
}
