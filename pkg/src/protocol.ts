/**
 * What the calling thread and the thread of the wasm module say to each other: plain data, the same inline and over a worker's border.
 */
import type { Failure } from "./error.js";
import type { CustomerList, RfmCustomers, TableKind } from "./generated/types.js";
import type { Input } from "./input.js";

/** The metrics that answer with one JSON text. */
export type Metric = "cohorts" | "purchaseIntervals" | "rfm" | "rfmMigration" | "concentration" | "growth" | "flywheel" | "privateDomain";

/** The lists behind a number. */
export type Listing = "cohortCustomers" | "growthCustomers";

/** Every call: what it takes and what it answers. Options and results travel as JSON text. */
export interface Calls {
  inspect: { takes: { input: Input }; gives: string };
  open: { takes: { inputs: Input[]; mapping: string | null; options: string }; gives: { dataset: number; summary: string } };
  /** Answers with the summary after it. */
  attach: { takes: { dataset: number; table: TableKind; inputs: Input[]; mapping: string | null }; gives: string };
  detach: { takes: { dataset: number; table: TableKind }; gives: string };
  metric: { takes: { dataset: number; metric: Metric; config: string }; gives: string };
  /** Under pseudonyms if a salt is given. */
  customers: { takes: { dataset: number; config: string; salt: Uint8Array | null }; gives: RfmCustomers };
  listed: { takes: { dataset: number; metric: Listing; config: string; salt: Uint8Array | null }; gives: CustomerList };
  customersArrow: { takes: { dataset: number; config: string; salt: Uint8Array | null }; gives: Uint8Array<ArrayBuffer> };
  draw: { takes: { figure: string; options: string }; gives: string };
  close: { takes: { dataset: number }; gives: null };
}

/** How far reading is. */
export interface Step {
  bytesRead: number;
  bytesTotal: number | null;
  rowsRead: number;
  /** The share arranged, once everything is read. */
  arranged: number | null;
}

/** Where the wasm module comes from, in a form that can be posted: its address, its bytes, or the module itself. */
export type WasmSource = string | BufferSource | WebAssembly.Module;

/** Calling thread → worker. */
export type Request =
  | { start: WasmSource }
  | { cancel: number }
  /** Answers `fetch`; `null` where reading failed. */
  | { fetched: number; bytes: ArrayBuffer | null }
  | { [Name in keyof Calls]: { id: number; name: Name; args: Calls[Name]["takes"] } }[keyof Calls];

/** Worker → calling thread. */
export type Answer =
  | { id: number; value: Calls[keyof Calls]["gives"] }
  | { id: number; failure: Failure }
  | { id: number; step: Step };

/** Worker → calling thread: a part of a blob to read ahead while the worker is at work. */
export interface FetchRequest {
  fetch: number;
  blob: Blob;
  offset: number;
  length: number;
}
