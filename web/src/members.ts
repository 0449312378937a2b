// The customers behind a number: which of the scored ones, in which order.
//
// In: the columns of the answer, what was picked and how to sort. Out: row numbers, remembered for the last question, since the list is drawn at every scroll.

import type { CohortCustomersConfig, CohortMembers, CustomerList, GrowthCustomersConfig, GrowthPart, RfmConfig, RfmCustomers } from "feilun";

/** What a list is of: a segment, a cell of the grid, everybody scored, a cell of a cohort, or a count of growth accounting. */
export type Wanted =
  | { readonly segment: string }
  | { readonly r: number; readonly fm: number }
  | { readonly all: true }
  | { readonly cohort: string; readonly column: number; readonly members: CohortMembers }
  | { readonly period: string; readonly part: GrowthPart };

/** The question whose answer a list is drawn from. */
export type ListQuestion = { readonly plain: boolean } & ({ readonly rfm: RfmConfig } | { readonly cohortCustomers: CohortCustomersConfig } | { readonly growthCustomers: GrowthCustomersConfig });

/** Its answer: only customers scored have scores. */
export type Listed = RfmCustomers | CustomerList;

const COLUMNS = ["customerId", "recencyDays", "orders", "netMinor"] as const;
const SCORES = ["r", "f", "m"] as const;

/** A column of a list. */
export type MemberColumn = (typeof COLUMNS)[number] | (typeof SCORES)[number];

/** Whether the customers of a list are scored. */
export function isScored(listed: Listed): listed is RfmCustomers {
  return "segment" in listed;
}

/** The columns of a list. */
export function columnsOf(listed: Listed): readonly MemberColumn[] {
  return isScored(listed) ? [...COLUMNS, ...SCORES] : COLUMNS;
}

/** The values of a column. */
export function valuesOf(listed: Listed, column: MemberColumn): ArrayLike<string | number> {
  return (listed as RfmCustomers)[column];
}

/** A list on screen. */
export interface MemberList {
  readonly of: Wanted;
  readonly column: MemberColumn;
  readonly descending: boolean;
  /** Whether ids are shown instead of pseudonyms. */
  readonly plain: boolean;
  /** The first row drawn. */
  readonly first: number;
}

/** What the key of a mark is a list of; `null` where it is of none. */
export function wantedOf(key: string): Wanted | null {
  const cell = /^rfm:(\d)\/(\d)$/.exec(key);
  if (cell) return { r: Number(cell[1]), fm: Number(cell[2]) };
  const [, cohort, column] = /^cohort:(.+)\/(\d+|size)$/.exec(key) ?? [];
  if (cohort !== undefined) return { cohort, column: column === "size" ? 0 : Number(column), members: "present" };
  const [, period, part] = /^growth:(.+)\/(new|retained|resurrected|churned)$/.exec(key) ?? [];
  if (period !== undefined) return { period, part: part as GrowthPart };
  const segment = /^segment:(.+)$/.exec(key)?.[1];
  return segment === undefined ? null : { segment };
}

function belongs(listed: Listed, of: Wanted): (row: number) => boolean {
  if (!isScored(listed)) return () => true;
  if ("segment" in of) {
    const segment = listed.segments.indexOf(of.segment);
    return (row) => listed.segment[row] === segment;
  }
  return "fm" in of ? (row) => listed.r[row] === of.r && (listed.f[row]! + listed.m[row]! + 1) >> 1 === of.fm : () => true;
}

interface Answer {
  readonly asked: string;
  readonly rows: readonly number[];
}

const answers = new WeakMap<Listed, Answer>();

/** The rows of a list in its order; equal values by customer id. */
export function rowsOf(listed: Listed, { of, column, descending }: MemberList): readonly number[] {
  const asked = JSON.stringify([of, column, descending]);
  const known = answers.get(listed);
  if (known?.asked === asked) return known.rows;
  const wanted = belongs(listed, of);
  const rows: number[] = [];
  for (let row = 0; row < listed.customerId.length; row++) {
    if (wanted(row)) rows.push(row);
  }
  const sign = descending ? -1 : 1;
  if (column === "customerId") {
    if (descending) rows.reverse();
  } else {
    const values = valuesOf(listed, column) as ArrayLike<number>;
    rows.sort((left, right) => sign * (values[left]! - values[right]!) || left - right);
  }
  answers.set(listed, { asked, rows });
  return rows;
}
