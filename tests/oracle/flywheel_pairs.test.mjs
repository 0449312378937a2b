/** The chain of the loop, its steps, costs and claims equal their SQL under every pair of options, with no, some and all tables. */
import { HORIZONS, SHORT, compareChain } from "./chain.mjs";
import { FILTERS, differential, filterOf } from "./differential.mjs";
import { compareCosts, compareSteps } from "./loop.mjs";

const ATTACHED = { none: [], touches: ["touches"], referrals: ["touches", "referrals"], all: ["members", "referrals", "touches", "spend", "interactions"] };
const WEIGHTS = { equal: [1, 1, 1, 1, 1, 1], some: [0, 1, 2, 3, 0, 0.5] };

differential({
  call: "flywheel",
  fields: {
    attached: Object.keys(ATTACHED),
    granularity: ["month", "week"],
    weekStart: [0, 3, 6],
    horizons: ["default", "short"],
    total: [null, 30, 200, 365],
    base: ["previous_three", "last_year"],
    weights: Object.keys(WEIGHTS),
    attributionDays: [0, 3, 7, 30],
    filter: FILTERS,
  },
  async compare(sides, { attached, granularity, weekStart, total, base, attributionDays, ...row }, differences) {
    const { filter, ends } = filterOf(row.filter, sides.facts);
    const horizons = row.horizons === "short" ? SHORT : HORIZONS;
    const opened = { ...sides, filter, until: ends };
    await sides.attach(ATTACHED[attached]);
    await sides.oracle.filter(filter);
    const [{ bought }] = await sides.oracle.select("select count(*) as bought from orders");
    if (bought === 0) return;
    await compareChain(differences, opened, ATTACHED[attached], { granularity, weekStart, horizons, total, base, weights: WEIGHTS[row.weights] });
    if (attached !== "all") return;
    await compareSteps(differences, opened, { granularity, weekStart, horizons, attributionDays });
    await compareCosts(differences, opened, { granularity, weekStart });
  },
});
