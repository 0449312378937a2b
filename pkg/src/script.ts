/**
 * The build for a plain script tag: everything of `feilun`, `feilun/texts` and `feilun/elements` on the global `feilun`, its elements registered.
 * Worker and wasm module are sought beside the script, from whichever origin it comes.
 */
export * from "./elements/index.js";
export * from "./index.js";
export * from "./texts.js";
