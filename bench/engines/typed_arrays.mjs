// What an expert would write by hand for these jobs: flechette's zero-copy columns, typed arrays, one pass per job, no object per row.
//
// Rows come in the order of time, which is checked; so a customer's last period is enough to count cohorts and growth in one pass.

import { tableFromIPC } from "@uwdata/flechette";
import { COLUMNS, REPEAT_DAYS, RFM_DAYS, monthLabel, monthOf, rfmAnswer, weekLabel, weekOf } from "../jobs.mjs";

const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;

/** Nothing to compile. */
export async function ready() {}

export async function load(file) {
  const table = tableFromIPC(await file.arrayBuffer(), { useBigInt: true });
  const batches = (role) => table.getChild(COLUMNS[role]).data;
  const n = table.numRows;
  const ids = idsOf();
  const customer = ids.read(batches("customerId"), n);
  const inviter = ids.read(batches("inviterId"), n);
  const timeMs = readTimes(batches("orderedAt"), n);
  const joinedMs = readTimes(batches("joinedAt"), n);
  const net = new Int32Array(n);
  let row = 0;
  for (const { values, length } of batches("amount")) for (let i = 0; i < length; i++) net[row++] = Math.round(values[i] * 100);
  const stores = idsOf();
  const store = stores.read(batches("storeId"), n);
  const day = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    if (i > 0 && timeMs[i] < timeMs[i - 1]) throw new Error("the rows do not ascend by time");
    day[i] = Math.floor((timeMs[i] + OFFSET_MS) / DAY_MS);
  }
  return { n, customers: ids.size(), customer, inviter, timeMs, joinedMs, net, store, stores, day, firstDay: day[0], endDay: day[n - 1] + 1 };
}

/** Milliseconds; NaN for null. */
function readTimes(batches, n) {
  const out = new Float64Array(n);
  let row = 0;
  for (const batch of batches) {
    const words = new Int32Array(batch.values.buffer, batch.values.byteOffset, batch.length * 2);
    const validity = batch.nullCount > 0 ? batch.validity : null;
    for (let i = 0; i < batch.length; i++) {
      const isValid = validity === null || (validity[i >> 3] >> (i & 7)) & 1;
      out[row++] = isValid ? words[2 * i + 1] * 4294967296 + (words[2 * i] >>> 0) : NaN;
    }
  }
  return out;
}

/** Ids → dense numbers, −1 for null, over all columns read. */
function idsOf() {
  const known = new Map();
  const intern = (id) => {
    let code = known.get(id);
    if (code === undefined) known.set(id, (code = known.size));
    return code;
  };
  const decoder = new TextDecoder("latin1");
  /** Dictionary → the code of each of its values; batches share dictionaries. */
  const mapped = new Map();
  const ofDictionary = (dictionary) => {
    if (!mapped.has(dictionary)) mapped.set(dictionary, Int32Array.from({ length: dictionary.length }, (_, at) => intern(dictionary.at(at))));
    return mapped.get(dictionary);
  };
  const isValid = (batch, i) => batch.nullCount === 0 || (batch.validity[i >> 3] >> (i & 7)) & 1;
  const read = (batches, n) => {
    const out = new Int32Array(n).fill(-1);
    let row = 0;
    for (const batch of batches) {
      if (batch.dictionary) {
        const codes = ofDictionary(batch.dictionary);
        for (let i = 0; i < batch.length; i++, row++) if (isValid(batch, i)) out[row] = codes[batch.values[i]];
      } else if (batch.offsets) {
        // The ids are ASCII: one decoded string per batch, of which each id is a slice.
        const text = decoder.decode(batch.values.subarray(0, batch.offsets[batch.length]));
        for (let i = 0; i < batch.length; i++, row++) if (isValid(batch, i)) out[row] = intern(text.slice(batch.offsets[i], batch.offsets[i + 1]));
      } else {
        const words = new Int32Array(batch.values.buffer, batch.values.byteOffset, batch.length * 2);
        for (let i = 0; i < batch.length; i++, row++) if (isValid(batch, i)) out[row] = intern(words[2 * i + 1] * 4294967296 + (words[2 * i] >>> 0));
      }
    }
    return out;
  };
  return { read, size: () => known.size, code: (id) => known.get(id) };
}

export async function run(data, job) {
  if (job.kind === "cohorts") return cohorts(data, job);
  if (job.kind === "rfm") return rfm(data, job);
  return wheel(data);
}

export function answer(result) {
  return result;
}

/** Day − firstDay → period − first. */
function periodsOf(data, of) {
  const first = of(data.firstDay);
  const len = of(data.endDay - 1) - first + 1;
  return { first, len, byDay: Uint16Array.from({ length: data.endDay - data.firstDay }, (_, at) => of(data.firstDay + at) - first) };
}

function cohorts(data, { granularity, stores }) {
  const { first, len, byDay } = periodsOf(data, granularity === "week" ? weekOf : monthOf);
  const { customer, day, net, store, firstDay, n } = data;
  const wanted = stores && new Uint8Array(data.stores.size());
  for (const label of stores ?? []) wanted[data.stores.code(label)] = 1;
  const entry = new Int32Array(data.customers).fill(-1);
  const last = new Int32Array(data.customers);
  const counts = new Uint32Array(len * len);
  for (let i = 0; i < n; i++) {
    if (net[i] <= 0 || (wanted && wanted[store[i]] === 0)) continue;
    const who = customer[i];
    const period = byDay[day[i] - firstDay];
    if (entry[who] < 0) {
      entry[who] = period;
    } else if (last[who] === period) continue;
    last[who] = period;
    counts[entry[who] * len + period - entry[who]]++;
  }
  const label = granularity === "week" ? weekLabel : monthLabel;
  const rows = Array.from({ length: len }, (_, cohort) => [label(first + cohort), Array.from(counts.subarray(cohort * len, (cohort + 1) * len - cohort))]);
  return Object.fromEntries(rows);
}

function rfm(data, { preset }) {
  const { customer, day, net, n, endDay } = data;
  const start = endDay - RFM_DAYS;
  const lastDay = new Int32Array(data.customers).fill(-1);
  const frequency = new Int32Array(data.customers);
  const monetary = new Float64Array(data.customers);
  for (let i = 0; i < n; i++) {
    if (day[i] < start) continue;
    const who = customer[i];
    monetary[who] += net[i];
    if (net[i] > 0) {
      frequency[who]++;
      lastDay[who] = day[i];
    }
  }
  const scored = Int32Array.from({ length: data.customers }, (_, who) => who).filter((who) => frequency[who] > 0);
  const r = midrank(Float64Array.from(scored, (who) => lastDay[who]), 5);
  const f = onePlusQuartile(Float64Array.from(scored, (who) => frequency[who]));
  const m = midrank(Float64Array.from(scored, (who) => monetary[who]), 5);
  const n3 = new Uint32Array(216);
  const net3 = new Float64Array(216);
  scored.forEach((who, at) => {
    const triple = r[at] * 36 + f[at] * 6 + m[at];
    n3[triple]++;
    net3[triple] += monetary[who];
  });
  return rfmAnswer(Array.from(n3, (count, triple) => [triple, [count, net3[triple]]]).filter(([, [count]]) => count > 0), preset);
}

/** Score 1 + ⌊bins · (2 · less + equal) / 2n⌋, at most `bins`. */
function midrank(keys, bins) {
  const sorted = keys.slice().sort();
  const n = sorted.length;
  const least = [];
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && sorted[to] === sorted[from]) to++;
    const score = 1 + Math.min(bins - 1, Math.floor((bins * (from + to)) / (2 * n)));
    if (least[score] === undefined) least[score] = sorted[from];
    from = to;
  }
  return Uint8Array.from(keys, (key) => {
    for (let score = bins; score > 1; score--) if (key >= least[score]) return score;
    return 1;
  });
}

/** 1 for those who bought once, 1 + midrank in four bins for the others. */
function onePlusQuartile(keys) {
  const scores = midrank(keys.filter((key) => key > 1), 4);
  let next = 0;
  return Uint8Array.from(keys, (key) => (key > 1 ? 1 + scores[next++] : 1));
}

function wheel(data) {
  const { first, len, byDay } = periodsOf(data, monthOf);
  const { customer, day, net, timeMs, joinedMs, inviter, firstDay, endDay, n } = data;
  const counts = Array.from({ length: len }, () => [0, 0, 0, 0, 0]);
  const last = new Int32Array(data.customers).fill(-1);
  const firstRow = new Int32Array(data.customers).fill(-1);
  const repeated = new Uint8Array(data.customers);
  const isMember = new Float64Array(data.customers).fill(Infinity);
  const repeats = Array.from({ length: len }, () => [0, 0]);
  for (let i = 0; i < n; i++) if (joinedMs[i] < isMember[customer[i]]) isMember[customer[i]] = joinedMs[i];
  const lastMonth = byDay[endDay - 1 - firstDay];
  const complete = monthOf(endDay) > monthOf(endDay - 1) ? lastMonth : lastMonth - 1;
  let [invited, newcomers, members, active] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    if (net[i] <= 0) continue;
    const who = customer[i];
    const period = byDay[day[i] - firstDay];
    const of = counts[period];
    if (firstRow[who] < 0) {
      firstRow[who] = i;
      repeats[period][1]++;
      if (period === complete) {
        newcomers++;
        if (inviter[i] >= 0 && inviter[i] !== who) invited++;
      }
    } else if (repeated[who] === 0) {
      repeated[who] = 1;
      const entry = firstRow[who];
      if (timeMs[i] - timeMs[entry] <= REPEAT_DAYS * DAY_MS) repeats[byDay[day[entry] - firstDay]][0]++;
    }
    if (last[who] === period) continue;
    of[0]++;
    if (last[who] < 0) of[1]++;
    else if (last[who] === period - 1) of[2]++;
    else of[3]++;
    last[who] = period;
    if (period === complete) {
      active++;
      const joinedDay = Math.floor((isMember[who] + OFFSET_MS) / DAY_MS);
      if (joinedDay < firstDay || (joinedDay < endDay && byDay[joinedDay - firstDay] <= period)) members++;
    }
  }
  for (let period = 1; period < len; period++) counts[period][4] = counts[period - 1][0] - counts[period][2];
  const labelled = (rows) => Object.fromEntries(rows.map((row, period) => [monthLabel(first + period), row]));
  return { growth: labelled(counts), repeat: labelled(repeats), invited: [invited, newcomers], pool: [members, active] };
}
