// The dashboard's build: `index.html` at the root, sources in web/, one static folder that any file server can host.
//
// In: index.html. Out: dist/dashboard, with relative addresses, so that it may lie in any folder of a server.

import { defineConfig } from "vite";
import type { Plugin } from "vite";

/** The dev server injects styles and a socket, which the page's policy forbids: only there the policy is left out. */
const policyOnlyWhenBuilt: Plugin = {
  name: "policy-only-when-built",
  apply: "serve",
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ""),
};

export default defineConfig({
  base: "./",
  publicDir: "web/public",
  plugins: [policyOnlyWhenBuilt],
  build: {
    outDir: "dist/dashboard",
    target: "es2023",
    // Small files stay files: the policy has no place for data: scripts and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
});
