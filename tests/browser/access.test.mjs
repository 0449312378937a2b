// The dashboard for every eye and hand: no accessibility violation, nothing cut off or overlapping at any width and zoom, forced colours, reduced motion.
//
// In: dist/dashboard, the made retailer. Out: what axe finds, boxes measured, and how things look by their computed styles, on every page in both languages.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PAGES, openDashboard, openSample, settled } from "./dashboard.mjs";
import { DASHBOARD } from "./harness.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let dashboard;

before(async () => {
  dashboard = await openDashboard();
});
after(() => dashboard?.close());

/** Opens the dashboard with what the checks in the page share: `everything`, all elements across shadow borders, and `nameOf` one. */
function withPage(options, run) {
  return dashboard.withPage(options, "", async (page) => {
    await page.evaluate(() => {
      window.everything = (root = document) => [...root.querySelectorAll("*")].flatMap((element) => [element, ...(element.shadowRoot ? everything(element.shadowRoot) : [])]);
      window.nameOf = (element) => `${element.localName}.${element.getAttribute("class") ?? ""}: ${(element.getAttribute("aria-label") ?? element.textContent).trim().slice(0, 40)}`;
    });
    await run(page);
  });
}

/** Shows every page of the made retailer in each language. */
async function onEveryPage(page, langs, run) {
  for (const lang of langs) {
    await page.click(`.switches [lang=${lang}]`);
    for (const name of PAGES) {
      await page.click(`nav.pages a[href*='/${name}']`);
      await settled(page);
      await run(`${name} ${lang}`);
    }
  }
}

const ALL_RULES = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };

async function checkRules(page, where, runOnly = ALL_RULES) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), runOnly);
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.flat().join(" ")).join(", ")}`);
  assert.deepEqual(found, [], where);
}

for (const colorScheme of ["light", "dark"]) {
  for (const locale of ["zh-CN", "en"]) {
    test(`accessibility: no violation on any page, ${colorScheme}, ${locale}`, async () => {
      await withPage({ colorScheme, locale }, async (page) => {
        await checkRules(page, "start");
        await page.setInputFiles("input[type=file]", join(DASHBOARD, "samples/orders.arrow"));
        await page.waitForSelector(".mapping");
        await checkRules(page, "mapping");
        await page.click("button[type=submit]");
        await settled(page);
        await onEveryPage(page, [locale], (where) => checkRules(page, where));
        await page.click("[data-tool=help]");
        await checkRules(page, "help");
        await page.keyboard.press("Escape");
        await page.click("nav.pages a[href*='/rfm']");
        await settled(page);
        await page.locator(".how-button").first().click();
        await checkRules(page, "how computed");
      });
    });
  }
}

/** Boxes whose words do not fit: cut off by their own edge, or drawn outside of their picture. Boxes that scroll, and the file's name, may be longer. */
function clippedBoxes() {
  return everything().flatMap((element) => {
    if (element.localName === "text" && element.ownerSVGElement) {
      const [box, picture] = [element.getBoundingClientRect(), element.ownerSVGElement.getBoundingClientRect()];
      return box.width > 0 && (box.left < picture.left - 1 || box.right > picture.right + 1) ? [nameOf(element)] : [];
    }
    if (!(element instanceof HTMLElement) || element.matches(".file-name")) return [];
    const { overflowX, overflowY, clipPath } = getComputedStyle(element);
    const cuts = (overflow) => ["hidden", "clip"].includes(overflow) && clipPath === "none";
    const excess = (cuts(overflowX) && element.scrollWidth > element.clientWidth + 1) || (cuts(overflowY) && element.scrollHeight > element.clientHeight + 1);
    return excess ? [nameOf(element)] : [];
  });
}

/** Lines of words and controls that lie over one another; what sticks to an edge may lie over what scrolls below it. */
function overlappingBoxes() {
  // As high as the letters: the boxes of fonts reach out of their lines.
  const lines = (node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
    return [...range.getClientRects()].map(({ left, top, right, bottom }) => ({ left, right, top: (top + bottom - size) / 2, bottom: (top + bottom + size) / 2 }));
  };
  const known = new Map([[undefined, { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity }]]);
  /** What of the page is seen through an element; `null` where it is lifted out of the page. */
  const windowOf = (element) => {
    if (!known.has(element)) {
      const around = windowOf(element.parentElement ?? element.getRootNode().host);
      const { position, clipPath, overflowX, overflowY } = getComputedStyle(element);
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const across = overflowX === "visible" ? {} : { left: Math.max(left, around?.left), right: Math.min(right, around?.right) };
      const down = overflowY === "visible" ? {} : { top: Math.max(top, around?.top), bottom: Math.min(bottom, around?.bottom) };
      const lifted = around === null || ["sticky", "fixed"].includes(position) || clipPath !== "none";
      known.set(element, lifted ? null : { ...around, ...across, ...down });
    }
    return known.get(element);
  };
  const boxes = everything().flatMap((element) => {
    if (element.closest("svg, script, style") || !element.checkVisibility({ opacityProperty: true })) return [];
    const words = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "");
    const rects = element.matches("button, a, select, input, summary") ? [element.getBoundingClientRect()] : words.flatMap(lines);
    const seen = rects.length > 0 ? windowOf(element) : null;
    if (seen === null) return [];
    const boxes = rects.map(({ left, top, right, bottom }) => ({
      element, left: Math.max(left, seen.left), top: Math.max(top, seen.top), right: Math.min(right, seen.right), bottom: Math.min(bottom, seen.bottom),
    }));
    return boxes.filter(({ left, top, right, bottom }) => right - left > 1 && bottom - top > 1);
  });
  boxes.sort((one, other) => one.top - other.top);
  return boxes.flatMap((one, at) => {
    const below = boxes.slice(at + 1, boxes.findIndex((each, idx) => idx > at && each.top >= one.bottom - 1) >>> 0);
    const over = below.filter((other) => one.left < other.right - 1 && other.left < one.right - 1 && !one.element.contains(other.element) && !other.element.contains(one.element));
    return over.map((other) => `${nameOf(one.element)} / ${nameOf(other.element)}`);
  });
}

// The last is a window of 1440 × 900 zoomed to 200 %.
for (const [width, height, deviceScaleFactor] of [[360, 800, 1], [768, 800, 1], [1440, 800, 1], [720, 450, 2]]) {
  test(`nothing is wider than the window at ${width} px × ${deviceScaleFactor}, no word is cut off, nothing overlaps, in both languages`, async () => {
    await withPage({ viewport: { width, height }, deviceScaleFactor }, async (page) => {
      await openSample(page, "retailer");
      await onEveryPage(page, ["zh-CN", "en"], async (where) => {
        const excess = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.equal(excess, 0, where);
        assert.deepEqual(await page.evaluate(clippedBoxes), [], where);
        assert.deepEqual(await page.evaluate(overlappingBoxes), [], where);
      });
    });
  });
}

/** How a thing looks by computed style: what tells one state from another. */
const LOOK = ["backgroundColor", "color", "outline", "outlineOffset", "border", "boxShadow", "fontWeight", "textDecorationLine"];

/** What is chosen and looks like what is not. */
function unmarkedChoices(look) {
  const lookOf = (element) => JSON.stringify(look.map((property) => getComputedStyle(element)[property]));
  const pairs = [[".segment input:checked + span", ".segment input:not(:checked) + span"], [".toggle button[aria-pressed=true]", ".toggle button[aria-pressed=false]"], [".page-link[aria-current=page]", ".page-link:not([aria-current])"]];
  const root = document.querySelector("feilun-dashboard").shadowRoot;
  return pairs.flatMap(([chosen, other]) => [...root.querySelectorAll(chosen)].filter((element) => lookOf(element) === lookOf(root.querySelector(other))).map(nameOf));
}

/** What can be focused and then looks as before; a radio button lies unseen over its words. */
function ringlessControls(look) {
  const lookOf = (element) => JSON.stringify(look.map((property) => getComputedStyle(element)[property]));
  const reached = everything().filter((element) => element.matches("a[href], button:enabled, input:enabled, select:enabled, summary, [tabindex='0']") && element.checkVisibility());
  return reached.flatMap((element) => {
    const seen = element.matches(".segment input") ? element.nextElementSibling : element;
    element.blur();
    const before = lookOf(seen);
    element.focus();
    return lookOf(seen) === before ? [nameOf(element)] : [];
  });
}

/** Shapes and words of charts whose colour is not the one they were drawn in. */
function recolouredShapes() {
  const shapes = everything().filter((element) => element.ownerSVGElement && element.closest(".picture"));
  const toHex = (color) => `#${(color.match(/\d+/g) ?? []).slice(0, 3).map((part) => Number(part).toString(16).padStart(2, "0")).join("")}`;
  return shapes.flatMap((element) => ["fill", "stroke"].filter((name) => element.getAttribute(name)?.startsWith("#") && toHex(getComputedStyle(element)[name]) !== element.getAttribute(name).toLowerCase()).map(() => nameOf(element)));
}

for (const colorScheme of ["light", "dark"]) {
  test(`forced colours, ${colorScheme}: charts keep theirs, what is chosen and what has the focus is seen, words have contrast`, async () => {
    await withPage({ forcedColors: "active", colorScheme }, async (page) => {
      await openSample(page, "retailer");
      await onEveryPage(page, [colorScheme === "light" ? "zh-CN" : "en"], async (where) => {
        const drawn = await page.evaluate(() => everything().flatMap((element) => element.drawing?.svg ?? []));
        for (const svg of drawn) assert.ok(new Set(svg.match(/#[0-9A-F]{6}\b/gi)).size >= 4, `${where}: a chart in the forced colours`);
        assert.deepEqual(await page.evaluate(recolouredShapes), [], where);
        assert.deepEqual(await page.evaluate(unmarkedChoices, LOOK), [], where);
        await page.keyboard.press("Tab");
        assert.deepEqual(await page.evaluate(ringlessControls, LOOK), [], where);
        await checkRules(page, where, { type: "rule", values: ["color-contrast", "link-in-text-block"] });
      });
    });
  });
}

/** What moves for longer than a millisecond, or again and again. */
function movingBoxes() {
  const lasts = (times) => times.split(", ").some((time) => parseFloat(time) * (time.endsWith("ms") ? 1 : 1000) > 1);
  const moves = ({ transitionDuration, animationDuration, animationIterationCount, scrollBehavior }) =>
    lasts(transitionDuration) || lasts(animationDuration) || animationIterationCount.includes("infinite") || scrollBehavior === "smooth";
  return everything().filter((element) => [undefined, "::before", "::after"].some((part) => moves(getComputedStyle(element, part)))).map(nameOf);
}

test("reduced motion: nothing moves on any page", async () => {
  await withPage({}, async (page) => {
    await openSample(page, "retailer");
    assert.ok((await page.evaluate(movingBoxes)).length > 0, "something moves where motion is welcome");
    await page.emulateMedia({ reducedMotion: "reduce" });
    await onEveryPage(page, ["en"], async (where) => assert.deepEqual(await page.evaluate(movingBoxes), [], where));
    // A panel that waits, and the bar of a file being read.
    const waiting = "<progress></progress><section class='panel' aria-busy='true'><div class='panel-body'></div></section>";
    await page.locator(".page").evaluate((shown, waiting) => shown.insertAdjacentHTML("beforeend", waiting), waiting);
    assert.deepEqual(await page.evaluate(movingBoxes), []);
  });
});

test("on a phone: filters behind one button, every list within the window, the names of segments in sight", async () => {
  await withPage({ viewport: { width: 360, height: 800 } }, async (page) => {
    await openSample(page, "retailer");
    await page.click("nav.pages a[href*='/rfm']");
    await settled(page);
    assert.ok((await page.locator(".filters").boundingBox()).height < 40);
    await page.click(".filters-toggle");
    for (const menu of await page.locator(".filters .menu").all()) {
      await menu.locator("summary").click();
      const { x, width } = await menu.locator(".menu-panel").boundingBox();
      assert.ok(x >= 0 && x + width <= 360, `${x}, ${width}`);
      await page.keyboard.press("Escape");
    }
    await page.locator("details[data-menu=channel] summary").click();
    await page.locator("details[data-menu=channel] input").first().check();
    await page.keyboard.press("Escape");
    await page.click(".filters-toggle");
    assert.match(await page.textContent(".filters-toggle"), /1 项/);
    assert.equal(await page.locator(".chip").count(), 1);
    const offsets = await page.locator("section:has(#segments-title) .table-scroll").evaluate((scroll) => {
      scroll.scrollLeft = 200;
      return [...scroll.querySelectorAll("tr > th:first-child")].map((name) => Math.round(name.getBoundingClientRect().left - scroll.getBoundingClientRect().left));
    });
    assert.deepEqual([...new Set(offsets)], [0]);
  });
});
