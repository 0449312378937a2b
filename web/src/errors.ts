// From whatever was thrown to what the analyst can do about it.
//
// In: an error of the engine, the browser or the page. Out: the key of a text and the technical detail beside it.

import { FeilunError } from "feilun";
import { isTextKey } from "./texts.ts";
import type { TextKey } from "./texts.ts";

/** An error in the analyst's terms. */
export interface Explanation {
  /** What to do. */
  readonly advice: TextKey;
  /** What was found, in the words of the code. */
  readonly detail: string;
  /** Whether another column mapping may help. */
  readonly columns: boolean;
}

const COLUMN_CODES: readonly string[] = ["missing_column", "column_type", "overflow", "empty"];

/** Only tables beside orders were chosen, and no orders are open to take them in. */
export class NoOrders extends Error {}

/** Explains an error. */
export function explain(error: unknown): Explanation {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof NoOrders) return { advice: "error.no_orders", detail, columns: false };
  if (error instanceof FeilunError) {
    const key = `error.${error.code}`;
    return { advice: isTextKey(key) ? key : "error.unknown", detail, columns: COLUMN_CODES.includes(error.code) };
  }
  if (error instanceof TypeError) return { advice: "error.network", detail, columns: false };
  return { advice: "error.unknown", detail, columns: false };
}

/** Whether the dataset is gone, so that only reading the file again helps. */
export function isLost(error: unknown): boolean {
  return error instanceof FeilunError && (error.code === "trap" || error.code === "closed");
}

/** Whether the error says only that there are no orders to compute on. */
export function isEmpty(error: unknown): boolean {
  return error instanceof FeilunError && error.code === "empty";
}
