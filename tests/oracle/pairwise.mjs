/**
 * A covering array: few combinations of options in which every pair of values of two options occurs, unless no combination may hold it.
 *
 * In: the values of each field, and predicates that name refused combinations. Out: rows `{ field: value }`, the same for the same seed.
 * A predicate takes a row and is true where the row is refused: `({ window, completeness }) => window === "calendar" && completeness === "eligible"`.
 * It is asked as soon as the fields it reads are chosen, so that dead ends are left early; several small predicates are better than a large one.
 */
import { Random } from "./random.mjs";

/** Candidates of which the one with most new pairs becomes a row. */
const CANDIDATES = 8;

/** Rows that hold every allowed pair of values. */
export function coveringArray(fields, { refused = [], seed = 1 } = {}) {
  if (Object.keys(fields).length < 2) throw new TypeError("a pair needs two fields");
  const model = new Model(fields, refused, new Random(seed));
  const rows = [];
  while (model.missing.size > 0) {
    const candidates = Array.from({ length: CANDIDATES }, () => model.candidate()).filter((row) => row !== null);
    if (candidates.length === 0) continue;
    const best = candidates.reduce((best, row) => (model.newPairs(row) > model.newPairs(best) ? row : best));
    model.cover(best);
    rows.push(model.values(best));
  }
  return rows;
}

class Model {
  constructor(fields, refused, random) {
    this.names = Object.keys(fields);
    this.domains = this.names.map((name) => fields[name]);
    this.refused = refused;
    this.random = random;
    /** Number of a field's first value among all values. */
    this.first = [];
    this.size = 0;
    for (const domain of this.domains) {
      this.first.push(this.size);
      this.size += domain.length;
    }
    this.missing = new Set();
    this.domains.forEach((a, i) => this.domains.forEach((b, j) => i < j && a.forEach((_, u) => b.forEach((_, v) => this.missing.add(this.#pair(i, u, j, v))))));
  }

  /** A row around a missing pair, or null where none may hold it: that pair is missing no more. */
  candidate() {
    if (this.missing.size === 0) return null;
    const pair = this.random.pick([...this.missing]);
    const row = this.names.map(() => -1);
    for (const value of [Math.floor(pair / this.size), pair % this.size]) {
      const field = this.first.findLastIndex((first) => first <= value);
      row[field] = value - this.first[field];
    }
    const rest = this.random.shuffled(this.names.keys()).filter((field) => row[field] < 0);
    if (!this.#isRefused(row) && this.#complete(row, rest)) return row;
    this.missing.delete(pair);
    return null;
  }

  /** Chooses the fields left, the value with most new pairs first; goes back where everything is refused. */
  #complete(row, rest) {
    if (rest.length === 0) return true;
    const [field, ...others] = rest;
    const choices = this.random.shuffled(this.domains[field].keys()).map((value) => ({ value, gain: this.#gain(row, field, value) }));
    for (const { value } of choices.sort((a, b) => b.gain - a.gain)) {
      row[field] = value;
      if (!this.#isRefused(row) && this.#complete(row, others)) return true;
    }
    row[field] = -1;
    return false;
  }

  #gain(row, field, value) {
    return row.reduce((gain, other, at) => gain + (other >= 0 && at !== field && this.missing.has(this.#pair(at, other, field, value)) ? 1 : 0), 0);
  }

  /** Whether a predicate that reads only chosen fields is true. */
  #isRefused(row) {
    const undecided = new Error("a field is not chosen yet");
    const read = (_, name) => {
      const field = this.names.indexOf(name);
      if (field < 0) throw new TypeError(`no field ${String(name)}`);
      if (row[field] < 0) throw undecided;
      return this.domains[field][row[field]];
    };
    const chosen = new Proxy({}, { get: read });
    return this.refused.some((predicate) => {
      try {
        return predicate(chosen);
      } catch (thrown) {
        if (thrown !== undecided) throw thrown;
        return false;
      }
    });
  }

  newPairs(row) {
    return this.#pairs(row).filter((pair) => this.missing.has(pair)).length;
  }

  cover(row) {
    for (const pair of this.#pairs(row)) this.missing.delete(pair);
  }

  values(row) {
    return Object.fromEntries(row.map((value, field) => [this.names[field], this.domains[field][value]]));
  }

  #pairs(row) {
    return row.flatMap((value, field) => row.slice(0, field).map((other, at) => this.#pair(at, other, field, value)));
  }

  #pair(i, u, j, v) {
    const [a, b] = [this.first[i] + u, this.first[j] + v];
    return Math.min(a, b) * this.size + Math.max(a, b);
  }
}
