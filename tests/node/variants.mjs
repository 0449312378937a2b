// The committed variants of one table, what a reader must make of them, and what feilun makes of them through its public API.
//
// In: tests/data/arrow/expected.json. Out: cases, the answers worked out from its orders, and the same asked from a dataset. Runs in Node and in a page.

/** @typedef {{ orders: [string, number, number, number, string | null, string | null, string | null][], mapping: string[], options: object, rows_read: number, set_aside: Record<string, number[]>, anonymous: [number, number], statuses: Record<string, number> }} Family */

/** The mapping of columns named after their roles. */
export function mappingOf(/** @type {string[]} */ names) {
  return Object.fromEntries(names.map((name) => [name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()), name]));
}

function tally(/** @type {Family["orders"]} */ orders, /** @type {(order: Family["orders"][number]) => string | number | null} */ key) {
  const sums = {};
  for (const order of orders) {
    const name = key(order);
    if (name === null) continue;
    const sum = (sums[name] ??= { orders: 0, net: 0 });
    sum.orders += 1;
    sum.net += order[3];
  }
  return Object.fromEntries(Object.entries(sums).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const isoDay = (/** @type {number} */ day) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** What the API must answer, from the orders themselves. */
export function expectedAnswers(/** @type {Family} */ family) {
  const { orders } = family;
  const last = Math.max(...orders.map((order) => order[2]));
  const customers = {};
  for (const [customer, { orders: frequency, net }] of Object.entries(tally(orders, (order) => order[0]))) {
    const recency = last - Math.max(...orders.filter((order) => order[0] === customer).map((order) => order[2]));
    customers[customer] = { recency, frequency, net };
  }
  return {
    customers,
    days: tally(orders, (order) => isoDay(order[2])),
    stores: tally(orders, (order) => order[4]),
    channels: tally(orders, (order) => order[5]),
    rowsRead: family.rows_read,
    setAside: family.set_aside,
    anonymous: family.anonymous,
    statuses: Object.fromEntries(Object.entries(family.statuses).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** What a dataset answers. Fetched whole into the test, so it must not name anything outside of its arguments. */
export async function answersOf(data) {
  const { report, dimensions, dataStart, completeUntil } = data.summary;
  const empty = data.summary.orders === 0;
  const scored = empty ? { customerId: [] } : await data.rfmCustomers({ windowDays: null, countZero: true }, { ids: "plain" });
  const customers = scored.customerId.map((id, at) => [id, { recency: scored.recencyDays[at], frequency: scored.frequency[at], net: scored.monetaryMinor[at] }]);
  const sums = async (filter) => {
    try {
      const { definition } = await data.rfm({ filter, windowDays: null, countZero: true });
      return { orders: definition.orders, net: definition.netMinor };
    } catch (error) {
      if (/** @type {{ code?: string }} */ (error).code === "empty") return { orders: 0, net: 0 };
      throw error;
    }
  };
  const byLabel = async (key) => {
    const labels = dimensions.find((dimension) => dimension.key === key)?.labels ?? [];
    const entries = [];
    for (const label of [...labels].sort()) entries.push([label, await sums({ only: { [key]: [label] } })]);
    return Object.fromEntries(entries);
  };
  const days = {};
  for (let at = Date.parse(dataStart); at < Date.parse(completeUntil); at += 86_400_000) {
    const [from, until] = [at, at + 86_400_000].map((day) => new Date(day).toISOString().slice(0, 10));
    const sum = await sums({ from, until });
    if (sum.orders > 0) days[from] = sum;
  }
  return {
    customers: Object.fromEntries(customers.sort(([a], [b]) => (a < b ? -1 : 1))),
    days,
    stores: await byLabel("store_id"),
    channels: await byLabel("channel"),
    rowsRead: report.rowsRead,
    setAside: Object.fromEntries(report.setAside.map((aside) => [aside.reason, aside.examples])),
    anonymous: [report.anonymousOrders, report.anonymousNetMinor],
    statuses: Object.fromEntries(report.statuses.map(({ status, rows }) => [status, rows]).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
