// What every view gets: the state, the actions, and the words and numbers of the language shown.
//
// In: the app. Out: a `Context`, made anew for each drawing; views are functions of it and hold nothing.

import { terms } from "feilun/texts";
import type { Lang, Localized } from "feilun";
import type { App, State } from "./app.ts";
import { Format } from "./format.ts";
import { fill } from "./texts.ts";
import type { TextKey } from "./texts.ts";

/** A term of the engine: `criterion.on`, `segment.champions`. */
export type TermId = keyof typeof terms;

/** Sample files the page carries itself, by name. */
export type SampleFiles = Readonly<Record<string, () => Promise<Blob>>>;

/** What the page around says about the dashboard. */
export interface Host {
  /** Whether the dashboard is the page. */
  readonly page: boolean;
  /** The folder of the sample files, `null` where none are offered. */
  readonly samples: string | null;
  readonly sampleFiles: SampleFiles | null;
  /** `light` or `dark`, else the reader's preference. */
  readonly theme: string | null;
  /** The language tags preferred, the dearest first. */
  readonly languages: readonly string[];
}

/** What a view draws from. */
export interface Context {
  readonly app: App;
  readonly host: Host;
  readonly state: State;
  readonly lang: Lang;
  readonly scheme: "light" | "dark";
  readonly format: Format;
  /** A text of the page. */
  readonly t: (key: TextKey, values?: Record<string, string>) => string;
  /** The name of a term of the engine. */
  readonly term: (id: TermId) => string;
  /** The name in a result. */
  readonly named: (name: Localized) => string;
}

/** The name of what orders are filtered and sliced by: of its role, or the column's own. */
export function nameOfDimension({ term }: Context, key: string): string {
  const id = `role.${key}`;
  return id in terms ? term(id as TermId) : key;
}

/** The column that names each of those followed. */
export const ENTITY_COLUMNS = { customer: "", staff: "staff_id", leader: "staff_id", store: "store_id" } as const;

/** The language shown: the analyst's choice, else English where the browser prefers it to Chinese, else Chinese. */
export function languageOf(choice: "auto" | Lang, preferred: readonly string[]): Lang {
  if (choice !== "auto") return choice;
  const first = preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => tag === "zh" || tag === "en");
  return first === "en" ? "en" : "zh";
}

/** The scheme shown: the analyst's choice, else the page's, else the reader's preference. */
function schemeOf(choices: readonly (string | null)[]): "light" | "dark" {
  const chosen = choices.find((choice) => choice === "light" || choice === "dark");
  return chosen ? (chosen as "light" | "dark") : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** The context of the app's present state. */
export function contextOf(app: App, host: Host): Context {
  const { state } = app;
  const lang = languageOf(state.view.lang, host.languages);
  return {
    app,
    host,
    state,
    lang,
    // Paper is white.
    scheme: state.report ? "light" : schemeOf([state.view.theme, host.theme]),
    format: new Format(lang, state.opened?.draft.currency ?? ""),
    t: (key, values) => fill(key, lang, values),
    term: (id) => terms[id][lang],
    named: (name) => name[lang],
  };
}
