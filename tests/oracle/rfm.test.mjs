/** RFM equals sql/rfm.sql: every customer's values, scores and segment in both presets, and the segment table. */
import { test } from "node:test";
import { DATASETS } from "./datasets.mjs";
import { Differences } from "./differences.mjs";

for (const dataset of DATASETS) {
  test(`RFM of ${dataset.name}`, async () => {
    const opened = await dataset.open();
    const differences = new Differences();
    const [{ earlier }] = await opened.oracle.select("select cast(quantile_disc(local_time, 0.7) as date) + 1 as earlier from orders");
    for (const asOf of [opened.until, earlier]) await compare(differences, opened, asOf);
    await opened.close();
    differences.assertNone(`${dataset.name}, ${JSON.stringify({ ...opened.params, ...opened.filter })}`);
  });
}

async function compare(differences, { oracle, data, params, filter }, asOf) {
  const { windowDays, frequencyByDay, frequencyMode, countZero } = params;
  const expected = await oracle.metric("rfm", {
    as_of: asOf,
    window_days: windowDays,
    frequency_by_day: frequencyByDay,
    frequency_mode: frequencyMode,
    count_zero: countZero,
  });
  for (const preset of ["grid", "rules11"]) {
    const config = { asOf, windowDays, frequencyByDay, frequencyMode, countZero, preset, filter };
    const found = await data.rfmCustomers(config, { ids: "plain" });
    differences.exact(() => [asOf, preset, "customers"], found.customerId.length, expected.length);
    expected.forEach((row, at) => {
      const place = (name) => () => [at, row.customer_id, asOf, preset, name];
      differences.exact(place("id"), found.customerId[at], row.customer_id);
      differences.exact(place("recency"), found.recencyDays[at], row.recency_days);
      differences.exact(place("frequency"), found.frequency[at], row.frequency);
      differences.exact(place("monetary"), found.monetaryMinor[at], row.monetary_minor);
      for (const axis of ["r", "f", "m"]) differences.exact(place(axis), found[axis][at], row[axis]);
      differences.exact(place("segment"), found.segments[found.segment[at]], row[`segment_${preset}`]);
    });
    const table = await data.rfm(config);
    for (const segment of table.segments.filter((segment) => segment.scored)) {
      const members = expected.filter((row) => row[`segment_${preset}`] === segment.id);
      const place = (name) => () => [asOf, preset, segment.id, name];
      const net = members.reduce((sum, row) => sum + row.monetary_minor, 0);
      differences.exact(place("customers"), segment.nCustomers, members.length);
      differences.exact(place("net"), segment.netMinor, net);
      differences.ratio(place("share"), segment.share, expected.length === 0 ? null : members.length / expected.length);
    }
    for (const cell of table.cells) {
      const members = expected.filter((row) => row.r === cell.r && row.fm === cell.fm);
      differences.exact(() => [asOf, preset, `R${cell.r} FM${cell.fm}`], cell.nCustomers, members.length);
    }
  }
}
