// `<feilun-dashboard>`: the dashboard as a custom element, with everything it draws and every rule it is drawn by inside its own shadow root.
//
// In: attributes (`lang`, `theme`, `page`, `samples`, `src`), a `config`. Out: the app, drawn on every change. With `page` the dashboard is the page: it keeps its view in
// the address and gives the document its title and language. Without, it touches nothing around it.

import { render } from "lit/html.js";
import { FeilunError } from "feilun";
import type { DashboardConfig, FeilunDashboard } from "feilun/elements";
import { noAddress, pageAddress } from "./address.ts";
import { App } from "./app.ts";
import { contextOf } from "./context.ts";
import type { Context, SampleFiles } from "./context.ts";
import { localeOf } from "./format.ts";
import { watchMenus } from "./menus.ts";
import { watchKeys } from "./shortcuts.ts";
import { stylesheet } from "./styles.ts";
import { viewOf } from "./view.ts";
import { shellView } from "./views/shell.ts";

// In Node there is no HTMLElement: importing must work there all the same.
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

class Dashboard extends Base implements FeilunDashboard {
  static observedAttributes = ["lang", "theme", "src"];

  #app: App | undefined;
  #sampleFiles: SampleFiles | null = null;
  #place = "";
  #failure: unknown = null;
  /** The config set last: before there is an app, it waits for it. */
  #given: DashboardConfig = {};
  /** The filter told last, as JSON. */
  #filter: string | null = null;
  /** The address opened last. */
  #opened: string | null = null;
  #releaseMenus: () => void = () => undefined;
  #releaseKeys: () => void = () => undefined;
  readonly #follow = (): void => this.#app?.followFragment();
  readonly #redraw = (): void => this.#app?.update({});

  /** Whether the dashboard is the page. */
  get page(): boolean {
    return this.hasAttribute("page");
  }
  set page(page: boolean) {
    this.toggleAttribute("page", page);
  }

  /** The folder of the sample files, offered where given. */
  get samples(): string | null {
    return this.getAttribute("samples");
  }
  set samples(samples: string | null) {
    this.#reflect("samples", samples);
  }

  /** Sample files the page carries itself, by name. */
  get sampleFiles(): SampleFiles | null {
    return this.#sampleFiles;
  }
  set sampleFiles(files: SampleFiles | null) {
    this.#sampleFiles = files;
    this.#redraw();
  }

  /** `light` or `dark`; without it the reader's preference. */
  get theme(): string | null {
    return this.getAttribute("theme");
  }
  set theme(theme: string | null) {
    this.#reflect("theme", theme);
  }

  /** The address of a file to open at once. */
  get src(): string | null {
    return this.getAttribute("src");
  }
  set src(src: string | null) {
    this.#reflect("src", src);
  }

  /** What is looked at, as plain JSON. */
  get config(): DashboardConfig {
    if (!this.#app) return { version: 1, ...this.#given };
    const { view, filter } = this.#app.state;
    return { version: 1, view: { ...view }, filter };
  }
  set config(config: DashboardConfig) {
    const { version = 1, view = {}, filter = {} } = config;
    if (version !== 1) throw new FeilunError({ code: "config", message: `config: expected \`version\` 1, found \`${String(version)}\`` });
    this.#given = config;
    this.#app?.show(viewOf((name) => view[name]), filter);
  }

  /** The language tags preferred: of the element, of what it stands in, of the browser. */
  get languages(): readonly string[] {
    const tag = this.getAttribute("lang") ?? (this.page ? null : langAround(this));
    return tag === null ? navigator.languages : [tag, ...navigator.languages];
  }

  /** Opens files as if they had been dropped on it. */
  open(files: readonly File[]): Promise<void> {
    return this.#app?.openFiles(files) ?? Promise.resolve();
  }

  connectedCallback(): void {
    this.#upgrade("page", "samples", "sampleFiles", "theme", "src", "config");
    this.#app ??= this.#start();
    if (this.page) addEventListener("hashchange", this.#follow);
    this.#releaseKeys = watchKeys(this.page ? document : this, this.#app);
    prefersDark().addEventListener("change", this.#redraw);
    this.#draw();
    void this.#openSource();
  }

  disconnectedCallback(): void {
    removeEventListener("hashchange", this.#follow);
    prefersDark().removeEventListener("change", this.#redraw);
    this.#releaseMenus();
    this.#releaseKeys();
  }

  attributeChangedCallback(name: string): void {
    this.#redraw();
    if (name === "src") void this.#openSource();
  }

  /** Opens the file at `src`, once. */
  async #openSource(): Promise<void> {
    const { src } = this;
    if (!this.isConnected || src === null || src === this.#opened) return;
    this.#opened = src;
    await this.#app?.openAddress(new URL(src, document.baseURI));
  }

  /** Takes properties that were set before this class was defined. */
  #upgrade(...names: (keyof this)[]): void {
    for (const name of names) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      Reflect.deleteProperty(this, name);
      this[name] = value;
    }
  }

  #reflect(name: string, value: string | null): void {
    if (value === null) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  #start(): App {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [stylesheet()];
    this.#releaseMenus = watchMenus(root);
    this.#listenForFiles();
    const app = new App(() => this.#draw(), this.page ? pageAddress : noAddress);
    const { view, filter = {} } = this.#given;
    if (view) app.show(viewOf((name) => view[name]), filter);
    return app;
  }

  #draw(): void {
    if (!this.#app || !this.shadowRoot || !this.isConnected) return;
    const context = contextOf(this.#app, this);
    if (this.page) nameDocument(context);
    render(shellView(context), this.shadowRoot);
    const dialog = this.shadowRoot.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    this.#moveFocus(context);
    this.#tellFailure(context);
    this.#tellFilter(context);
  }

  /** Says that other orders are kept. */
  #tellFilter({ state: { filter, opened } }: Context): void {
    const told = JSON.stringify(filter);
    if (!opened || told === this.#filter) return;
    const isFirst = this.#filter === null;
    this.#filter = told;
    if (!isFirst) this.dispatchEvent(new CustomEvent("feilun-filter", { bubbles: true, composed: true, detail: { filter } }));
  }

  /** Says once that opening failed, as the charts say that they cannot be drawn. */
  #tellFailure({ state }: Context): void {
    const failure = state.opening?.step === "failed" ? state.opening.error : null;
    if (failure === this.#failure) return;
    this.#failure = failure;
    if (failure !== null) this.dispatchEvent(new CustomEvent("feilun-error", { bubbles: true, composed: true, detail: { error: failure } }));
  }

  /** On a new step or page the focus goes to its heading, so that keyboard and screen readers follow. */
  #moveFocus({ state }: Context): void {
    const here = state.opening?.step ?? (state.report ? "report" : state.view.page);
    if (this.#place !== "" && this.#place !== here) {
      if (this.page) scrollTo(0, 0);
      this.shadowRoot?.querySelector<HTMLElement>("h1")?.focus({ preventScroll: this.page });
    }
    this.#place = here;
  }

  #listenForFiles(): void {
    const drop = (dropping: boolean): void => {
      if (this.#app && this.#app.state.dropping !== dropping) this.#app.update({ dropping });
    };
    this.addEventListener("dragover", (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      drop(true);
    });
    this.addEventListener("dragleave", (event) => {
      if (!(event.relatedTarget instanceof Node) || !this.contains(event.relatedTarget)) drop(false);
    });
    this.addEventListener("drop", (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      drop(false);
      void this.#app?.openFiles(files);
    });
  }
}

function prefersDark(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: dark)");
}

/** The nearest `lang` above, across shadow borders. */
function langAround(element: Element): string | null {
  for (let node: Node | null = element; node !== null; node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null)) {
    const tag = node instanceof Element ? node.getAttribute("lang") : null;
    if (tag) return tag;
  }
  return null;
}

export { Dashboard as FeilunDashboard };

/** The document's title and language are the dashboard's, where it is the page. */
function nameDocument({ lang, state, t }: Context): void {
  document.documentElement.lang = localeOf(lang);
  document.title = state.opened && !state.opening ? `${t(`page.${state.view.page}`)} – ${t("app.title")}` : t("app.title");
}
