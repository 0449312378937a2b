/**
 * The base of all chart elements: a result in, its drawing in the shadow root, kept true to language, theme and width.
 *
 * Draws are asked for at most once a frame, and a draw that comes back after a newer one was asked for is dropped.
 */
import { messageOf } from "../error.js";
import type { DrawOptions, Drawing, Figure, Mark, Theme } from "../generated/types.js";
import { type CallOptions, type Dataset, FeilunError, type OpenOptions, draw } from "../index.js";
import { MarkGrid } from "./marks.js";
import { pageTables, paperTheme } from "./paper.js";
import { type Share, keyOf, shareOf } from "./source.js";
import { stylesheet } from "./style.js";
import { tableOf } from "./table.js";
import { ThemeReader } from "./theme.js";
import { Tooltip } from "./tooltip.js";
import { WORDS, langOf } from "./words.js";

/** `feilun-select`: a mark was clicked, or Enter pressed on it. */
export interface SelectDetail {
  /** Stable key of the mark, e.g. `cohort:2025-01/2`. */
  key: string;
  /** The mark with its texts. */
  mark: Mark;
}

/** `feilun-error`: the result cannot be drawn. */
export interface ErrorDetail {
  error: FeilunError;
}

/** `feilun-draw`: something new is shown. */
export interface DrawDetail {
  drawing: Drawing;
}

const MIN_WIDTH = 280;

// In Node there is no HTMLElement: importing must work there all the same.
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/** The options of an element's call, as they are kept: with the version of their meaning. */
export type ElementConfig<Options> = Options & { version?: 1 };

/** A chart element; subclasses name their chart, its call and options. */
export abstract class ChartElement<Result, Options extends object = object> extends Base {
  static observedAttributes = ["src", "lang", "currency", "theme", "view", "grid-value", "growth-unit", "form", "heading"];

  #result: Result | null = null;
  #drawing: Drawing | null = null;
  /** The drawing for paper, where the one shown is dark. */
  #paper: Drawing | null = null;
  #printing = false;
  #parts: Parts | undefined;
  #resized: ResizeObserver | undefined;
  #theme: Theme | undefined;
  #width = 0;
  #asked = 0;
  #answered = 0;
  #frame = 0;
  #announce = false;
  #selected: readonly string[] = [];
  #data: Dataset | null = null;
  #options: Options = {} as Options;
  #openOptions: OpenOptions | null = null;
  #share: Share | undefined;
  #question = new AbortController();
  #asking = false;

  readonly #toPaper = (): void => this.#print(true);
  readonly #fromPaper = (): void => this.#print(false);

  /** The chart of this element. */
  protected abstract figure(result: Result): Figure;

  /** The call that answers with its result. */
  protected abstract ask(data: Dataset, options: Options, call: CallOptions): Promise<Result>;

  /** The result to show; `null` shows nothing. */
  get result(): Result | null {
    return this.#result;
  }
  set result(result: Result | null) {
    this.#question.abort();
    this.#take(result);
  }

  /** The dataset to ask, in place of a `result`; it stays the page's to close. */
  get data(): Dataset | null {
    return this.#data;
  }
  set data(data: Dataset | null) {
    this.#data = data;
    this.#plan();
  }

  /** The address of an Arrow file to open and ask; elements with the same one share it. */
  get src(): string | null {
    return this.getAttribute("src");
  }
  set src(src: string | null) {
    this.#reflect("src", src);
  }

  /** How the file at `src` is read. */
  get openOptions(): OpenOptions | null {
    return this.#openOptions;
  }
  set openOptions(options: OpenOptions | null) {
    this.#openOptions = options;
    this.#plan();
  }

  /** What `data` or `src` is asked: the options of the call. Plain JSON, to be kept and set again. */
  get config(): ElementConfig<Options> {
    return { version: 1, ...this.#options };
  }
  set config(config: ElementConfig<Options> | null) {
    const { version = 1, ...options } = config ?? ({} as ElementConfig<Options>);
    if (version !== 1) throw new FeilunError({ code: "config", message: `config: expected \`version\` 1, found \`${String(version)}\`` });
    this.#options = options as unknown as Options;
    this.#plan();
  }

  /** What is shown, `null` before the first draw. */
  get drawing(): Drawing | null {
    return this.#drawing;
  }

  /** Whether a newer drawing than the one shown is on its way. */
  get pending(): boolean {
    return this.#frame !== 0 || this.#asked !== this.#answered;
  }

  /** Sign in front of money. */
  get currency(): string | null {
    return this.getAttribute("currency");
  }
  set currency(currency: string | null) {
    this.#reflect("currency", currency);
  }

  /** `light` or `dark`; without it the reader's preference. */
  get theme(): string | null {
    return this.getAttribute("theme");
  }
  set theme(theme: string | null) {
    this.#reflect("theme", theme);
  }

  /** `none` leaves out title, subtitle and outer space: the page has them around the chart. */
  get heading(): string | null {
    return this.getAttribute("heading");
  }
  set heading(heading: string | null) {
    this.#reflect("heading", heading);
  }

  /** `chart` or `table`. */
  get view(): "chart" | "table" {
    return this.getAttribute("view") === "table" ? "table" : "chart";
  }
  set view(view: "chart" | "table") {
    this.#reflect("view", view);
  }

  /** The keys of the marks shown as selected. */
  get selected(): readonly string[] {
    return this.#selected;
  }
  set selected(keys: readonly string[]) {
    this.#selected = keys;
    this.#parts?.grid.mark(keys);
  }

  connectedCallback(): void {
    // Properties that were set before this class was defined.
    for (const name of ["result", "data", "src", "openOptions", "config", "currency", "theme", "heading", "view", "selected", "curves"]) {
      if (!Object.hasOwn(this, name)) continue;
      const value: unknown = Reflect.get(this, name);
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
    this.#parts ??= this.#build();
    this.#resized = new ResizeObserver(([entry]) => {
      // 0 while hidden: nothing is drawn then, and shown again it is drawn anew, for the theme may have changed meanwhile.
      const shown = Math.floor(entry?.contentRect.width ?? 0);
      const width = shown === 0 ? 0 : Math.max(MIN_WIDTH, shown);
      if (width === this.#width) return;
      this.#width = width;
      this.schedule();
    });
    this.#resized.observe(this);
    addEventListener("beforeprint", this.#toPaper);
    addEventListener("afterprint", this.#fromPaper);
    this.schedule();
    this.#plan();
  }

  disconnectedCallback(): void {
    this.#resized?.disconnect();
    removeEventListener("beforeprint", this.#toPaper);
    removeEventListener("afterprint", this.#fromPaper);
    this.#parts?.tooltip.hide();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#question.abort();
    // Moved within the page, it is back at once.
    queueMicrotask(() => !this.isConnected && this.#hold(null));
  }

  attributeChangedCallback(name: string): void {
    if (name === "view") this.#showView();
    else if (name === "src") this.#plan();
    else this.schedule();
  }

  /** Options that only this chart has. */
  protected chartOptions(): DrawOptions {
    return {};
  }

  #reflect(name: string, value: string | null): void {
    if (value === null || value === undefined) this.removeAttribute(name);
    else this.setAttribute(name, value);
  }

  #take(result: Result | null): void {
    this.#result = result;
    this.#announce = true;
    this.schedule();
  }

  /** Asks once after all that is set now. */
  #plan(): void {
    if (!this.isConnected || this.#asking) return;
    this.#asking = true;
    queueMicrotask(() => {
      this.#asking = false;
      if (this.isConnected) void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    this.#hold(this.#data === null ? this.src : null);
    const source = this.#data ?? this.#share?.data;
    if (source === undefined) return;
    this.#question.abort();
    const { signal } = (this.#question = new AbortController());
    if (this.#drawing === null && this.#parts) this.#stand(this.#parts, "loading");
    try {
      const result = await this.ask(await source, this.#options, { signal });
      if (!signal.aborted) this.#take(result);
    } catch (thrown) {
      if (!signal.aborted && this.#parts) this.#fail(this.#parts, thrown);
    }
  }

  /** Takes a share in the dataset at an address, and gives the one before back. */
  #hold(src: string | null): void {
    if (src !== null && this.#share?.key === keyOf(src, this.#openOptions)) return;
    const before = this.#share;
    this.#share = src === null ? undefined : shareOf(src, this.#openOptions);
    before?.release();
  }

  /** Draws anew before the next frame. */
  protected schedule(): void {
    if (!this.isConnected || this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      void this.#redraw();
    });
  }

  async #redraw(): Promise<void> {
    const parts = this.#parts;
    const asked = ++this.#asked;
    if (parts === undefined) return;
    if (this.#result === null) return this.#show(parts, null);
    if (this.#width === 0) {
      this.#answered = asked;
      return;
    }
    if (this.#drawing === null) this.#stand(parts, "loading");
    this.#theme = parts.theme.read(this);
    const options: DrawOptions = {
      lang: langOf(this.#langTag()),
      width: this.#width,
      theme: this.#theme,
      ...(this.currency !== null && { currency: this.currency }),
      heading: this.heading !== "none",
      ...this.chartOptions(),
    };
    try {
      const figure = this.figure(this.#result);
      const drawing = await draw(figure, options);
      if (asked !== this.#asked) return;
      this.#show(parts, drawing);
      const theme = paperTheme(this.#theme);
      const paper = theme && (await draw(figure, { ...options, theme }));
      if (asked === this.#asked) this.#paper = paper;
    } catch (thrown) {
      if (asked === this.#asked) this.#fail(parts, thrown);
    }
  }

  /** The nearest `lang`, across shadow borders. */
  #langTag(): string {
    for (let node: Node | null = this; node !== null; node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null)) {
      const tag = node instanceof Element ? node.getAttribute("lang") : null;
      if (tag !== null && tag !== "") return tag;
    }
    return "zh";
  }

  #show(parts: Parts, drawing: Drawing | null): void {
    this.#answered = this.#asked;
    this.#drawing = drawing;
    this.#paper = null;
    parts.tooltip.hide();
    this.#stand(parts, drawing === null ? "empty" : "drawn");
    if (drawing === null) return;
    this.#fill(parts);
    parts.grid.lay(drawing);
    parts.grid.mark(this.#selected);
    parts.description.textContent = drawing.description;
    parts.scroller.setAttribute("aria-label", drawing.title);
    this.#showView();
    if (this.#announce) parts.status.textContent = `${drawing.title}: ${drawing.description}`;
    this.#announce = false;
    this.dispatchEvent(new CustomEvent<DrawDetail>("feilun-draw", { detail: { drawing } }));
  }

  #print(printing: boolean): void {
    this.#printing = printing;
    if (this.#parts !== undefined) this.#fill(this.#parts);
  }

  /** Puts in the picture and the table, for the screen or for paper. */
  #fill(parts: Parts): void {
    const drawing = (this.#printing ? this.#paper : null) ?? this.#drawing;
    if (drawing === null) return;
    parts.picture.replaceChildren(svgOf(drawing));
    parts.scroller.replaceChildren(...(this.#printing ? pageTables(drawing) : [tableOf(drawing)]));
  }

  #fail(parts: Parts, thrown: unknown): void {
    this.#answered = this.#asked;
    this.#stand(parts, "error");
    parts.message.textContent = messageOf(thrown);
    this.dispatchEvent(new CustomEvent<ErrorDetail>("feilun-error", { bubbles: true, composed: true, detail: { error: thrown as FeilunError } }));
  }

  /** Shows the drawing, or what stands in its place. */
  #stand(parts: Parts, state: "drawn" | "empty" | "loading" | "error"): void {
    parts.figure.hidden = state !== "drawn";
    parts.empty.hidden = state !== "empty";
    parts.loading.hidden = state !== "loading";
    parts.error.hidden = state !== "error";
  }

  #showView(): void {
    const parts = this.#parts;
    if (parts === undefined) return;
    const table = this.view === "table";
    const words = WORDS[langOf(this.#langTag())];
    parts.canvas.hidden = table;
    parts.scroller.hidden = !table;
    parts.toggle.textContent = table ? words.chart : words.table;
    parts.tooltip.hide();
  }

  #build(): Parts {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [stylesheet()];
    const tooltip = new Tooltip();
    const grid = new MarkGrid({
      point: (mark, place) => tooltip.show(mark, place),
      leave: () => tooltip.hide(),
      select: (mark) =>
        this.dispatchEvent(new CustomEvent<SelectDetail>("feilun-select", { bubbles: true, composed: true, detail: { key: mark.key, mark } })),
    });
    grid.element.setAttribute("aria-describedby", "description");
    const picture = div("picture", { "aria-hidden": "true" });
    const canvas = div("canvas");
    canvas.append(picture, grid.element);
    const description = div("unseen", { id: "description" });
    const scroller = div("scroller", { role: "region", tabindex: "0" });
    const toggle = document.createElement("button");
    toggle.type = "button";
    toggle.className = "toggle";
    toggle.part.add("toggle");
    toggle.addEventListener("click", () => {
      this.view = this.view === "table" ? "chart" : "table";
    });
    const bar = div("bar");
    bar.append(toggle);
    const figure = div("figure");
    figure.hidden = true;
    figure.append(canvas, scroller, bar, description);
    const error = div("error", { role: "alert" });
    error.part.add("error");
    const [empty, loading, message] = [slot("empty"), slot("loading"), slot("error")];
    error.append(message);
    error.hidden = loading.hidden = true;
    const status = div("unseen", { role: "status" });
    root.append(figure, empty, loading, error, status, tooltip.element);
    const theme = new ThemeReader(root, () => {
      if (this.#parts !== undefined && JSON.stringify(this.#parts.theme.read(this)) !== JSON.stringify(this.#theme)) this.schedule();
    });
    return { figure, canvas, picture, grid, description, scroller, toggle, empty, loading, error, message, status, tooltip, theme };
  }
}

interface Parts {
  figure: HTMLElement;
  canvas: HTMLElement;
  picture: HTMLElement;
  grid: MarkGrid;
  description: HTMLElement;
  scroller: HTMLElement;
  toggle: HTMLButtonElement;
  empty: HTMLSlotElement;
  loading: HTMLSlotElement;
  error: HTMLElement;
  message: HTMLSlotElement;
  status: HTMLElement;
  tooltip: Tooltip;
  theme: ThemeReader;
}

function div(name: string, attributes: Record<string, string> = {}): HTMLElement {
  const element = document.createElement("div");
  element.className = name;
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

/** A place for the page's own words. */
function slot(name: string): HTMLSlotElement {
  const element = document.createElement("slot");
  element.name = name;
  return element;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML(text: string): string }): { createHTML(text: string): string };
}

let policy: ReturnType<TrustedTypes["createPolicy"]> | undefined;

/** The drawing as nodes; parsed as XML, so that nothing in it can run. Where the page has trusted types, it allows `feilun-elements`. */
function svgOf(drawing: Drawing): Node {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy("feilun-elements", { createHTML: (text) => text });
  const svg = new DOMParser().parseFromString(policy?.createHTML(drawing.svg) ?? drawing.svg, "image/svg+xml").documentElement;
  svg.setAttribute("part", "svg");
  return document.importNode(svg, true);
}
