// Transitions read from the platform's zone data.

import assert from "node:assert/strict";
import { test } from "node:test";
import { transitionsOf } from "feilun";

const offsetAt = (zone, iso) => transitionsOf(zone).filter(([start], index) => index === 0 || start <= Date.parse(iso) / 1000).at(-1)?.[1];

test("Shanghai keeps +8 h since 1991 and had summer time before", () => {
  assert.equal(offsetAt("Asia/Shanghai", "2025-07-01T00:00Z"), 28_800);
  assert.equal(offsetAt("Asia/Shanghai", "1988-07-01T00:00Z"), 32_400);
});

test("transitions are exact to the second", () => {
  const seconds = (iso) => Date.parse(iso) / 1000;
  const berlin = transitionsOf("Europe/Berlin");
  assert.ok(berlin.some(([start, offset]) => start === seconds("2025-03-30T01:00Z") && offset === 7200));
  assert.ok(berlin.some(([start, offset]) => start === seconds("2025-10-26T01:00Z") && offset === 3600));
});

test("every zone the platform knows ascends and changes at every entry", () => {
  for (const zone of ["Africa/Casablanca", "America/New_York", "America/St_Johns", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]) {
    const transitions = transitionsOf(zone);
    for (let i = 1; i < transitions.length; i++) {
      assert.ok(transitions[i][0] > transitions[i - 1][0] && transitions[i][1] !== transitions[i - 1][1], `${zone} ${i}`);
    }
  }
  assert.deepEqual(transitionsOf("UTC"), [[0, 0]]);
  assert.equal(offsetAt("America/St_Johns", "2025-01-01T00:00Z"), -12_600);
});
