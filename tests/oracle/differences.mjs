/** Collects what differs between a result and its oracle, and reports the smallest place. */
import assert from "node:assert/strict";

export class Differences {
  #found = [];
  #compared = 0;

  /** Counts, money and names, equal to the unit. `place` returns a list of numbers and names; places compare item by item. */
  exact(place, found, expected) {
    this.#compared++;
    if (found !== expected) this.#found.push({ place: place(), found, expected });
  }

  /** Ratios, equal to 1e-12 of themselves. */
  ratio(place, found, expected) {
    this.#compared++;
    const areNumbers = typeof found === "number" && typeof expected === "number";
    const isSame = found === expected || (areNumbers && Math.abs(found - expected) <= 1e-12 * Math.abs(expected));
    if (!isSame) this.#found.push({ place: place(), found, expected });
  }

  /** The smallest differing place as text, or null where nothing differs. */
  smallest() {
    if (this.#found.length === 0) return null;
    const [{ place, found, expected }] = this.#found.sort((a, b) => compare(a.place, b.place));
    return `${this.#found.length} of ${this.#compared} differ, the smallest at ${place.join(" / ")}: feilun ${found}, SQL ${expected}`;
  }

  /** Fails with the smallest differing place, or when nothing was compared. */
  assertNone(title) {
    assert.ok(this.#compared > 0, `${title}: nothing was compared`);
    const smallest = this.smallest();
    if (smallest !== null) assert.fail(`${title}: ${smallest}`);
  }
}

function compare(a, b) {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1;
  }
  return a.length - b.length;
}
