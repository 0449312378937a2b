// The dashboard's entry: makes the app, draws it on every change, and listens to what happens on the whole page.
//
// In: the page. Out: nothing; this is where the drawing meets the document (language, title, theme, focus, dropped files).

import "feilun/elements";
import { render } from "lit";
import { App } from "./app.ts";
import { contextOf } from "./context.ts";
import type { Context } from "./context.ts";
import { localeOf } from "./format.ts";
import { shellView } from "./views/shell.ts";

const root = document.getElementById("app")!;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
let place = "";

function draw(): void {
  const context = contextOf(app);
  updateDocument(context);
  render(shellView(context), root);
  moveFocus(context);
}

function updateDocument({ lang, state, t }: Context): void {
  document.documentElement.lang = localeOf(lang);
  document.title = state.opened && !state.opening ? `${t(`page.${state.view.page}`)} – ${t("app.title")}` : t("app.title");
  const { theme } = state.view;
  document.documentElement.dataset["scheme"] = theme === "auto" ? (prefersDark.matches ? "dark" : "light") : theme;
}

/** On a new step or page the focus goes to its heading, so that keyboard and screen readers follow. */
function moveFocus({ state }: Context): void {
  const here = state.opening?.step ?? state.view.page;
  if (place !== "" && place !== here) {
    scrollTo(0, 0);
    root.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }
  place = here;
}

const app = new App(draw);

addEventListener("hashchange", () => app.followFragment());
prefersDark.addEventListener("change", () => app.update({}));

// Files dropped anywhere

function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

addEventListener("dragover", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  if (!app.state.dropping) app.update({ dropping: true });
});

addEventListener("dragleave", (event) => {
  if (event.relatedTarget === null) app.update({ dropping: false });
});

addEventListener("drop", (event) => {
  if (!holdsFiles(event)) return;
  event.preventDefault();
  app.update({ dropping: false });
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length > 0) void app.openFiles(files);
});

// Menus close on Escape and on a click elsewhere

function closeMenus(except: Node | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details[data-menu][open]")) {
    if (except === null || !menu.contains(except)) menu.open = false;
  }
}

addEventListener("pointerdown", (event) => closeMenus(event.target as Node));

addEventListener("keydown", (event) => {
  const menu = (event.target as Element).closest?.<HTMLDetailsElement>("details[data-menu][open]");
  if (event.key !== "Escape" || !menu) return;
  closeMenus(null);
  menu.querySelector("summary")?.focus();
});

draw();
