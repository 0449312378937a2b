/** The ingest report equals sql/orders.sql: every row used or set aside for the same reason, the same money. */
import { test } from "node:test";
import { DATASETS } from "./datasets.mjs";
import { Differences } from "./differences.mjs";

for (const dataset of DATASETS) {
  test(`orders of ${dataset.name}`, async () => {
    const { oracle, data, close } = await dataset.open();
    const { summary } = data;
    const differences = new Differences();
    const expected = new Map((await oracle.reasons()).map(({ reason, rows }) => [reason, rows]));
    differences.exact(() => ["rows used"], summary.report.rowsUsed, expected.get(null));
    const found = new Map(summary.report.setAside.map(({ reason, rows }) => [reason, rows]));
    for (const reason of new Set([...found.keys(), ...expected.keys()])) {
      if (reason !== null) differences.exact(() => [reason], found.get(reason), expected.get(reason));
    }
    const [valid] = await oracle.select(`select count(*) as orders, count(distinct customer_id) as customers, sum(net_minor) as net,
      min(cast(local_time as date)) as start, max(cast(local_time as date)) + 1 as until from fates where reason is null`);
    differences.exact(() => ["orders"], summary.orders, valid.orders);
    differences.exact(() => ["customers"], summary.customers, valid.customers);
    differences.exact(() => ["net"], summary.netMinor, valid.net);
    differences.exact(() => ["start"], summary.dataStart, valid.start);
    differences.exact(() => ["until"], summary.completeUntil, valid.until);
    await close();
    differences.assertNone(dataset.name);
  });
}
