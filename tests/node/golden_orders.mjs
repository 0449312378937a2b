// The golden fixture: twelve orders of six customers, checkable by head.
//
// In: nothing. Out: its Arrow bytes, once as wall-clock times and once as instants in UTC.

import { Float64, Table, TimestampMillisecond, Utf8, tableToIPC, vectorFromArray } from "apache-arrow";

/** `[order, customer, local time at +08:00, fen]`. */
export const ORDERS = [
  ["o1", "A", "2025-01-05T10:00", 1000],
  ["o2", "A", "2025-02-10T10:00", 1500],
  ["o3", "A", "2025-03-15T10:00", 500],
  ["o4", "B", "2025-01-31T23:30", 2000],
  ["o5", "B", "2025-02-01T00:10", 2000],
  ["o6", "C", "2025-01-20T09:00", 3000],
  ["o7", "C", "2025-03-02T09:00", 4000],
  ["o8", "D", "2025-02-14T12:00", 800],
  ["o9", "D", "2025-03-31T23:59", 800],
  ["o10", "E", "2025-02-20T12:00", 600],
  ["o11", "F", "2025-03-10T08:00", 1200],
  ["o12", "F", "2025-03-11T08:00", 1200],
];

const EIGHT_HOURS = 8 * 3_600_000;

/** The orders as an Arrow file or stream; with `instants`, times are UTC instants, else local wall clock. */
export function goldenOrders({ instants = true, format = /** @type {"file" | "stream"} */ ("file") } = {}) {
  const times = ORDERS.map(([, , time]) => Date.parse(`${time}:00Z`) - (instants ? EIGHT_HOURS : 0));
  const text = (column) => vectorFromArray(ORDERS.map((order) => String(order[column])), new Utf8());
  const table = new Table({
    order_id: text(0),
    customer_id: text(1),
    ordered_at: vectorFromArray(times, new TimestampMillisecond(instants ? "UTC" : null)),
    amount: vectorFromArray(ORDERS.map(([, , , fen]) => Number(fen) / 100), new Float64()),
  });
  return /** @type {Uint8Array<ArrayBuffer>} */ (tableToIPC(table, format));
}
