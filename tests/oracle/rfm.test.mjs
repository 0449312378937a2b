/**
 * RFM equals sql/rfm.sql, under drawn options: every customer's values, scores and segments, the segment table and the grid. Migration equals
 * sql/rfm_migration.sql, concentration sql/concentration.sql.
 */
import { test } from "node:test";
import { DATASETS } from "./datasets.mjs";
import { Differences } from "./differences.mjs";
import { Random } from "./random.mjs";
import { compareConcentration, compareMigration, compareRfm } from "./rfm.mjs";

const PLAIN = { bins: 5, recencyMode: "midrank", frequencyMode: "one_plus_quartile", monetaryMode: "midrank", monetary: "net", preset: "grid" };

DATASETS.forEach((dataset, seed) => {
  test(`RFM of ${dataset.name}`, async () => {
    const opened = await dataset.open();
    const random = new Random(seed);
    const { windowDays, frequencyByDay, frequencyMode, countZero } = opened.params;
    const common = { windowDays, frequencyByDay, countZero, filter: opened.filter };
    const [{ earlier }] = await opened.oracle.select("select cast(quantile_disc(local_time, 0.7) as date) + 1 as earlier from orders");
    const drawn = Array.from({ length: seed < 2 ? 3 : 12 }, () => ({ ...common, ...options(random, "cost" in opened.mapping), asOf: random.pick([opened.until, earlier]) }));
    for (const preset of ["grid", "rules11"]) drawn.push({ ...common, ...PLAIN, frequencyMode, preset, asOf: opened.until });
    for (const config of drawn) {
      const differences = new Differences();
      await compareRfm(differences, opened, config);
      differences.assertNone(`${dataset.name}, ${JSON.stringify(config)}`);
    }
    const differences = new Differences();
    for (const mode of ["frozen", "refit"]) await compareMigration(differences, opened, { from: earlier, to: opened.until, mode, rfm: { ...common, ...PLAIN, frequencyMode } });
    for (const entity of "storeId" in opened.mapping ? ["customer", "store"] : ["customer"]) {
      await compareConcentration(differences, opened, { entity, asOf: random.pick([opened.until, earlier]), windowDays, countZero });
    }
    differences.assertNone(`migration and concentration of ${dataset.name}`);
    await opened.close();
  });
});

/** Options that go together. */
function options(random, hasCost) {
  const bins = random.pick([3, 4, 5, 5]);
  const preset = random.pick(bins === 5 ? ["grid", "rules11", "cn8"] : ["cn8"]);
  const config = {
    bins,
    recencyMode: random.pick(["midrank", "nearest_rank", "fixed", "ntile"]),
    frequencyMode: random.pick(["midrank", "one_plus_quartile", "nearest_rank", "fixed", "ntile", "nested"]),
    monetaryMode: random.pick(["midrank", "nearest_rank", "fixed", "ntile", "nested"]),
    monetary: random.pick(hasCost ? ["net", "aov", "margin"] : ["net", "aov"]),
    preset,
  };
  const ascending = (least, step) => Array.from({ length: bins - 1 }, (_, at) => least + at * step);
  if (config.recencyMode === "fixed") config.recencyLimits = ascending(random.below(9), 1 + random.below(60)).reverse();
  if (config.frequencyMode === "fixed") config.frequencyThresholds = ascending(2, 1 + random.below(3));
  if (config.monetaryMode === "fixed") config.monetaryThresholds = ascending(random.below(30_000) - 5_000, 1 + random.below(40_000));
  if (preset === "cn8") config.cn8By = random.pick(["mean", "median", "score"]);
  if (config.cn8By === "score") config.cn8Score = 2 + random.below(bins - 1);
  return config;
}
