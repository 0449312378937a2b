/** Growth accounting equals sql/growth.sql and sql/growth_rolling.sql under every pair of options. */
import { FILTERS, answer, differential, filterOf } from "./differential.mjs";
import { compareGrowth } from "./growth.mjs";

const ENTITIES = { customer: null, store: "store_id", staff: "staff_id", leader: "staff_id" };
const SLICES = { none: null, first: ["channel", "first_order"], home: ["channel", "home"], order: ["channel", "order"], stores: ["store_id", "home"] };

differential({
  call: "growth",
  rowsPerTable: 2,
  fields: {
    granularity: ["day", "week", "month", "quarter", "year"],
    rollingDays: [null, 1, 7, 28],
    weekStart: [0, 3, 6],
    countZero: [false, true],
    entity: Object.keys(ENTITIES),
    slice: Object.keys(SLICES),
    observed: ["until", "earlier"],
    filter: FILTERS,
  },
  refused: [({ granularity, rollingDays }) => rollingDays !== null && granularity !== "day", ({ entity, slice }) => entity === "store" && slice === "stores"],
  async compare({ oracle, data, facts }, { granularity, rollingDays, weekStart, countZero, entity, slice, observed, ...row }, differences) {
    const { filter, ends } = filterOf(row.filter, facts);
    const until = observed === "until" || facts.earlier > ends ? ends : facts.earlier;
    const [by, rule] = SLICES[slice] ?? [];
    const config = {
      granularity, weekStart, countZero, entity, filter, window: rollingDays === null ? "calendar" : "rolling", rollingDays,
      completeUntil: observed === "until" ? null : facts.earlier, slice: by === undefined ? null : { by, rule },
    };
    await oracle.filter({ ...filter, until });
    const query = () =>
      rollingDays === null
        ? oracle.metric("growth", { granularity, week_start: weekStart, until, count_zero: countZero })
        : oracle.metric("growth_rolling", { days: rollingDays, until, count_zero: countZero });
    const of = (query) => (ENTITIES[entity] === null ? query() : oracle.as(ENTITIES[entity], query));
    const expected = await of(query);
    const { result, refused } = await answer(data.growth(config));
    if (refused !== undefined) return differences.exact(() => ["refused"], expected.length === 0 ? "empty" : undefined, refused);
    compareGrowth(differences, [], result.periods, expected);
    if (by === undefined) return;
    const found = new Map(result.slices.map((slice) => [slice.label, slice.periods]));
    for (const label of [...facts.labels[by], null]) {
      const expected = await of(() => (rule === "order" ? oracle.within(by, label, query) : oracle[rule === "home" ? "ofHome" : "ofFirst"](by, label, countZero, query)));
      // Of a slice SQL sees the periods from its first order on; feilun gives those of the whole.
      compareGrowth(differences, ["slice", label ?? ""], (found.get(label) ?? []).slice(result.periods.length - expected.length), expected);
    }
  },
});
