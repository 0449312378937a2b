// A wasm module that is ours but for one export, which traps: what a bug in the crate would do.

import { readFile } from "node:fs/promises";
import binaryen from "binaryen";

/** The built module with the body of the flywheel replaced by `unreachable`. */
export async function trappingWasm() {
  const bytes = await readFile(new URL("../../pkg/dist/wasm/feilun_bg.wasm", import.meta.url));
  const module = binaryen.readBinary(new Uint8Array(bytes));
  const { value } = binaryen.getExportInfo(module.getExport("dataset_flywheel"));
  // `Function` is missing in its types.
  /** @type {any} */ (binaryen).Function.setBody(module.getFunction(value), module.unreachable());
  return /** @type {Uint8Array<ArrayBuffer>} */ (module.emitBinary());
}
