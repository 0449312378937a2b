/** The flywheel equals sql/flywheel.sql: every headline in every period, every other metric in the period it speaks of. */
import { test } from "node:test";
import { DATASETS } from "./datasets.mjs";
import { Differences } from "./differences.mjs";

const HORIZON_DAYS = 240;

for (const dataset of DATASETS) {
  test(`flywheel of ${dataset.name}`, async () => {
    const opened = await dataset.open();
    const differences = new Differences();
    for (const granularity of ["month", "week"]) await compare(differences, opened, granularity);
    await opened.close();
    differences.assertNone(`${dataset.name}, ${JSON.stringify(opened.filter)}`);
  });
}

async function compare(differences, { oracle, data, filter, until }, granularity) {
  const rows = await oracle.metric("flywheel", { granularity, until, horizon_days: HORIZON_DAYS });
  const found = new Map(rows.map((row) => [`${row.metric} ${row.period_start}`, row]));
  // A cohort without members and a period without inviters have no row.
  const expected = (metric, start) => found.get(`${metric} ${start}`) ?? { num: 0, den: 0 };
  const table = await data.flywheel({ granularity, filter });
  const starts = new Map(table.steps.flatMap((step) => step.series).map(({ period }) => [period.label, period.start]));
  for (const step of table.steps) {
    for (const point of step.series) {
      const row = expected(step.headline.id, point.period.start);
      differences.exact(() => [point.period.start, granularity, step.headline.id, "num"], point.num, row.num);
      differences.exact(() => [point.period.start, granularity, step.headline.id, "den"], point.den, row.den);
    }
  }
  const known = new Set(rows.map((row) => row.metric));
  const metrics = [...table.steps.flatMap((step) => step.metrics), table.gain].filter((metric) => known.has(metric.id));
  for (const metric of metrics.filter((metric) => metric.num !== null && metric.period !== null)) {
    const row = expected(metric.id, starts.get(metric.period));
    differences.exact(() => [metric.period, granularity, metric.id, "num"], metric.num, row.num);
    differences.exact(() => [metric.period, granularity, metric.id, "den"], metric.den, row.den);
  }
  const cycle = expected("cycle_time", null);
  if (table.cycleTime.value !== null) {
    differences.ratio(() => ["all", granularity, "cycle_time"], table.cycleTime.value, cycle.num / 86_400_000_000);
    differences.exact(() => ["all", granularity, "pairs"], table.cycleTime.n, cycle.den);
  }
}
