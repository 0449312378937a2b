// feilun, as any page uses it: a worker, the file, the metrics.

import { inspect, open } from "feilun";
import { COLUMNS } from "../jobs.mjs";

/** Compiles, starts the worker and answers a first, tiny call. */
export async function ready() {
  await inspect(new Blob([new Uint8Array(8)])).catch(() => undefined);
}

export async function load(file) {
  return open(file, { mapping: COLUMNS, utcOffsetMinutes: 480 });
}

export async function run(data, job) {
  if (job.kind === "cohorts") {
    const filter = job.stores ? { filter: { only: { store_id: job.stores } } } : {};
    return data.cohorts({ granularity: job.granularity, maxPeriods: 200, ...filter });
  }
  if (job.kind === "rfm") return data.rfm({ preset: job.preset });
  return { growth: await data.growth({ granularity: "month" }), wheel: await data.flywheel({ granularity: "month" }) };
}

/** The result in the form of the comparison; not part of what is measured. */
export function answer(result, job) {
  if (job.kind === "cohorts") {
    const key = (period) => (job.granularity === "week" ? period.start : period.label);
    return Object.fromEntries(result.rows.map((row) => [key(row.period), row.cells.map((cell) => cell.count ?? 0)]));
  }
  if (job.kind === "rfm") {
    return {
      cells: Object.fromEntries(result.cells.map((cell) => [`${cell.r}-${cell.fm}`, [cell.nCustomers, cell.netMinor]])),
      segments: Object.fromEntries(result.segments.filter((one) => one.scored).map((one) => [one.id, one.nCustomers])),
    };
  }
  const { growth, wheel } = result;
  const step = (id) => wheel.steps.find((one) => one.id === id);
  const metric = (id) => wheel.steps.flatMap((one) => one.metrics).find((one) => one.id === id);
  return {
    growth: Object.fromEntries(growth.periods.map(({ period, counts: c }) => [period.label, [c.active, c.new, c.retained, c.resurrected, c.churned]])),
    repeat: Object.fromEntries(step("repeat").series.map(({ period, num, den }) => [period.label, [num, den]])),
    invited: [metric("referred_share").num, metric("referred_share").den],
    pool: [metric("pool_penetration").num, metric("pool_penetration").den],
  };
}
