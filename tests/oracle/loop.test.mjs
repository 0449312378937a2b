/**
 * The steps of the loop that need tables beside orders, by month and week: the pool equals sql/pool.sql, touches sql/touched.sql, invitations
 * sql/invited.sql, service sql/service.sql, the
 * private-domain metrics sql/private_domain.sql, cost and value sql/costs.sql and
 * sql/costs_by_channel.sql, the claims sql/claims.sql.
 */
import { test } from "node:test";
import { DATASETS } from "./datasets.mjs";
import { Differences } from "./differences.mjs";
import { compareCosts, compareSteps } from "./loop.mjs";

for (const dataset of DATASETS) {
  test(`loop of ${dataset.name}`, async () => {
    const opened = await dataset.open();
    const names = Object.keys(opened.tables);
    await opened.attach();
    const differences = new Differences();
    for (const [granularity, attributionDays] of [["month", 7], ["week", 3]]) {
      if (names.length > 0) await compareSteps(differences, opened, { granularity, attributionDays });
      await compareCosts(differences, opened, { granularity });
    }
    await opened.close();
    differences.assertNone(`${dataset.name}, ${JSON.stringify(opened.filter)}`);
  });
}
