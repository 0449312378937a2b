/** The tables beside orders equal their SQL: every row used or set aside for the same reason. */
import { test } from "node:test";
import { DATASETS } from "./datasets.mjs";
import { Differences } from "./differences.mjs";

for (const dataset of DATASETS) {
  test(`tables beside ${dataset.name}`, async () => {
    const { oracle, data, tables, attach, close } = await dataset.open();
    const differences = new Differences();
    await attach();
    differences.exact(() => ["tables"], data.summary.tables.length, Object.keys(tables).length);
    for (const report of data.summary.tables) {
      const reasons = await oracle.select(`select reason, count(*) as rows from ${report.table}_fates group by reason`);
      const expected = new Map(reasons.map(({ reason, rows }) => [reason, rows]));
      const found = new Map();
      for (const { reason, rows } of report.setAside) found.set(reason, (found.get(reason) ?? 0) + rows);
      differences.exact(() => [report.table, "rows used"], report.rowsUsed, expected.get(null) ?? 0);
      for (const reason of new Set([...found.keys(), ...expected.keys()])) {
        if (reason !== null) differences.exact(() => [report.table, reason], found.get(reason), expected.get(reason));
      }
    }
    await close();
    differences.assertNone(dataset.name);
  });
}
