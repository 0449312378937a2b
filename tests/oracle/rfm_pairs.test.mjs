/** RFM, migration and concentration equal their SQL under every pair of options. */
import { FILTERS, answer, differential, filterOf } from "./differential.mjs";
import { CUSTOM, compareConcentration, compareMigration, compareRfm } from "./rfm.mjs";

const SLICES = { none: null, first: { by: "channel", rule: "first_order" }, home: { by: "store_id", rule: "home" } };
const RECENCY = ["midrank", "nearest_rank", "fixed", "ntile"];
const FREQUENCY = ["midrank", "one_plus_quartile", "nearest_rank", "fixed", "ntile", "nested"];
const MONETARY = ["midrank", "nearest_rank", "fixed", "ntile", "nested"];
/** How customers are scored and put into segments. */
const SCORES = {
  bins: [3, 4, 5],
  recencyMode: RECENCY,
  frequencyMode: FREQUENCY,
  monetaryMode: MONETARY,
  monetary: ["net", "aov", "margin"],
  preset: ["grid", "rules11", "cn8", "custom"],
  cn8By: ["mean", "median", "score"],
  windowDays: [null, 60, 365],
  frequencyByDay: [false, true],
  countZero: [false, true],
  filter: FILTERS,
};
const REFUSED = [({ bins, preset }) => preset !== "cn8" && bins !== 5, ({ preset, cn8By }) => preset !== "cn8" && cn8By !== "mean"];

/** The options as feilun takes them; thresholds that split most tables. */
function configOf({ bins, recencyMode, frequencyMode, monetaryMode, preset, cn8By, ...more }, filter) {
  const fixed = (mode, thresholds) => (mode === "fixed" ? thresholds.slice(0, bins - 1) : null);
  return {
    ...more, bins, recencyMode, frequencyMode, monetaryMode, preset, filter,
    recencyLimits: fixed(recencyMode, [150, 60, 20, 3]),
    frequencyThresholds: fixed(frequencyMode, [2, 3, 5, 8]),
    monetaryThresholds: fixed(monetaryMode, [-500, 10_000, 30_000, 90_000]),
    cn8By: preset === "cn8" ? cn8By : "mean",
    cn8Score: preset === "cn8" && cn8By === "score" ? bins - 1 : null,
    customSegments: preset === "custom" ? CUSTOM : null,
  };
}

/** A comparison, which feilun may refuse as `empty` where nobody bought before a day, or within so many days before it. */
async function unlessEmpty(differences, oracle, { countZero, before, days = null, entity = "customer" }, comparison) {
  const { refused } = await answer(comparison);
  if (refused === undefined) return;
  const window = `cast(local_time as date) < date '${before}'${days === null ? "" : ` and cast(local_time as date) >= date '${before}' - ${days}`}`;
  const [{ bought }] = await oracle.select(`select count(*) as bought from orders where (net_minor > 0 or ${countZero}) and ${entity}_id is not null and ${window}`);
  differences.exact(() => ["refused"], refused, "empty");
  differences.exact(() => ["purchases"], bought, 0);
}

differential(
  {
    call: "RFM",
    fields: { ...SCORES, slice: Object.keys(SLICES), asOf: ["until", "earlier"] },
    refused: REFUSED,
    async compare({ oracle, data, facts }, { filter: name, slice, asOf, ...row }, differences) {
      const { filter, ends } = filterOf(name, facts);
      const day = facts[asOf] > ends ? ends : facts[asOf];
      await oracle.filter({ ...filter, until: day });
      const config = { ...configOf(row, filter), slice: SLICES[slice], asOf: day };
      await unlessEmpty(differences, oracle, { ...row, before: day }, compareRfm(differences, { oracle, data }, config));
    },
  },
  {
    call: "migration",
    fields: { ...SCORES, mode: ["frozen", "refit"] },
    refused: [
      ...REFUSED,
      // What SQL knows of frozen cut-points.
      ({ mode, preset }) => mode === "frozen" && preset !== "grid",
      ({ mode, recencyMode }) => mode === "frozen" && recencyMode !== "midrank",
      ({ mode, monetaryMode }) => mode === "frozen" && monetaryMode !== "midrank",
      ({ mode, frequencyMode }) => mode === "frozen" && frequencyMode !== "midrank" && frequencyMode !== "one_plus_quartile",
    ],
    async compare({ oracle, data, facts }, { filter: name, mode, ...row }, differences) {
      const { filter, ends } = filterOf(name, facts);
      const to = facts.until > ends ? ends : facts.until;
      const from = facts.earlier < to ? facts.earlier : facts.start;
      await oracle.filter(filter);
      const config = { from, to, mode, rfm: configOf(row, filter) };
      // By frozen cut-points somebody has to be scored on the earlier day.
      const window = mode === "frozen" ? { before: from, days: row.windowDays } : { before: to };
      await unlessEmpty(differences, oracle, { ...row, ...window }, compareMigration(differences, { oracle, data, filter }, config));
    },
  },
  {
    call: "concentration",
    fields: { entity: ["customer", "store", "staff"], windowDays: [null, 60, 365], countZero: [false, true], asOf: ["until", "earlier"], filter: FILTERS },
    async compare({ oracle, data, facts }, { filter: name, asOf, ...row }, differences) {
      const { filter, ends } = filterOf(name, facts);
      await oracle.filter(filter);
      const day = facts[asOf] > ends ? ends : facts[asOf];
      await unlessEmpty(differences, oracle, { ...row, before: day, days: row.windowDays }, compareConcentration(differences, { oracle, data, filter }, { ...row, asOf: day }));
    },
  },
);
