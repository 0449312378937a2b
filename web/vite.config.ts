// The dashboard's build: one module for the npm package, with Lit and the styles inside.
//
// In: src/dashboard.ts. Out: pkg/dist/elements/dashboard.js, which imports the package it lies in as `../index.js` and `../texts.js`.

import { defineConfig } from "vite";
import type { Plugin } from "vite";

/** `feilun` and `feilun/texts` are the package around: its own copies are used, not others. */
const AROUND = { feilun: "../index.js", "feilun/texts": "../texts.js" };

const packageAround: Plugin = {
  name: "package-around",
  enforce: "pre",
  resolveId: (id) => (id in AROUND ? { id: AROUND[id as keyof typeof AROUND], external: "relative" } : null),
};

export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  // Lit's build for Node is the one that can be imported where there is no document; in browsers it is the same.
  resolve: { conditions: ["node", "module", "production"] },
  plugins: [packageAround],
  build: {
    lib: { entry: "src/dashboard.ts", formats: ["es"], fileName: () => "dashboard.js" },
    outDir: "../pkg/dist/elements",
    emptyOutDir: false,
    target: "es2022",
    sourcemap: true,
  },
});
