// The customers behind a number: which of the scored ones, in which order.
//
// In: the columns of `rfmCustomers`, what was picked and how to sort. Out: row numbers, remembered for the last question, since the list is drawn at every scroll.

import type { RfmCustomers } from "feilun";

/** What a list is of: a segment, a cell of the grid, or everybody scored. */
export type Wanted = { readonly segment: string } | { readonly r: number; readonly fm: number } | { readonly all: true };

/** The columns a list is sorted by. */
export const MEMBER_COLUMNS = ["customerId", "recencyDays", "orders", "netMinor", "r", "f", "m"] as const;

/** A column of the list. */
export type MemberColumn = (typeof MEMBER_COLUMNS)[number];

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
  const segment = /^segment:(.+)$/.exec(key)?.[1];
  return segment === undefined ? null : { segment };
}

function belongs(customers: RfmCustomers, of: Wanted): (row: number) => boolean {
  if ("all" in of) return () => true;
  if ("segment" in of) {
    const segment = customers.segments.indexOf(of.segment);
    return (row) => customers.segment[row] === segment;
  }
  return (row) => customers.r[row] === of.r && (customers.f[row]! + customers.m[row]! + 1) >> 1 === of.fm;
}

interface Answer {
  readonly asked: string;
  readonly rows: readonly number[];
}

const answers = new WeakMap<RfmCustomers, Answer>();

/** The rows of a list in its order; equal values by customer id. */
export function rowsOf(customers: RfmCustomers, { of, column, descending }: MemberList): readonly number[] {
  const asked = JSON.stringify([of, column, descending]);
  const known = answers.get(customers);
  if (known?.asked === asked) return known.rows;
  const wanted = belongs(customers, of);
  const rows: number[] = [];
  for (let row = 0; row < customers.customerId.length; row++) {
    if (wanted(row)) rows.push(row);
  }
  const sign = descending ? -1 : 1;
  if (column === "customerId") {
    if (descending) rows.reverse();
  } else {
    const values = customers[column];
    rows.sort((left, right) => sign * (values[left]! - values[right]!) || left - right);
  }
  answers.set(customers, { asked, rows });
  return rows;
}
