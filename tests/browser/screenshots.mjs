// The pictures of the README, taken from the real app: `node tests/browser/screenshots.mjs` after `cargo xtask build`.
//
// In: dist/dashboard with its samples. Out: docs/images/*.png, the three pages in light and one in dark, each as wide as a laptop shows it.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DASHBOARD, ROOT, launch, openPage, serve } from "./harness.mjs";

const SHOTS = [
  { name: "cohorts", fragment: "#/cohorts", colorScheme: "light" },
  { name: "rfm", fragment: "#/rfm", colorScheme: "light" },
  { name: "flywheel", fragment: "#/flywheel", colorScheme: "light" },
  { name: "cohorts-dark", fragment: "#/cohorts?lang=en", colorScheme: "dark" },
];

const folder = join(ROOT, "docs/images");
await mkdir(folder, { recursive: true });
const server = await serve(DASHBOARD);
const browser = await launch();
for (const { name, fragment, colorScheme } of SHOTS) {
  const { page, close } = await openPage(browser, { colorScheme, viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
  await page.goto(`${server.origin}/${fragment}`);
  await page.click("[data-sample=retailer]");
  await page.waitForFunction(() => {
    const root = document.querySelector("feilun-dashboard").shadowRoot;
    const chart = [...root.querySelectorAll(".panel-body > *")].find((element) => element.localName.startsWith("feilun-"));
    return chart?.drawing && !chart.pending && !root.querySelector(".page .skeleton, .panel[aria-busy=true]");
  });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  console.log(`docs/images/${name}.png`);
  await close();
}
await browser.close();
await server.close();
