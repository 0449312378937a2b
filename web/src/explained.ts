// What is said of a single number when it is asked how it was computed.
//
// In: the ids of formulas. Out: the formulas in words with their SQL: the engine's, else those of its dictionary.

import type { Definition, Localized } from "feilun";
import { dictionary, formulas } from "feilun/texts";

/** A number, and what it rests on. */
export interface Explained {
  readonly name: string;
  /** The number in full; empty of a whole column. */
  readonly value: string;
  /** Ids of formulas and metrics. */
  readonly by: readonly string[];
  /** The period, the counts, the interval. */
  readonly basis?: readonly string[];
  /** The definition of the result it is from. */
  readonly definition?: Definition;
}

/** A formula and the file with its SQL. */
export interface Formula extends Localized {
  readonly sql: string;
}

const KNOWN = new Map<string, Formula>([
  ...dictionary.map(({ formulaZh, formulaEn, computedBy }): [string, Formula] => [computedBy.result, { zh: formulaZh, en: formulaEn, sql: computedBy.sql }]),
  ...Object.entries(formulas),
]);

/** The formulas known of these ids. */
export function formulasOf(ids: readonly string[]): Formula[] {
  return ids.flatMap((id) => KNOWN.get(id) ?? []);
}
