// The dashboard's build: one module for the npm package, with Lit and the styles inside.
//
// In: src/dashboard.ts. Out: pkg/dist/elements/dashboard.js, which imports the package it lies in as `../index.js`.

import { defineConfig } from "vite";
import type { Plugin } from "vite";

/** `feilun` is the package around: its own copy is used, not another one. */
const packageAround: Plugin = {
  name: "package-around",
  enforce: "pre",
  resolveId: (id) => (id === "feilun" ? { id: "../index.js", external: "relative" } : null),
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
