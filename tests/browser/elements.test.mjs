// The chart elements in a real Chromium, inside a nested shadow root, as a portal would embed them.

import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach, test } from "node:test";
import { goldenOrders } from "../node/golden_orders.mjs";
import { ROOT, launch, openPage, serve } from "./harness.mjs";

const NAMES = ["feilun-cohorts", "feilun-curves", "feilun-rfm", "feilun-migration", "feilun-concentration", "feilun-growth", "feilun-flywheel", "feilun-lags", "feilun-costs", "feilun-claims", "feilun-pickups"];

/** What has nothing to point at in the golden orders: too few months for a trend, no pickup. */
const UNMARKED = ["feilun-claims", "feilun-pickups"];

let browser, site, visit, page;

before(async () => {
  [browser, site] = [await launch(), await serve(ROOT)];
});
after(() => Promise.all([browser.close(), site.close()]));

beforeEach(async () => {
  visit = await openPage(browser, { viewport: { width: 900, height: 700 } });
  page = visit.page;
  await visit.context.route("**/given/golden.arrow", (route) => route.fulfill({ body: Buffer.from(goldenOrders()) }));
  await page.goto(`${site.origin}/tests/browser/blank.html`);
  await page.evaluate(async () => {
    const { open } = await import("/pkg/dist/index.js");
    const data = await open(await (await fetch("/given/golden.arrow")).blob());
    globalThis.results = {
      "feilun-cohorts": await data.cohorts(),
      "feilun-curves": await data.cohorts(),
      "feilun-rfm": await data.rfm({ windowDays: null }),
      "feilun-migration": await data.rfmMigration({ from: "2025-03-01", rfm: { windowDays: null } }),
      "feilun-concentration": await data.concentration({ windowDays: null }),
      "feilun-growth": await data.growth(),
      "feilun-flywheel": await data.flywheel(),
      "feilun-lags": await data.flywheel(),
      "feilun-costs": await data.flywheel(),
      "feilun-claims": await data.flywheel(),
      "feilun-pickups": await data.privateDomain(),
    };
    // Two shadow roots deep, as in a portal built of components.
    const outer = document.body.appendChild(document.createElement("div")).attachShadow({ mode: "open" });
    globalThis.inner = outer.appendChild(document.createElement("section")).attachShadow({ mode: "open" });
    globalThis.show = (name, result = results[name], attributes = {}) => {
      const element = document.createElement(name);
      for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
      const drawn = new Promise((resolve, reject) => {
        element.addEventListener("feilun-draw", () => resolve(element), { once: true });
        element.addEventListener("feilun-error", (event) => reject(event.detail.error), { once: true });
      });
      element.result = result;
      inner.append(element);
      return drawn;
    };
    globalThis.redrawn = (element, change) =>
      new Promise((resolve) => {
        element.addEventListener("feilun-draw", (event) => resolve(event.detail.drawing), { once: true });
        change();
      });
  });
});
afterEach(async () => {
  assert.deepEqual(visit.complaints, []);
  assert.deepEqual(visit.requests.filter((url) => !url.startsWith(site.origin)), []);
  await visit.close();
});

const register = () => page.evaluate(() => import("/pkg/dist/elements/index.js"));

test("every element draws an SVG, its marks and its table", async () => {
  await register();
  for (const name of NAMES) {
    const seen = await page.evaluate(async (name) => {
      const element = await show(name, undefined, { lang: "en" });
      const { drawing, shadowRoot } = element;
      const svg = shadowRoot.querySelector("svg").getBoundingClientRect();
      return {
        ratio: svg.width / svg.height / (drawing.width / drawing.height),
        width: [drawing.width, Math.floor(element.getBoundingClientRect().width)],
        marks: [shadowRoot.querySelectorAll(".mark").length, drawing.marks.length],
        stops: shadowRoot.querySelectorAll(".mark[tabindex='0']").length,
        label: [shadowRoot.querySelector("[role=grid]").getAttribute("aria-label"), drawing.title],
        described: shadowRoot.getElementById("description").textContent === drawing.description,
        rows: [shadowRoot.querySelectorAll("tbody tr").length, drawing.table.rows.length],
        status: shadowRoot.querySelector("[role=status]").textContent.length > 0,
      };
    }, name);
    assert.ok(Math.abs(seen.ratio - 1) < 0.02, name);
    assert.equal(...seen.width, name);
    assert.equal(...seen.marks, name);
    assert.equal(seen.marks[0] > 0, !UNMARKED.includes(name), name);
    assert.equal(seen.stops, Math.min(seen.marks[0], 1), name);
    assert.equal(...seen.label, name);
    assert.equal(...seen.rows, name);
    assert.ok((seen.rows[0] > 0 || UNMARKED.includes(name)) && seen.described && seen.status, name);
  }
});

test("a property set before the element is defined is kept", async () => {
  const shown = await page.evaluate(async () => {
    const element = document.createElement("feilun-cohorts");
    element.result = results["feilun-cohorts"];
    element.currency = "€";
    inner.append(element);
    const drawn = new Promise((resolve) => element.addEventListener("feilun-draw", resolve, { once: true }));
    await import("/pkg/dist/elements/index.js");
    await drawn;
    return [element.shadowRoot.querySelectorAll("svg").length, element.getAttribute("currency")];
  });
  assert.deepEqual(shown, [1, "€"]);
});

test("arrow keys walk the marks, Enter and click select across shadow borders", async () => {
  await register();
  await page.evaluate(async () => {
    globalThis.selected = [];
    document.addEventListener("feilun-select", (event) => selected.push([event.detail.key, event.detail.mark.key]));
    globalThis.element = await show("feilun-cohorts");
    element.shadowRoot.querySelector(".mark[data-key='cohort:2025-01/0']").focus();
  });
  const focused = () => page.evaluate(() => element.shadowRoot.activeElement?.dataset.key);
  const press = async (...keys) => {
    for (const key of keys) await page.keyboard.press(key);
    return focused();
  };
  assert.equal(await press("ArrowRight"), "cohort:2025-01/1");
  assert.equal(await press("ArrowRight"), "cohort:2025-01/2");
  assert.equal(await press("ArrowDown"), "cohort:2025-02/1");
  const ends = await page.evaluate(() => {
    const { row } = element.drawing.marks.find((mark) => mark.key === "cohort:2025-02/1");
    const keys = element.drawing.marks.filter((mark) => mark.row === row).sort((a, b) => a.col - b.col).map((mark) => mark.key);
    return [keys[0], keys.at(-1)];
  });
  assert.deepEqual([await press("Home"), await press("End")], ends);
  assert.equal(await page.evaluate(() => element.shadowRoot.querySelectorAll(".mark[tabindex='0']").length), 1);
  await page.evaluate(() => element.shadowRoot.querySelector(".mark[data-key='cohort:2025-02/1']").focus());
  await page.keyboard.press("Enter");
  await page.evaluate(() => element.shadowRoot.querySelector(".mark[data-key='cohort:2025-01/2']").click());
  assert.deepEqual(await page.evaluate(() => selected), [["cohort:2025-02/1", "cohort:2025-02/1"], ["cohort:2025-01/2", "cohort:2025-01/2"]]);
});

test("hover and focus show a tooltip inside the viewport, Escape dismisses it", async () => {
  await register();
  const places = await page.evaluate(async () => {
    globalThis.element = await show("feilun-cohorts");
    return [...element.shadowRoot.querySelectorAll(".mark")].map((mark) => {
      const { x, y, width, height } = mark.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2, key: mark.dataset.key };
    });
  });
  const tooltip = () =>
    page.evaluate(() => {
      const tip = element.shadowRoot.querySelector(".tooltip");
      const { left, top, right, bottom } = tip.getBoundingClientRect();
      return { shown: tip.checkVisibility(), inside: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight, text: tip.textContent };
    });
  for (const { x, y, key } of places) {
    await page.mouse.move(x, y);
    const { shown, inside, text } = await tooltip();
    const mark = await page.evaluate((key) => element.drawing.marks.find((mark) => mark.key === key), key);
    assert.ok(shown && inside, key);
    assert.ok(text.startsWith(mark.label), `${text} does not begin with ${mark.label}`);
    for (const { value } of mark.details) assert.ok(text.includes(value));
  }
  await page.keyboard.press("Escape");
  assert.equal((await tooltip()).shown, false);
  await page.evaluate(() => element.shadowRoot.querySelector(".mark").focus());
  assert.equal((await tooltip()).shown, true);
  await page.evaluate(() => element.shadowRoot.activeElement.blur());
  assert.equal((await tooltip()).shown, false);
});

test("the toggle shows the table in place of the chart", async () => {
  await register();
  const seen = await page.evaluate(async () => {
    const element = await show("feilun-cohorts", undefined, { lang: "zh" });
    const visible = (selector) => element.shadowRoot.querySelector(selector).checkVisibility();
    const look = () => [visible("svg"), visible("table"), element.shadowRoot.querySelector("button").textContent, element.view];
    const before = look();
    element.shadowRoot.querySelector("button").click();
    const table = look();
    const cells = [...element.shadowRoot.querySelectorAll("tbody td")].map((cell) => cell.textContent);
    element.removeAttribute("view");
    return { before, table, back: look(), cells, expected: element.drawing.table.rows.flatMap((row) => element.drawing.table.head.slice(1).map((_, i) => row.cells[i]?.text ?? "")) };
  });
  assert.deepEqual(seen.before, [true, false, "表格", "chart"]);
  assert.deepEqual(seen.table, [false, true, "图表", "table"]);
  assert.deepEqual(seen.back, seen.before);
  assert.deepEqual(seen.cells, seen.expected);
});

test("it follows custom properties, theme, preference, language and width", async () => {
  await register();
  const svg = await page.evaluate(async () => {
    globalThis.element = await show("feilun-cohorts");
    const shot = () => element.shadowRoot.querySelector("svg").outerHTML.toLowerCase();
    const light = shot();
    await redrawn(element, () => document.body.style.setProperty("--feilun-scale-high", "rgb(18 52 86)"));
    const token = shot();
    await redrawn(element, () => document.body.style.removeProperty("--feilun-scale-high"));
    const dark = await redrawn(element, () => element.setAttribute("theme", "dark")).then(shot);
    const narrow = await redrawn(element, () => (element.style.width = "420px"));
    const english = await redrawn(element, () => element.setAttribute("lang", "en"));
    await redrawn(element, () => element.removeAttribute("theme"));
    return { light, token, dark, width: narrow.width, chinese: narrow.title, english: english.title };
  });
  assert.ok(!svg.light.includes("#123456") && svg.token.includes("#123456"));
  assert.ok(svg.dark.includes("#0f1721") && !svg.light.includes("#0f1721"));
  assert.equal(svg.width, 420);
  assert.notEqual(svg.chinese, svg.english);
  const preferred = page.evaluate(() => new Promise((resolve) => element.addEventListener("feilun-draw", () => resolve(element.shadowRoot.querySelector("svg").outerHTML.toLowerCase()), { once: true })));
  await page.emulateMedia({ colorScheme: "dark" });
  assert.ok((await preferred).includes("#0f1721"));
});

test("an older draw never overwrites a newer one", async () => {
  await register();
  const [first, last] = await page.evaluate(async () => {
    const { draw } = await import("/pkg/dist/index.js");
    const element = await show("feilun-growth");
    const other = structuredClone(results["feilun-growth"]);
    other.periods.pop();
    for (let i = 0; i < 20; i++) {
      element.result = i % 2 === 0 ? results["feilun-growth"] : other;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    // The worker answers in order: after this one every draw asked for above is back.
    await draw({ chart: "growth_bars", result: other });
    const shown = JSON.stringify(element.drawing);
    await redrawn(element, () => (element.result = other));
    return [shown, JSON.stringify(element.drawing)];
  });
  assert.equal(first, last);
});

test("a result that cannot be drawn says so", async () => {
  await register();
  const seen = await page.evaluate(async () => {
    const error = await show("feilun-cohorts", { rows: [] }).then(() => null, (error) => error);
    const alert = inner.querySelector("feilun-cohorts").shadowRoot.querySelector("[role=alert]");
    return [error.code, alert.checkVisibility(), alert.textContent === error.message];
  });
  assert.deepEqual(seen, ["config", true, true]);
});

test("slots stand in for the drawing: nothing to show, not yet drawn, not to be drawn", async () => {
  await register();
  const seen = await page.evaluate(async () => {
    const element = document.createElement("feilun-growth");
    const shown = () => [...element.children].filter((child) => child.checkVisibility()).map((child) => child.slot);
    for (const slot of ["empty", "loading", "error"]) element.append(Object.assign(document.createElement("p"), { slot, textContent: slot }));
    const heard = (name) => new Promise((resolve) => element.addEventListener(name, resolve, { once: true }));
    inner.append(element);
    const states = [shown()];
    // A drawing may be done within a frame: every change is looked at, not every frame.
    new MutationObserver(() => states.push(shown())).observe(element.shadowRoot, { subtree: true, attributeFilter: ["hidden"] });
    const drawn = heard("feilun-draw");
    element.result = results["feilun-growth"];
    await drawn;
    states.push(shown());
    const failed = heard("feilun-error");
    element.result = { periods: 1 };
    await failed;
    states.push(shown());
    element.result = null;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    states.push(shown());
    return [...new Set(states.map((state) => state.join()))].concat(states.at(-1).join());
  });
  assert.deepEqual(seen, ["empty", "loading", "", "error", "empty"]);
});

test("elements ask for themselves: by address, sharing one dataset, by dataset, with a config that goes round through JSON", async () => {
  await register();
  const seen = await page.evaluate(async () => {
    const asking = (name, properties) => {
      const element = document.createElement(name);
      const told = new Promise((resolve) => {
        element.addEventListener("feilun-draw", () => resolve(element), { once: true });
        element.addEventListener("feilun-error", (event) => resolve(event.detail.error), { once: true });
      });
      Object.assign(element, properties);
      inner.append(element);
      return told;
    };
    const src = "/given/golden.arrow";
    const [cohorts, growth] = await Promise.all([asking("feilun-cohorts", { src }), asking("feilun-growth", { src, config: { granularity: "quarter" } })]);
    const first = { rows: cohorts.result.rows.length, expected: results["feilun-cohorts"].rows.length, periods: growth.result.periods.map(({ period }) => period.label) };

    const kept = JSON.parse(JSON.stringify(growth.config));
    const again = await asking("feilun-growth", { src, config: kept });
    const same = JSON.stringify(again.result) === JSON.stringify(growth.result);

    await redrawn(growth, () => (growth.config = { granularity: "month" }));
    const months = growth.result.periods.length;

    const { open } = await import("/pkg/dist/index.js");
    const data = await open(await (await fetch(src)).blob());
    const rfm = await asking("feilun-rfm", { data, config: { windowDays: null } });
    const scored = [rfm.result.nCustomers, results["feilun-rfm"].nCustomers];
    // A result that is set holds, whatever was asked.
    await redrawn(rfm, () => (rfm.result = results["feilun-rfm"]));

    const refused = await asking("feilun-growth", { src, config: { granularity: "eon" } });
    const absent = await asking("feilun-growth", { src: "/given/nothing.arrow" });
    let version;
    try {
      growth.config = { version: 2 };
    } catch (error) {
      version = [error.name, error.code];
    }
    inner.replaceChildren();
    return { first, kept, same, months, scored, held: rfm.result === results["feilun-rfm"], refused: refused.code, absent: [absent.name, absent.code], version };
  });
  assert.equal(seen.first.rows, seen.first.expected);
  assert.deepEqual(seen.first.periods, ["2025-Q1"]);
  assert.deepEqual(seen.kept, { version: 1, granularity: "quarter" });
  assert.deepEqual([seen.same, seen.months, seen.held], [true, 3, true]);
  assert.equal(...seen.scored);
  assert.deepEqual([seen.refused, seen.absent[0], seen.version], ["config", "FeilunError", ["FeilunError", "config"]]);
  assert.equal(visit.requests.filter((url) => url.endsWith("golden.arrow")).length, 3, "one each for the page, the elements with `src`, and the test's own");
  visit.complaints.splice(0, visit.complaints.length, ...visit.complaints.filter((text) => !/404/.test(text)));
});

test("a dashboard set before it is defined is the page, and shows its config", async () => {
  const shown = await page.evaluate(async () => {
    const dashboard = document.createElement("feilun-dashboard");
    Object.assign(dashboard, { page: true, config: { view: { page: "rfm", lang: "en" } } });
    document.body.append(dashboard);
    await import("/pkg/dist/elements/index.js");
    await new Promise((resolve) => setTimeout(resolve, 100));
    return [location.hash, document.title, dashboard.config.view.page];
  });
  assert.deepEqual([shown[0].startsWith("#/rfm"), shown[2]], [true, "rfm"]);
  assert.match(shown[1], /Feilun/);
});

test("the dashboard: a file by `src`, a config that goes round, filters told, an export kept back", async () => {
  await register();
  await page.evaluate(() => {
    const dashboard = document.createElement("feilun-dashboard");
    Object.assign(dashboard, { id: "board", lang: "en", src: "/given/golden.arrow", config: { view: { page: "growth", growthUnit: "revenue" }, filter: { until: "2025-03-01" } } });
    globalThis.told = [];
    for (const name of ["feilun-filter", "feilun-export"]) dashboard.addEventListener(name, (event) => told.push([name, event.detail]));
    document.body.append(dashboard);
  });
  await page.click("#board button[type=submit]");
  await page.waitForSelector("#board feilun-growth");
  const config = await page.evaluate(() => JSON.parse(JSON.stringify(document.getElementById("board").config)));
  assert.deepEqual([config.version, config.view.page, config.view.growthUnit, config.filter], [1, "growth", "revenue", { until: "2025-03-01" }]);
  await page.waitForFunction(() => document.getElementById("board").shadowRoot.querySelector("feilun-growth").result?.periods.length === 2);

  await page.evaluate((config) => (document.getElementById("board").config = { ...config, filter: {} }), config);
  await page.waitForFunction(() => document.getElementById("board").shadowRoot.querySelector("feilun-growth").result?.periods.length === 3);
  assert.deepEqual(await page.evaluate(() => told), [["feilun-filter", { filter: {} }]]);

  const csv = page.locator("#board #panel-growth [data-export=csv]");
  const [saved] = await Promise.all([page.waitForEvent("download"), csv.click()]);
  assert.equal(saved.suggestedFilename(), "feilun-growth-2025-04-01.csv");
  await page.evaluate(() => document.getElementById("board").addEventListener("feilun-export", (event) => event.preventDefault()));
  let more = 0;
  page.on("download", () => (more += 1));
  await csv.click();
  await page.waitForFunction(() => told.length === 3);
  assert.deepEqual(await page.evaluate(() => told[2]), ["feilun-export", { name: "feilun-growth-2025-04-01.csv", format: "csv" }]);
  await page.waitForTimeout(200);
  assert.equal(more, 0);
});
