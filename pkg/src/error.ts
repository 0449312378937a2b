/**
 * The one error of the package.
 *
 * In: a failure as it crosses the worker's border, or whatever was thrown. Out: a FeilunError with a code a program can ask.
 */
import type { ErrorKind } from "./generated/types.js";

/**
 * What went wrong: a kind of the crate, or
 * `trap` (the wasm module failed; a bug of ours: the call is lost, the page lives on),
 * `closed` (the dataset was closed, or lost to a trap),
 * `source` (the bytes could not be read), `environment` (no worker, or the wasm module could not be loaded).
 */
export type ErrorCode = ErrorKind | "trap" | "closed" | "source" | "environment";

/** A failure as plain data. */
export interface Failure {
  code: ErrorCode;
  message: string;
  column?: string;
  row?: number;
  batch?: number;
  byteOffset?: number;
  file?: number;
}

const PLACES = ["column", "row", "batch", "byteOffset", "file"] as const;

/** The error every call rejects with. A cancelled call has code `cancelled` and the signal's reason as `cause`. */
export class FeilunError extends Error {
  override readonly name = "FeilunError";
  /** What went wrong. */
  readonly code: ErrorCode;
  /** The column it speaks of, if it does. */
  declare readonly column?: string;
  /** The 0-based row it speaks of, if it does. */
  declare readonly row?: number;
  /** The 0-based record batch of the file it was met in, if in one. */
  declare readonly batch?: number;
  /** Where the Arrow message begins that it was met in, if in one. */
  declare readonly byteOffset?: number;
  /** The 0-based source it was met in, where several are opened as one table. */
  declare readonly file?: number;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.message, options);
    this.code = failure.code;
    Object.assign(this, placeOf(failure));
  }
}

/** The error of a cancelled call. */
export function cancelled(signal: AbortSignal): FeilunError {
  return new FeilunError({ code: "cancelled", message: "the call was cancelled" }, { cause: signal.reason });
}

/** Whether a thrown value means that the wasm instance is lost. */
export function isTrap(thrown: unknown): boolean {
  // A stack overflow inside wasm is a RangeError (Chromium, Safari) or an InternalError (Firefox).
  return thrown instanceof WebAssembly.RuntimeError || (thrown instanceof Error && /call stack|recursion/i.test(thrown.message));
}

function placeOf(failure: Failure): Partial<Failure> {
  return Object.fromEntries(PLACES.filter((place) => failure[place] !== undefined).map((place) => [place, failure[place]]));
}

/** Whatever was thrown, as plain data. */
export function failureOf(thrown: unknown): Failure {
  if (isTrap(thrown)) return { code: "trap", message: `the wasm module failed: ${messageOf(thrown)}` };
  if (thrown instanceof Error && "code" in thrown && typeof thrown.code === "string") {
    const failure = thrown as Error & Failure;
    return { code: failure.code, message: failure.message, ...placeOf(failure) };
  }
  return { code: "source", message: messageOf(thrown) };
}

/** The message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
