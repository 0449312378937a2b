// From a file to a dataset: the steps between a drop and the first picture.
//
// In: a file or a sample. Out: `Opening`, the state of the step shown, and `Opened` at the end. What was open before stays open until then.

import { FeilunError, inspect } from "feilun";
import type { BesideOrders, Dataset, Inspection, Mapping, OpenOptions, Progress, TableProposal } from "feilun";
import type { Host } from "./context.ts";
import type { Sample } from "./samples.ts";

/** The files of orders the analyst chose; several are one table. */
export interface Source {
  readonly name: string;
  readonly files: readonly Blob[];
  readonly sample: Sample | null;
}

/** A file that is a table beside orders, or may be. */
export interface TableFile {
  readonly name: string;
  readonly file: Blob;
  /** The tables its columns can be, the likeliest first. */
  readonly proposals: readonly TableProposal[];
  /** The table it is taken for; `null` leaves it out. */
  readonly kind: BesideOrders | null;
}

/** How times become local days. */
export type LocalTime = { readonly kind: "offset"; readonly minutes: number } | { readonly kind: "zone"; readonly name: string };

/** The mapping step as the analyst edits it. */
export interface Draft {
  readonly mapping: Mapping;
  readonly localTime: LocalTime;
  readonly currency: string;
  readonly naiveIsUtc: boolean;
  /** As typed, separated by commas; empty takes the default list. */
  readonly statuses: string;
  readonly grain: "order" | "line";
}

/** A file whose schema is known. */
export interface Inspected {
  readonly source: Source;
  readonly inspection: Inspection;
  readonly draft: Draft;
  readonly tables: readonly TableFile[];
}

/** The step on the way to a dataset. */
export type Opening =
  | { readonly step: "choose" }
  | { readonly step: "fetch"; readonly name: string }
  | { readonly step: "inspect"; readonly name: string }
  | ({ readonly step: "map" } & Inspected)
  | ({ readonly step: "load"; readonly progress: Progress | null } & Inspected)
  | { readonly step: "failed"; readonly name: string; readonly error: unknown; readonly inspected: Inspected | null };

/** A dataset on screen. */
export interface Opened extends Inspected {
  readonly dataset: Dataset;
}

const DEFAULT_OFFSET_MINUTES = 480;

/** The mapping step as proposed. */
export function draftOf(source: Source, inspection: Inspection): Draft {
  return {
    mapping: inspection.mapping,
    localTime: { kind: "offset", minutes: source.sample?.utcOffsetMinutes ?? DEFAULT_OFFSET_MINUTES },
    currency: source.sample?.currency ?? "¥",
    naiveIsUtc: false,
    statuses: "",
    grain: "order",
  };
}

/** All bytes of the files of orders. */
export function sizeOf(source: Source): number {
  return source.files.reduce((sum, file) => sum + file.size, 0);
}

/** Files as they were recognised: orders together, and tables beside them. */
export interface Recognised {
  readonly orders: readonly File[];
  readonly inspection: Inspection | null;
  readonly tables: readonly TableFile[];
}

/** Looks at files and tells orders from the tables beside them. A file that could be none is taken for orders, whose columns can be chosen by hand. */
export async function recognise(files: readonly File[], signal: AbortSignal): Promise<Recognised> {
  const orders: File[] = [];
  const tables: TableFile[] = [];
  let inspection: Inspection | null = null;
  for (const file of files) {
    const found = await inspect(file, { signal }).catch((error: unknown) => {
      throw files.length > 1 && error instanceof FeilunError ? named(error, file.name) : error;
    });
    const beside = found.tables.filter(({ table, confidence }) => table !== "orders" && confidence > 0);
    if (found.tables[0]?.table === "orders" || beside.length === 0) {
      orders.push(file);
      inspection ??= found;
    } else {
      tables.push({ name: file.name, file, proposals: beside, kind: kindFree(beside, tables) });
    }
  }
  return { orders, inspection, tables };
}

function named(error: FeilunError, name: string): FeilunError {
  return Object.assign(error, { message: `${name}: ${error.message}` });
}

/** The likeliest table that no other file is taken for; several files of one table are left to the analyst. */
function kindFree(proposals: readonly TableProposal[], taken: readonly TableFile[]): BesideOrders | null {
  const free = proposals.find(({ table }) => !taken.some(({ kind }) => kind === table));
  return (free?.table as BesideOrders | undefined) ?? null;
}

/** The mapping a table file is read with. */
export function tableOptions(tables: readonly TableFile[]): NonNullable<OpenOptions["tables"]> {
  const chosen = tables.flatMap(({ kind, file, proposals }) => {
    const proposal = proposals.find(({ table }) => table === kind);
    return kind && proposal ? [[kind, { source: file, mapping: proposal.mapping }] as const] : [];
  });
  return Object.fromEntries(chosen);
}

/** What a draft asks of the reader. */
export function openOptions(draft: Draft): OpenOptions {
  const statuses = draft.statuses.split(/[,，、;；\n]/).map((status) => status.trim()).filter(Boolean);
  return {
    mapping: draft.mapping,
    naiveIsUtc: draft.naiveIsUtc,
    grain: draft.grain,
    ...(statuses.length > 0 && { excludeStatuses: statuses }),
    ...(draft.localTime.kind === "zone" ? { timeZone: draft.localTime.name } : { utcOffsetMinutes: draft.localTime.minutes }),
  };
}

/** Fetches a sample into memory: its orders, then the tables beside them. */
export async function fetchSample(sample: Sample, source: SampleSource, signal: AbortSignal): Promise<File[]> {
  return Promise.all([sample.fileName, ...sample.tables].map(async (name) => new File([await source(name, signal)], name)));
}

/** Where a sample's files come from, by name. */
export type SampleSource = (name: string, signal: AbortSignal) => Promise<Blob>;

/** What the page carries itself, else what lies in its folder; `null` where it has neither. */
export function sampleSource({ fileName }: Sample, { samples, sampleFiles }: Pick<Host, "samples" | "sampleFiles">): SampleSource | null {
  if (sampleFiles && Object.hasOwn(sampleFiles, fileName)) return (name) => sampleFiles[name]?.() ?? Promise.reject(new TypeError(`${name}: not there`));
  return samples === null ? null : (name, signal) => fetched(samples + name, signal);
}

async function fetched(url: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new TypeError(`${url}: ${response.status}`);
  return response.blob();
}
