/**
 * Loading the wasm module: by URL in browsers and Deno, by the file system in Node.
 */
import { FeilunError, messageOf } from "./error.js";
import type { WasmSource } from "./protocol.js";
import init from "./wasm/feilun.js";

/** Loads and starts the module. Nothing is fetched before this. */
export async function loadWasm(source: WasmSource): Promise<void> {
  try {
    await init({ module_or_path: await readable(source ?? new URL("./wasm/feilun_bg.wasm", import.meta.url)) });
  } catch (thrown) {
    throw new FeilunError({ code: "environment", message: `the wasm module could not be loaded: ${messageOf(thrown)}` }, { cause: thrown });
  }
}

/** Node's fetch does not read files: there the bytes are read. */
function readable(source: URL | Exclude<WasmSource, null>): URL | Exclude<WasmSource, null> {
  const href = source instanceof URL ? source.href : source;
  if (typeof href !== "string" || !href.startsWith("file:")) return source;
  // Reached through `process`, so that no bundler tries to resolve `node:fs` for a browser.
  const node = (globalThis as { process?: NodeJS.Process }).process;
  return node?.getBuiltinModule ? new Uint8Array(node.getBuiltinModule("node:fs").readFileSync(new URL(href))) : source;
}
