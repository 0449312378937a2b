// A trap inside the wasm module: the call is lost, the process lives on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { open } from "feilun";
import { goldenOrders } from "./golden_orders.mjs";
import { trappingWasm } from "./trapping_wasm.mjs";

test("a trap rejects what is under way, loses its datasets, and later calls work", async () => {
  const data = await open(goldenOrders(), { wasm: await trappingWasm() });
  assert.equal((await data.cohorts()).rows.length, 3);
  const outcomes = await Promise.allSettled([data.flywheel(), data.growth()]);
  assert.deepEqual(outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason.code), ["trap", "trap"]);
  await assert.rejects(data.cohorts(), { name: "FeilunError", code: "closed" });
  await data.close();
  const again = await open(goldenOrders());
  assert.equal((await again.growth()).periods.length, 3);
  await assert.rejects(again.flywheel(), { code: "trap" });
});
