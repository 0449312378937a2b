/**
 * `feilun/script` as TypeScript sees it: a script that is run for its global, and exports nothing.
 */
declare global {
  /** Everything of `feilun`, `feilun/texts` and `feilun/elements`, once the script tag has run. */
  const feilun: typeof import("./index.js") & typeof import("./texts.js") & typeof import("./elements/index.js");
}

export {};
