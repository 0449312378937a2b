// Every page as an analyst may see it, to be looked at after a change: `node tests/browser/review.mjs [page …]` after `cargo xtask build`.
//
// In: dist/dashboard with its samples. Out: dist/review/<page>-<lang>-<scheme>-<width>.png of the made retailer, for both languages, both schemes, three widths.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { PAGES } from "./dashboard.mjs";
import { DASHBOARD, ROOT, launch, openPage, serve } from "./harness.mjs";

const WIDTHS = [360, 768, 1440];

const wanted = process.argv.slice(2);
const folder = join(ROOT, "dist/review");
await mkdir(folder, { recursive: true });
const server = await serve(DASHBOARD);
const browser = await launch();
for (const width of WIDTHS) {
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await openPage(browser, { colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce" });
    await page.goto(`${server.origin}/`);
    await page.click("[data-sample=retailer]");
    await page.waitForSelector(".page");
    for (const lang of ["zh-CN", "en"]) {
      await page.click(`.switches [lang=${lang}]`);
      for (const name of PAGES.filter((each) => wanted.length === 0 || wanted.includes(each))) {
        await page.click(`nav.pages a[href*='/${name}']`);
        await page.waitForFunction(() => {
          const root = document.querySelector("feilun-dashboard").shadowRoot;
          const charts = [...root.querySelectorAll(".panel-body > *")].filter((element) => element.localName.startsWith("feilun-"));
          return charts.every((chart) => chart.drawing && !chart.pending) && !root.querySelector(".page .skeleton, .panel[aria-busy=true]");
        });
        await page.screenshot({ path: join(folder, `${name}-${lang.slice(0, 2)}-${colorScheme}-${width}.png`), fullPage: true });
      }
    }
    await close();
  }
}
await browser.close();
await server.close();
console.log("dist/review");
