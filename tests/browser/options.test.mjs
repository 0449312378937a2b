// The switches: whatever is offered has an answer, and what is switched to is what was computed.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { tableFromIPC } from "apache-arrow";
import { CDNOW, choose, openDashboard, openSample, settled, twin } from "./dashboard.mjs";

let dashboard;

before(async () => {
  dashboard = await openDashboard();
});
after(() => dashboard?.close());

const STEPS = 50;
/** Choices by the hundred, of which none is refused. */
const DAYS = ["now", "then"];

/** Opens the lesser switches of the page. */
async function unfold(page) {
  if ((await page.locator(".more[open]").count()) === 0) await page.locator(".more summary").first().click();
}

/** Every choice that can be taken now and is not: `[name, value]`. */
function offered() {
  const root = document.querySelector("feilun-dashboard").shadowRoot;
  const lists = [...root.querySelectorAll(".controls select")].flatMap((list) =>
    [...list.options].filter((option) => !option.disabled && !option.selected).map((option) => [list.name, option.value]));
  const radios = [...root.querySelectorAll(".controls input[type=radio]")].filter((radio) => !radio.disabled && !radio.checked).map((radio) => [radio.name, radio.value]);
  return [...lists, ...radios];
}

for (const name of ["cohorts", "rfm", "growth", "flywheel"]) {
  test(`${name}: a walk through what is offered meets no refusal`, () =>
    dashboard.withPage({ locale: "en" }, `#/${name}?cohortsFrom=2024-09-01`, async (page) => {
      await openSample(page, "retailer");
      let seed = 7;
      const random = (below) => {
        seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
        return Math.floor((seed / 2 ** 31) * below);
      };
      const taken = [];
      for (let step = 0; step < STEPS; step++) {
        await unfold(page);
        const choices = (await page.evaluate(offered)).filter(([name]) => !DAYS.includes(name));
        const names = [...new Set(choices.map(([name]) => name))];
        const turned = names[random(names.length)];
        const values = choices.filter(([name]) => name === turned);
        const choice = values[random(values.length)];
        taken.push(choice.join("="));
        await choose(page, ...choice);
        assert.deepEqual(await page.locator(".panel-error").allTextContents(), [], `after ${taken.join(", ")}`);
      }
      // Else the walk went in circles.
      assert.ok(new Set(taken.map((each) => each.split("=")[0])).size >= (name === "flywheel" ? 3 : 6), taken.join(", "));
    }));
}

test("lesser switches of cohorts: brackets, orders needed, and the first purchase in a range, counted once more from the file", async () => {
  const table = tableFromIPC(await readFile(CDNOW));
  const [customers, times, amounts] = ["customer_id", "ordered_at", "amount"].map((name) => table.getChild(name));
  const bought = new Map();
  for (let row = 0; row < table.numRows; row++) {
    if (!(amounts.get(row) > 0)) continue;
    const month = new Date(Number(times.get(row))).toISOString().slice(0, 7);
    if (!bought.has(customers.get(row))) bought.set(customers.get(row), []);
    bought.get(customers.get(row)).push(month);
  }
  const index = (month) => 12 * Number(month.slice(0, 4)) + Number(month.slice(5));
  /** Members of a month by their first purchase from `since` on, and how many of them bought `orders` times in the months `from` to `to` after it. */
  const counted = (cohort, { since = "0000-00", from, to, orders = 1 }) =>
    [...bought.values()].filter((months) => {
      const first = months.filter((month) => month >= since).sort()[0];
      return first === cohort && months.filter((month) => index(month) - index(cohort) >= from && index(month) - index(cohort) <= to).length >= orders;
    }).length;
  await dashboard.withPage({ locale: "en" }, "#/cohorts?measure=count", async (page) => {
    await openSample(page, "cdnow");
    await unfold(page);
    const cell = async (key) => Number((await twin(page, "feilun-cohorts")).cells[key].replaceAll(",", ""));
    await choose(page, "brackets", "1,2,3,6");
    assert.equal(await cell("cohort:1997-02/2"), counted("1997-02", { from: 2, to: 3 }));
    assert.equal(await cell("cohort:1997-02/4"), counted("1997-02", { from: 7, to: 12 }));
    assert.match(await page.textContent("#panel-cohorts .definition"), /2–3/);
    assert.match(await page.locator("select[name=smooth] option[value='3']").textContent(), /needs orders/);
    await choose(page, "brackets", "none");
    await choose(page, "minOrders", "2");
    assert.equal(await cell("cohort:1997-02/2"), counted("1997-02", { from: 2, to: 2, orders: 2 }));
    await choose(page, "minOrders", "1");
    assert.ok(await page.locator("select[name=entry] option[value=first_in_range]").evaluate((option) => option.disabled));
    await page.fill("input[name=cohortsFrom]", "1997-06-01");
    await settled(page);
    await choose(page, "entry", "first_in_range");
    assert.equal(await cell("cohort:1997-07/0"), counted("1997-07", { since: "1997-06", from: 0, to: 0 }));
    assert.equal(await cell("cohort:1997-07/3"), counted("1997-07", { since: "1997-06", from: 3, to: 3 }));
    assert.match(page.url(), /entry=first_in_range&cohortsFrom=1997-06-01/);
    // Without a beginning it is the first ever again.
    await page.fill("input[name=cohortsFrom]", "");
    await settled(page);
    assert.equal(await page.inputValue("select[name=entry]"), "first_ever");
  });
});

test("lesser switches of RFM and growth are what is computed", () =>
  dashboard.withPage({ locale: "en" }, "#/rfm?preset=cn8", async (page) => {
    await openSample(page, "retailer");
    await unfold(page);
    const bins = async () => page.locator(".score-axes table").first().locator("tbody tr").count();
    await choose(page, "bins", "4");
    assert.equal(await bins(), 4);
    await choose(page, "cn8By", "median");
    // The grid is defined on five scores: it takes them along.
    await choose(page, "preset", "grid");
    assert.equal(await bins(), 5);
    assert.ok(await page.locator("select[name=bins] option[value='4']").evaluate((option) => option.disabled));
    await page.click("nav.pages a[href*=growth]");
    await settled(page);
    await unfold(page);
    await choose(page, "growthWindow", "rolling");
    assert.ok(await page.locator("input[name=growthGranularity][value=day]").isChecked());
    const rolling = await page.locator("feilun-growth").evaluate((chart) => chart.result.periods.at(-1).period);
    assert.equal((Date.parse(rolling.end) - Date.parse(rolling.start)) / 86_400_000, 28);
    await choose(page, "growthGranularity", "month");
    assert.equal(await page.inputValue("select[name=growthWindow]"), "calendar");
    await choose(page, "growthEntity", "store");
    const stores = await page.locator("feilun-growth").evaluate((chart) => chart.result.periods.at(-1).counts.active);
    assert.ok(stores > 0 && stores < 100, `${stores} stores`);
  }));

test("curves of the cohorts and the slices that are ticked, and the mean alone; undone, and gone with other labels", () =>
  dashboard.withPage({ locale: "en" }, "#/cohorts?chart=curves", async (page) => {
    await openSample(page, "retailer");
    const drawn = async () => {
      await settled(page);
      const keys = await page.locator("feilun-curves").evaluate((chart) => chart.drawing.marks.map(({ key }) => key.split("/")[0]));
      return [...new Set(keys)].sort();
    };
    const summary = page.locator("details[data-menu=curves] summary");
    const tick = (label) => page.locator("details[data-menu=curves] label", { hasText: label }).locator("input").click();
    const usual = await drawn();
    assert.equal(usual.length, 13);
    await summary.click();
    await tick("2024-10");
    await tick("2025-02");
    assert.deepEqual(await drawn(), ["cohort:2024-10", "cohort:2025-02", "mean:pooled"]);
    assert.match(await summary.textContent(), /2 chosen/);
    await page.locator("details[data-menu=curves] .menu-foot button").first().click();
    assert.deepEqual(await drawn(), ["mean:pooled"]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    assert.deepEqual(await drawn(), ["cohort:2024-10", "cohort:2025-02", "mean:pooled"]);
    await choose(page, "slice", "channel");
    assert.ok((await drawn()).length > 3);
    await summary.click();
    await tick("app");
    assert.deepEqual(await drawn(), ["mean:pooled", "slice:app"]);
  }));
