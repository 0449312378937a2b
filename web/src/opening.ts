// From a file to a dataset: the steps between a drop and the first picture.
//
// In: a file or a sample. Out: `Opening`, the state of the step shown, and `Opened` at the end. What was open before stays open until then.

import type { Dataset, Inspection, Mapping, OpenOptions, Progress } from "feilun";
import type { Sample } from "./samples.ts";

/** A file the analyst chose. */
export interface Source {
  readonly name: string;
  readonly file: Blob;
  readonly sample: Sample | null;
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

/** Fetches a sample into memory. */
export async function fetchSample(sample: Sample, signal: AbortSignal): Promise<Source> {
  const response = await fetch(sample.url, { signal });
  if (!response.ok) throw new TypeError(`${sample.url}: ${response.status}`);
  return { name: sample.fileName, file: await response.blob(), sample };
}
