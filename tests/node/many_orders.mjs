// Millions of orders, in memory as an Arrow file: enough for reading and arranging to take a while.

import { Float64, Table, TimestampMillisecond, makeData, makeVector, tableToIPC } from "apache-arrow";

/** Which of their columns is which. */
export const manyMapping = { customerId: "customer_id", orderedAt: "ordered_at", amount: "amount" };

/** Orders of two years, their customers and times in no order. */
export function manyOrders(rows = 3_000_000) {
  const [customers, times, amounts] = [new Int32Array(rows), new BigInt64Array(rows), new Float64Array(rows)];
  for (let i = 0; i < rows; i++) {
    customers[i] = (i * 7919) % 400_003;
    times[i] = BigInt(1_700_000_000_000 + ((i * 104_729) % 63_000_000) * 1000);
    amounts[i] = 10 + (i % 500) / 10;
  }
  const orderedAt = makeVector(makeData({ type: new TimestampMillisecond(), length: rows, data: times }));
  const amount = makeVector(makeData({ type: new Float64(), length: rows, data: amounts }));
  const table = new Table({ customer_id: makeVector(customers), ordered_at: orderedAt, amount });
  return /** @type {Uint8Array<ArrayBuffer>} */ (tableToIPC(table, "file"));
}
