/**
 * Growth accounting equals sql/growth.sql in customers and money, every granularity, whoever is followed, sliced or not; rolling windows equal
 * sql/growth_rolling.sql.
 */
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

const GRANULARITIES = ["day", "week", "month", "quarter", "year"];
const ENTITIES = { customer: "customer_id", store: "store_id" };

for (const dataset of DATASETS) {
  test(`growth of ${dataset.name}`, async () => {
    const { oracle, data, params, filter, until, mapping, close } = await dataset.open();
    const differences = new Differences();
    for (const granularity of GRANULARITIES) {
      const expected = await oracle.metric("growth", { granularity, until, count_zero: false });
      compare(differences, [granularity], (await data.growth({ granularity, filter })).periods, expected);
    }
    for (const rollingDays of [1, 7, 28]) {
      const expected = await oracle.metric("growth_rolling", { days: rollingDays, until, count_zero: params.countZero });
      const config = { granularity: "day", window: "rolling", rollingDays, countZero: params.countZero, filter };
      compare(differences, ["rolling", rollingDays], (await data.growth(config)).periods, expected);
    }
    for (const [entity, column] of Object.entries(ENTITIES)) {
      if (entity !== "customer" && mapping.storeId === undefined) continue;
      const config = { granularity: "month", countZero: params.countZero, entity, filter };
      const expected = await oracle.as(column, () => oracle.metric("growth", { granularity: "month", until, count_zero: params.countZero }));
      compare(differences, ["of", entity], (await data.growth(config)).periods, expected);
    }
    // Slices by order hold what a filter by their label does, from the first order of the whole on.
    const { slices, periods } = await data.growth({ granularity: "month", slice: mapping.channel === undefined ? null : { by: "channel", rule: "order" }, filter });
    for (const slice of slices) {
      const expected = await oracle.within("channel", slice.label, () => oracle.metric("growth", { granularity: "month", until, count_zero: false }));
      differences.exact(() => ["slice", slice.label, "periods"], slice.periods.length, periods.length);
      compare(differences, ["slice", slice.label], slice.periods.slice(periods.length - expected.length), expected);
    }
    await close();
    differences.assertNone(`${dataset.name}, ${JSON.stringify({ ...params, ...filter })}`);
  });
}

function compare(differences, title, periods, expected) {
  differences.exact(() => [...title, "periods"], periods.length, expected.length);
  expected.forEach((row, at) => {
    const place = (name) => () => [at, ...title, row.period_start, name];
    for (const name of COUNTS) differences.exact(place(name), periods[at]?.counts[name], row[name]);
    for (const [name, column] of Object.entries(REVENUE)) differences.exact(place(`revenue ${name}`), periods[at]?.revenue[name], row[column]);
    differences.ratio(place("quick ratio"), periods[at]?.quickRatio, ratio(row.new + row.resurrected, row.churned));
    const gained = row.new_revenue + row.resurrected_revenue + row.expansion;
    differences.ratio(place("revenue quick ratio"), periods[at]?.revenueQuickRatio, ratio(gained, row.churned_revenue + row.contraction));
  });
}
