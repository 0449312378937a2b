// What every browser test needs: a static server for a built folder, a headless Chromium, and a page that remembers what it should not have done.
//
// In: a folder, CHROME and FIREFOX (the browsers, else found on PATH). Out: a server on a free port, a browser, pages with `requests` and `complaints`. No test waits on a clock.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { delimiter, extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

/** The repository's root. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where the dashboard is built to. */
export const DASHBOARD = join(ROOT, "dist/dashboard");

const TYPES = {
  ".arrow": "application/vnd.apache.arrow.file",
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

const CHROMIUM = { name: "Chromium", variable: "CHROME", programs: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"] };
const FIREFOX = { name: "Firefox", variable: "FIREFOX", programs: ["firefox-esr", "firefox"] };

const CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Serves a folder's files on a free port. */
export async function serve(folder, headers = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const file = join(folder, normalize(path), path.endsWith("/") ? "index.html" : "");
    try {
      const bytes = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", ...headers });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((closed) => server.close(closed)) };
}

function pathOf({ name, variable, programs }) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = process.env[variable] ?? folders.flatMap((folder) => programs.map((program) => join(folder, program))).find((path) => existsSync(path));
  if (!found) throw new Error(`no ${name} found: install one (Debian: \`apt-get install ${programs[0]}\`) or name it in ${variable}`);
  return found;
}

/** The path of a Firefox. */
export function firefoxPath() {
  return pathOf(FIREFOX);
}

/** Starts a headless Chromium. */
export function launch() {
  return chromium.launch({ executablePath: pathOf(CHROMIUM), args: CHROMIUM_FLAGS });
}

/** A new page of its own context, with the addresses it asked for (`requests`) and every console warning or error (`complaints`). */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "zh-CN", ...options });
  const page = await context.newPage();
  const requests = [];
  const complaints = [];
  context.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => {
    if (message.type() !== "log" && message.type() !== "info" && message.type() !== "debug") complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  return { page, context, requests, complaints, close: () => context.close() };
}
