// What the tests of the dashboard do with it: open it, drop files, switch, wait, read the table twin; and CDNOW counted by hand.
//
// In: dist/dashboard. Out: `withPage`, which ends with no console message and no request to elsewhere, and the steps inside it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { DASHBOARD, ROOT, launch, openPage, serve } from "./harness.mjs";

/** The file of CDNOW. */
export const CDNOW = join(ROOT, "tests/data/cdnow.arrow");

/** The pages, in the order of their links. */
export const PAGES = ["overview", "cohorts", "rfm", "flywheel", "growth", "dictionary", "data"];

/** Serves the dashboard and starts a browser. */
export async function openDashboard() {
  const [server, browser] = [await serve(DASHBOARD), await launch()];
  return {
    close: () => Promise.all([browser.close(), server.close()]),
    /** Opens the dashboard; at the end nothing may have been said on the console or asked of another origin. */
    async withPage(options, fragment, run) {
      const { page, requests, complaints, close } = await openPage(browser, options);
      try {
        await page.goto(`${server.origin}/${fragment}`);
        await run(page, requests);
        assert.deepEqual(complaints, []);
        assert.deepEqual(requests.filter((url) => !url.startsWith(`${server.origin}/`) && !url.startsWith("blob:")), []);
      } finally {
        await close();
      }
    },
  };
}

/** Drops a file, as a path or as bytes. */
export async function dropFile(page, path, name) {
  const bytes = typeof path === "string" ? await readFile(path) : Buffer.from(path);
  const base64 = bytes.toString("base64");
  const transfer = await page.evaluateHandle(
    ({ base64, name }) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], name));
      return transfer;
    },
    { base64, name },
  );
  await page.dispatchEvent("feilun-dashboard", "drop", { dataTransfer: transfer });
}

/** Opens a sample by its id. */
export async function openSample(page, id) {
  await page.click(`[data-sample=${id}]`);
  await settled(page);
}

/** In the page: whether a page is shown and all of its charts show the newest answer. */
export function isSettled() {
  const root = document.querySelector("feilun-dashboard").shadowRoot;
  const panels = [...root.querySelectorAll(".panel[aria-busy]")];
  const charts = [...root.querySelectorAll(".panel-body > *")].filter((element) => element.localName.startsWith("feilun-"));
  return root.querySelector(".page") && panels.every((panel) => panel.ariaBusy === "false") && charts.every((chart) => chart.drawing && !chart.pending) && root.querySelector(".page .skeleton") === null;
}

/** Waits until the page's own chart shows the newest answer. */
export async function settled(page) {
  await page.waitForFunction(isSettled);
}

/** Sets a switch and waits for the answer. */
export async function choose(page, name, value) {
  const radio = page.locator(`input[name=${name}][value="${value}"]`);
  if ((await radio.count()) > 0) await radio.check();
  else await page.selectOption(`select[name=${name}]`, value);
  await settled(page);
}

/** In the page: the cells of a chart's table twin by their key, and its rows. */
export function twinOf(host) {
  const rows = [...host.shadowRoot.querySelectorAll("tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent));
  const cells = Object.fromEntries([...host.shadowRoot.querySelectorAll("td[data-key]")].map((cell) => [cell.dataset.key, cell.textContent]));
  return { rows, cells };
}

/** The table twin of a chart. */
export async function twin(page, element) {
  return page.locator(element).evaluate(twinOf);
}

function monthOf(time) {
  return new Date(time).toISOString().slice(0, 7);
}

/** The months each customer of CDNOW bought in, by id, read from the file. */
export async function cdnowMonths() {
  const table = tableFromIPC(await readFile(CDNOW));
  const [customers, times, amounts] = ["customer_id", "ordered_at", "amount"].map((name) => table.getChild(name));
  const months = new Map();
  for (let row = 0; row < table.numRows; row++) {
    if (!(amounts.get(row) > 0)) continue;
    const customer = customers.get(row);
    if (!months.has(customer)) months.set(customer, new Set());
    months.get(customer).add(monthOf(Number(times.get(row))));
  }
  return months;
}

/** Customers of CDNOW present in each cell, counted from the file: key → count; and all customers. */
export async function cdnowCohorts() {
  const months = await cdnowMonths();
  const cohorts = new Map();
  for (const active of months.values()) {
    const sorted = [...active].sort();
    const [year, month] = sorted[0].split("-").map(Number);
    for (const each of sorted) {
      const [y, m] = each.split("-").map(Number);
      const key = `cohort:${sorted[0]}/${(y - year) * 12 + (m - month)}`;
      cohorts.set(key, (cohorts.get(key) ?? 0) + 1);
    }
  }
  return { cohorts, customers: months.size };
}
