/**
 * Loading the wasm module: by address in browsers and Deno, by the file system in Node.
 */
import { FeilunError, messageOf } from "./error.js";
import type { WasmSource } from "./protocol.js";
import init from "./wasm/feilun.js";

/** Loads and starts the module. Nothing is fetched before this. */
export async function loadWasm(source: WasmSource): Promise<void> {
  try {
    await init({ module_or_path: typeof source === "string" ? await readable(source) : source });
  } catch (thrown) {
    const from = typeof source === "string" ? ` from \`${source}\`` : "";
    const message = `the wasm module could not be loaded${from}: ${messageOf(thrown)}; where a bundler does not copy \`feilun/feilun.wasm\`, import \`feilun/inline\` or pass its address as \`wasm\``;
    throw new FeilunError({ code: "environment", message }, { cause: thrown });
  }
}

/** Node's fetch does not read files: there the bytes are read. What was not found is said here, since a page of a server is no module either. */
async function readable(href: string): Promise<BufferSource | Response> {
  // Reached through `process`, so that no bundler tries to resolve `node:fs` for a browser.
  const node = (globalThis as { process?: NodeJS.Process }).process;
  if (href.startsWith("file:") && node?.getBuiltinModule) return new Uint8Array(node.getBuiltinModule("node:fs").readFileSync(new URL(href)));
  const response = await fetch(href);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response;
}
