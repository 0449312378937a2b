/**
 * An IANA time zone → its offsets over time, read from the platform's own zone data (`Intl`), so that none has to be shipped.
 */
import { FeilunError } from "./error.js";

/** `[utc start, seconds east of UTC]`, ascending; the first holds for all earlier times too. */
export type Transitions = Array<[number, number]>;

const FROM = Date.UTC(1970, 0, 1) / 1000;
const TO = Date.UTC(2100, 0, 1) / 1000;
/** No zone has kept an offset for less than a week. */
const STRIDE = 7 * 86_400;

const known = new Map<string, Transitions>();

/** The transitions of an IANA zone between 1970 and 2100, as `open` takes them and `timeZone` implies; computed once per zone. */
export function transitionsOf(timeZone: string): Transitions {
  let transitions = known.get(timeZone);
  if (transitions === undefined) {
    transitions = computeTransitions(timeZone);
    known.set(timeZone, transitions);
  }
  return transitions;
}

function computeTransitions(timeZone: string): Transitions {
  const offsetAt = offsetReader(timeZone);
  let offset = offsetAt(FROM);
  const transitions: Transitions = [[FROM, offset]];
  for (let at = FROM; at < TO; at += STRIDE) {
    const next = offsetAt(at + STRIDE);
    if (next === offset) continue;
    transitions.push([firstWith(next, at, at + STRIDE, offsetAt), next]);
    offset = next;
  }
  return transitions;
}

/** The first second in `(before, after]` whose offset is `offset`. */
function firstWith(offset: number, before: number, after: number, offsetAt: (second: number) => number): number {
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle) === offset) after = middle;
    else before = middle;
  }
  return after;
}

function offsetReader(timeZone: string): (second: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset", year: "numeric" });
  } catch (thrown) {
    throw new FeilunError({ code: "config", message: `timeZone: \`${timeZone}\` is no time zone known here` }, { cause: thrown });
  }
  return (second) => {
    // "1970, GMT+08:05:43", or plain "GMT" for zero.
    const [, sign, hours, minutes, seconds] = /GMT([+-])(\d+):(\d+)(?::(\d+))?/.exec(format.format(second * 1000)) ?? [];
    const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
    return sign === "-" ? -total : total;
  };
}
