// What must add up: totals on screen against what was read, and the identities the engine checked.
//
// In: the summary of the dataset and the results at hand. Out: one line per equation. Sums are compared, never made here beyond adding up what is shown.

import type { Context } from "./context.ts";
import { isFiltered } from "./views/filters.ts";

/** An equation: of two sums, or checked by the engine period by period. */
export interface Check {
  /** The identity's name in docs/metrics.md, where it has one. */
  readonly id: string;
  readonly text: string;
  /** Both sides as shown; none where the engine checked many periods. */
  readonly sides: readonly [string, string] | null;
  /** Periods checked and failed, where the engine checked them. */
  readonly periods: { readonly checked: number; readonly failed: number } | null;
  readonly holds: boolean;
}

function sum<T>(parts: readonly T[], read: (part: T) => number): number {
  return parts.reduce((total, part) => total + read(part), 0);
}

/** Every equation that can be looked at now. */
export function checksOf(context: Context): Check[] {
  const { app, lang, state, t, format } = context;
  const { summary } = state.opened!.dataset;
  const { report } = summary;
  const { cohorts, growth, rfm } = { cohorts: app.cohorts.result, growth: app.growth.result, rfm: app.rfm.result };
  const checks: Check[] = [];
  const equal = (text: string, left: number, right: number, write: (value: number) => string): void => {
    checks.push({ id: "", text, sides: [write(left), write(right)], periods: null, holds: left === right });
  };
  const count = (value: number): string => format.count(value);
  const money = (value: number): string => format.money(value);
  equal(t("data.check.rows"), report.rowsRead, report.rowsUsed + sum(report.setAside, ({ rows }) => rows), count);
  if (growth && !isFiltered(context)) equal(t("data.check.orders"), growth.definition.orders, summary.orders, count);
  if (growth && !isFiltered(context)) equal(t("data.check.file_net"), growth.definition.netMinor, summary.netMinor, money);
  if (growth) equal(t("data.check.net"), sum(growth.periods, ({ revenue }) => revenue.reportedNet), growth.definition.netMinor, money);
  if (cohorts) equal(t("data.check.cohorts"), sum(cohorts.rows, ({ nCustomers }) => nCustomers), cohorts.nCustomers, count);
  if (rfm) {
    const scored = rfm.segments.filter((segment) => segment.scored);
    equal(t("data.check.segments"), sum(scored, ({ nCustomers }) => nCustomers), rfm.nCustomers, count);
    equal(t("data.check.cells"), sum(rfm.cells, ({ nCustomers }) => nCustomers), rfm.nCustomers, count);
    equal(t("data.check.segment_net"), sum(scored, ({ netMinor }) => netMinor), rfm.netMinor, money);
  }
  for (const { id, equation, checked, failed } of growth?.identities ?? []) {
    checks.push({ id, text: equation[lang], sides: null, periods: { checked, failed }, holds: failed === 0 });
  }
  return checks;
}
