/**
 * Growth accounting equals sql/growth.sql in customers and money, every granularity, whoever is followed, sliced or not; rolling windows equal
 * sql/growth_rolling.sql.
 */
import { test } from "node:test";
import { DATASETS } from "./datasets.mjs";
import { Differences } from "./differences.mjs";
import { compareGrowth as compare } from "./growth.mjs";

const GRANULARITIES = ["day", "week", "month", "quarter", "year"];
const ENTITIES = { customer: "customer_id", store: "store_id" };

for (const dataset of DATASETS) {
  test(`growth of ${dataset.name}`, async () => {
    const { oracle, data, params, filter, until, mapping, close } = await dataset.open();
    const differences = new Differences();
    for (const granularity of GRANULARITIES) {
      const expected = await oracle.metric("growth", { granularity, week_start: 0, until, count_zero: false });
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
      const expected = await oracle.as(column, () => oracle.metric("growth", { granularity: "month", week_start: 0, until, count_zero: params.countZero }));
      compare(differences, ["of", entity], (await data.growth(config)).periods, expected);
    }
    // Slices by order hold what a filter by their label does, from the first order of the whole on.
    const { slices, periods } = await data.growth({ granularity: "month", slice: mapping.channel === undefined ? null : { by: "channel", rule: "order" }, filter });
    for (const slice of slices) {
      const expected = await oracle.within("channel", slice.label, () => oracle.metric("growth", { granularity: "month", week_start: 0, until, count_zero: false }));
      differences.exact(() => ["slice", slice.label, "periods"], slice.periods.length, periods.length);
      compare(differences, ["slice", slice.label], slice.periods.slice(periods.length - expected.length), expected);
    }
    await close();
    differences.assertNone(`${dataset.name}, ${JSON.stringify({ ...params, ...filter })}`);
  });
}
