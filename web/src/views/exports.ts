// The export buttons of a panel: its table, its chart, its definition.
//
// In: what the panel shows. Out: buttons that save a file named after the panel and the as-of day, and say so.

import { draw } from "feilun";
import type { Definition, DrawOptions, Drawing, Figure } from "feilun";
import { html } from "lit/html.js";
import type { TemplateResult } from "lit/html.js";
import type { Context } from "../context.ts";
import { explain } from "../errors.ts";
import { csvOf, download, pngOf } from "../exporting.ts";
import type { Table } from "../tables.ts";
import { icon } from "./icons.ts";

type Format = "csv" | "svg" | "png" | "json" | "arrow";

const TYPES: Record<Format, string> = { csv: "text/csv;charset=utf-8", svg: "image/svg+xml", png: "image/png", json: "application/json", arrow: "application/vnd.apache.arrow.stream" };

function exportButton(context: Context, format: Format, stem: string, make: () => BlobPart | Promise<BlobPart>): TemplateResult {
  const { app, t } = context;
  const save = async (event: Event): Promise<void> => {
    const name = `feilun-${stem}.${format}`;
    const { host } = (event.target as Element).getRootNode() as ShadowRoot;
    if (!host.dispatchEvent(new CustomEvent("feilun-export", { bubbles: true, composed: true, cancelable: true, detail: { name, format } }))) return;
    try {
      download(name, TYPES[format], await make());
      app.announce(t("export.done", { name }));
    } catch (error) {
      app.announce(t(explain(error).advice));
    }
  };
  return html`<button type="button" class="button quiet small" data-export=${format} title=${t(`export.${format}.text`)} @click=${(event: Event) => void save(event)}>${icon("download")}${t(`export.${format}`)}</button>`;
}

function stemOf(id: string, { asOf }: Definition): string {
  return `${id}-${asOf}`;
}

/** Saves a table as CSV. */
export function csvButton(context: Context, id: string, definition: Definition, table: () => Table): TemplateResult {
  return exportButton(context, "csv", stemOf(id, definition), () => csvOf(table()));
}

/** Saves a chart as it is printed: in the light theme, with its title, as SVG and as PNG. */
export function pictureButtons(context: Context, id: string, definition: Definition, picture: () => { figure: Figure; options?: DrawOptions }): TemplateResult {
  const drawn = (): Promise<Drawing> => {
    const { figure, options } = picture();
    return draw(figure, { lang: context.lang, currency: context.state.opened?.draft.currency ?? "", ...options });
  };
  const stem = stemOf(id, definition);
  return html`${exportButton(context, "svg", stem, async () => (await drawn()).svg)} ${exportButton(context, "png", stem, async () => pngOf(await drawn()))}`;
}

/** Saves a table as an Arrow stream. */
export function arrowButton(context: Context, id: string, definition: Definition, bytes: () => Promise<Uint8Array<ArrayBuffer>>): TemplateResult {
  return exportButton(context, "arrow", stemOf(id, definition), bytes);
}

/** Saves how a result was computed. */
export function definitionButton(context: Context, id: string, definition: Definition): TemplateResult {
  return exportButton(context, "json", `${stemOf(id, definition)}-definition`, () => `${JSON.stringify(definition, null, 2)}\n`);
}
