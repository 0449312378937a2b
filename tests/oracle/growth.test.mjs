/** Growth accounting equals sql/growth.sql in customers and money, every granularity. */
import { test } from "node:test";
import { DATASETS } from "./datasets.mjs";
import { Differences } from "./differences.mjs";

const COUNTS = ["active", "new", "retained", "resurrected", "churned", "dormant"];
const REVENUE = {
  total: "total_revenue",
  new: "new_revenue",
  retained: "retained_revenue",
  expansion: "expansion",
  contraction: "contraction",
  resurrected: "resurrected_revenue",
  churned: "churned_revenue",
  refundAdjust: "refund_adjust",
  reportedNet: "reported_net",
};
const ratio = (num, den) => (den === 0 ? null : num / den);

for (const dataset of DATASETS) {
  test(`growth of ${dataset.name}`, async () => {
    const { oracle, data, params, filter, until, close } = await dataset.open();
    const differences = new Differences();
    for (const granularity of ["day", "week", "month", "quarter", "year"]) {
      const expected = await oracle.metric("growth", { granularity, until });
      const { periods } = await data.growth({ granularity, filter });
      differences.exact(() => [granularity, "periods"], periods.length, expected.length);
      expected.forEach((row, at) => {
        const place = (name) => () => [at, granularity, row.period_start, name];
        for (const name of COUNTS) differences.exact(place(name), periods[at]?.counts[name], row[name]);
        for (const [name, column] of Object.entries(REVENUE)) differences.exact(place(`revenue ${name}`), periods[at]?.revenue[name], row[column]);
        differences.ratio(place("quick ratio"), periods[at]?.quickRatio, ratio(row.new + row.resurrected, row.churned));
        const gained = row.new_revenue + row.resurrected_revenue + row.expansion;
        differences.ratio(place("revenue quick ratio"), periods[at]?.revenueQuickRatio, ratio(gained, row.churned_revenue + row.contraction));
      });
    }
    await close();
    differences.assertNone(`${dataset.name}, ${JSON.stringify({ ...params, ...filter })}`);
  });
}
