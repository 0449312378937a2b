// What every engine answers, and the form its answers are compared in.
//
// In: the columns of bench/data, local days of UTC+8, observation until the day after the last order. A purchase is an order with net > 0.

/** The columns the jobs need. `note` is in the file and nobody asks for it. */
export const COLUMNS = { customerId: "customer_id", orderedAt: "ordered_at", amount: "amount", storeId: "store_id", inviterId: "inviter_id", joinedAt: "joined_at" };

/** The stores of the filtered re-query. */
export const STORES = ["S001", "S002", "S003", "S004", "S005", "S006"];

/** Longest wait for a second purchase to count, in days of 24 hours. */
export const REPEAT_DAYS = 60;

/** Days before the last day that RFM looks at, itself included. */
export const RFM_DAYS = 365;

/**
 * The jobs by name. `first` are those a user waits for after opening a file; the others are what a click changes.
 *
 * - cohorts: `{label: [customers in period 0, 1, …]}` by first purchase;
 * - rfm: `{"r-fm": [customers, net in minor units]}` and the customers of each segment; scores as in docs/metrics.md;
 * - wheel: growth accounting per month, second purchases within 60 days by month of the first, invited share of the last month's new customers,
 *   pool members' share of its active ones.
 */
export const JOBS = {
  cohorts: { first: true, kind: "cohorts", granularity: "month" },
  rfm: { first: true, kind: "rfm", preset: "grid" },
  wheel: { first: true, kind: "wheel" },
  "cohorts, 6 stores": { kind: "cohorts", granularity: "month", stores: STORES },
  "cohorts by week": { kind: "cohorts", granularity: "week" },
  "rfm, 11 rules": { kind: "rfm", preset: "rules11" },
};

/** Segments by R × fm, R descending. */
const GRID = [
  ["new", "active", "active", "champions", "champions"],
  ["promising", "active", "active", "loyal", "loyal"],
  ["almost_lost", "almost_lost", "needs_attention", "loyal", "loyal"],
  ["dormant", "dormant", "at_risk", "at_risk", "previously_loyal"],
  ["dormant", "dormant", "at_risk", "at_risk", "previously_loyal"],
];

function rules11(r, f, m) {
  if (r >= 4 && f >= 4 && m >= 4) return "champions";
  if (r <= 2) {
    if (f >= 4 && m >= 4) return "cannot_lose";
    if (f >= 3 || m >= 4) return "at_risk";
    return r === 1 ? "lost" : "hibernating";
  }
  if (f >= 4) return "loyal";
  if (r === 5 && f === 1) return "new";
  if (r === 4 && f === 1) return "promising";
  if (r >= 4) return "potential_loyal";
  return f === 3 || m >= 4 ? "needs_attention" : "about_to_sleep";
}

/** The RFM answer from sums per score triple: `sums` holds `[customers, net]` by `r * 36 + f * 6 + m`. */
export function rfmAnswer(sums, preset) {
  const cells = {};
  const segments = {};
  for (const [triple, [n, net]] of sums) {
    const [r, f, m] = [Math.floor(triple / 36), Math.floor(triple / 6) % 6, triple % 6];
    const fm = Math.floor((f + m + 1) / 2);
    const cell = (cells[`${r}-${fm}`] ??= [0, 0]);
    cell[0] += n;
    cell[1] += net;
    const segment = preset === "grid" ? GRID[5 - r][fm - 1] : rules11(r, f, m);
    segments[segment] = (segments[segment] ?? 0) + n;
  }
  return { cells, segments };
}

/** The month of a number of months since 1970-01. */
export function monthLabel(month) {
  return `${Math.floor(month / 12) + 1970}-${String((month % 12) + 1).padStart(2, "0")}`;
}

/** The Monday a week begins with, as ISO date; weeks are counted from the one that holds 1970-01-01. */
export function weekLabel(week) {
  return dayLabel(week * 7 - 3);
}

function dayLabel(day) {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** Months since 1970-01 of a local day. */
export function monthOf(day) {
  const date = new Date(day * 86_400_000);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** Weeks since the one that holds 1970-01-01, Mondays first. */
export function weekOf(day) {
  return Math.floor((day + 3) / 7);
}

/** The same answer with its keys in order and nothing that says zero, so that two can be compared as texts. */
export function canonical(answer) {
  const isNothing = (value) => value === 0 || (Array.isArray(value) && value.every((one) => one === 0));
  const walk = (value) => {
    if (Array.isArray(value)) return value.slice(0, value.findLastIndex((one) => one !== 0) + 1).map(Number);
    if (value === null || typeof value !== "object") return Number(value);
    const entries = Object.entries(value).map(([key, inner]) => [key, walk(inner)]);
    return Object.fromEntries(entries.filter(([, inner]) => !isNothing(inner)).sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return JSON.stringify(walk(answer));
}
