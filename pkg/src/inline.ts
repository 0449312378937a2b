/**
 * `feilun/inline`: the API of `feilun` with worker and wasm module inside; nothing is fetched. For bundlers that copy no files (esbuild, Rollup), for
 * pages without a server of their own, and for policies with `worker-src blob:`.
 */
import { embedParts } from "./embedded.js";
import * as feilun from "./index.js";
import { parts } from "./parts.js";

export * from "./index.js";

let embedded = false;

/** Makes every later call run on what is inside, the elements' calls among them. The functions below do it themselves. */
export function embed(): void {
  if (!embedded) embedParts(parts);
  embedded = true;
}

/** `open` of `feilun`, on what is inside. */
export const open: typeof feilun.open = (...args) => {
  embed();
  return feilun.open(...args);
};

/** `inspect` of `feilun`, on what is inside. */
export const inspect: typeof feilun.inspect = (...args) => {
  embed();
  return feilun.inspect(...args);
};

/** `draw` of `feilun`, on what is inside. */
export const draw: typeof feilun.draw = (...args) => {
  embed();
  return feilun.draw(...args);
};
