/**
 * Opening and inspecting Arrow data, and drawing results.
 */
import { type AttachOptions, type BesideOrders, type CallOptions, Dataset } from "./dataset.js";
import { type EngineOptions, engineFor } from "./engines.js";
import type { DatasetSummary, DrawOptions, Drawing, Figure, IngestOptions, Inspection, Mapping } from "./generated/types.js";
import { jsonOf } from "./json.js";
import { type Progress, estimator } from "./progress.js";
import { type Source, inputOf, inputsOf } from "./source.js";
import { transitionsOf } from "./time_zone.js";

/** Options of `open`. Local days come from `timeZone`, else `transitions`, else `utcOffsetMinutes` (default +480). */
export interface OpenOptions extends IngestOptions, CallOptions, EngineOptions {
  /** Which column serves which role; without it the proposal of `inspect` is taken. */
  mapping?: Mapping | undefined;
  /** The tables beside orders, each from one source or several, with the proposed mapping or one of yours. */
  tables?: { [table in BesideOrders]?: Source | readonly Source[] | ({ source: Source | readonly Source[] } & AttachOptions) } | undefined;
  /** Hears how far the load is, about ten times a second. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Looks at the schema: the columns, and a proposed mapping. Reads a few kilobytes.
 *
 * @example
 * const { mapping } = await inspect(file);
 * const data = await open(file, { mapping });
 */
export async function inspect(source: Source, options: CallOptions & EngineOptions = {}): Promise<Inspection> {
  const input = await inputOf(source, options.signal, () => undefined);
  const engine = engineFor(options);
  return JSON.parse(await engine.call("inspect", { input }, options)) as Inspection;
}

/**
 * Reads orders from an Arrow file or stream, or from several of one schema as one table. Only the mapped columns are read.
 *
 * @example
 * await using data = await open(file, { timeZone: "Asia/Shanghai" });
 * const table = await data.cohorts({ granularity: "month" });
 */
export async function open(source: Source | readonly Source[], options: OpenOptions = {}): Promise<Dataset> {
  const { mapping, tables, onProgress, signal, thread, wasm, worker, ...ingest } = options;
  const tell = estimator(onProgress ?? (() => undefined));
  const zone = ingest.timeZone == null || ingest.transitions !== undefined ? {} : { transitions: transitionsOf(ingest.timeZone) };
  const args = { mapping: mapping === undefined ? null : jsonOf("mapping", mapping), options: jsonOf("options", { ...ingest, ...zone }) };
  const inputs = await inputsOf(source, signal, (bytesRead, bytesTotal) => tell({ phase: "download", bytesRead, bytesTotal, rowsRead: 0 }));
  const engine = engineFor({ thread, wasm, worker });
  const { dataset, summary } = await engine.call(
    "open",
    { inputs, ...args },
    { signal, onStep: ({ arranged, ...step }) => tell({ phase: arranged === null ? "read" : "arrange", ...step }, arranged) },
  );
  const opened = new Dataset(engine, dataset, JSON.parse(summary) as DatasetSummary);
  try {
    for (const [table, given] of Object.entries(tables ?? {})) {
      const { source, ...attach } = isPlain(given) ? given : { source: given };
      await opened.attach(table as BesideOrders, source, { ...attach, signal });
    }
  } catch (thrown) {
    await opened.close();
    throw thrown;
  }
  return opened;
}

function isPlain(given: unknown): given is { source: Source | readonly Source[] } & AttachOptions {
  return typeof given === "object" && given !== null && "source" in given;
}

/**
 * Draws a result: SVG, marks for pointer and keyboard, and the same content as a table. The elements of `feilun/elements` do this for you.
 *
 * @example
 * const { svg } = await draw({ chart: "cohort_heatmap", result: await data.cohorts() }, { lang: "en", width: 960 });
 */
export async function draw(figure: Figure, options: DrawOptions = {}, call: CallOptions & EngineOptions = {}): Promise<Drawing> {
  const args = { figure: jsonOf("figure", figure), options: jsonOf("options", options) };
  const engine = engineFor(call);
  return JSON.parse(await engine.call("draw", args, call)) as Drawing;
}
