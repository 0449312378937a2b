// Two periods of a table: the one looked at, and the one it is held against.
//
// In: the periods that can be read (complete, or mature) and the choice of the view. Out: the pair, and what can be chosen.

import type { Period } from "feilun";
import type { Day, View } from "./view.ts";

const DAY_MS = 86_400_000;
/** The same weekday a year earlier. */
const YEAR_OF_WEEKS = 364;

/** What belongs to a period. */
interface Periodic {
  readonly period: Period;
}

/** The period looked at and the one it is held against, where there are such. */
export interface Pair<P> {
  readonly now: P | undefined;
  readonly then: P | undefined;
}

/** The one that begins on a day, else the one it lies in. */
export function holding<P extends Periodic>(periods: readonly P[], day: string): P | undefined {
  return periods.find(({ period }) => period.start === day) ?? periods.find(({ period }) => period.start <= day && day < period.end);
}

/** The day a year before a period begins: of days and weeks the same weekday, else the same date. */
function yearBefore({ start, end }: Period): string {
  const days = (Date.parse(end) - Date.parse(start)) / DAY_MS;
  if (days <= 7) return new Date(Date.parse(start) - YEAR_OF_WEEKS * DAY_MS).toISOString().slice(0, 10);
  return `${String(Number(start.slice(0, 4)) - 1).padStart(4, "0")}${start.slice(4)}`;
}

/** The pair that `now` and `then` choose among periods in order. */
export function pairOf<P extends Periodic>(periods: readonly P[], { now, then }: Pick<View, "now" | "then">): Pair<P> {
  const found = now === "latest" ? periods.at(-1) : holding(periods, now);
  if (found === undefined) return { now: undefined, then: undefined };
  switch (then) {
    case "previous": return { now: found, then: periods[periods.indexOf(found) - 1] };
    case "year": return { now: found, then: holding(periods, yearBefore(found.period)) };
    default: return { now: found, then: holding(periods, then) };
  }
}

/** The first days of periods, the newest first: what can be chosen. */
export function daysOf(periods: readonly Periodic[]): Day[] {
  return periods.map(({ period }) => period.start as Day).reverse();
}
