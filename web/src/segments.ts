// Segments of one's own: boxes of scores, the first that holds wins, and a name for the rest.
//
// In: the text that the view carries. Out: the segments, and back; `null` where the text is none.

import type { CustomSegments } from "feilun";

/** The least and the greatest score of an axis. */
export type Span = readonly [number, number];

/** The axes, in the order scores are written. */
export const AXES = ["r", "f", "m"] as const;

/** A box of scores and its name. */
export interface Box {
  readonly name: string;
  readonly r: Span;
  readonly f: Span;
  readonly m: Span;
}

/** Boxes, the first that holds wins; `rest` names what is in none. */
export interface OwnSegments {
  readonly boxes: readonly Box[];
  readonly rest: string;
}

/** The greatest score. */
export const BINS = 5;

/** The most boxes there can be. */
export const MOST_BOXES = 20;

/** Names the engine refuses (crate/src/rfm/custom.rs): said where they are typed. */
const TAKEN: readonly string[] = ["prospects", "lapsed_out", "not_yet", "other"];

/** Whether a segment can be called so. */
export function isName(name: unknown): name is string {
  return typeof name === "string" && name.trim() !== "" && name.length <= 40 && !TAKEN.includes(name);
}

function isSpan(span: unknown): span is Span {
  return Array.isArray(span) && span.length === 2 && span.every((score) => Number.isInteger(score) && score >= 1 && score <= BINS) && span[0] <= span[1];
}

function isBox(box: unknown): box is [string, Span, Span, Span] {
  return Array.isArray(box) && box.length === 1 + AXES.length && isName(box[0]) && box.slice(1).every(isSpan);
}

/** The segments a text describes. */
export function segmentsOf(text: string): OwnSegments | null {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(given)) return null;
  const [rest, ...boxes] = given as unknown[];
  if (!isName(rest) || boxes.length > MOST_BOXES || !boxes.every(isBox)) return null;
  return { rest, boxes: boxes.map(([name, r, f, m]) => ({ name, r, f, m })) };
}

/** The text of segments. */
export function textOf({ boxes, rest }: OwnSegments): string {
  return JSON.stringify([rest, ...boxes.map(({ name, r, f, m }) => [name, r, f, m])]);
}

/** The segments as the engine takes them. */
export function customSegments({ boxes, rest }: OwnSegments): CustomSegments {
  const span = ([low, high]: Span): [number, number] => [low, high];
  return { rules: boxes.map(({ name, r, f, m }) => ({ name, r: span(r), f: span(f), m: span(m) })), firstMatch: true, default: rest };
}
