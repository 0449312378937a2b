/** What growth accounts are compared by: customers, revenue and quick ratios by period. */

const COUNTS = ["active", "new", "retained", "resurrected", "churned", "dormant"];
const REVENUE = {
  total: "total_revenue",
  new: "new_revenue",
  retained: "retained_revenue",
  expansion: "expansion",
  contraction: "contraction",
  resurrected: "resurrected_revenue",
  churned: "churned_revenue",
  refundAdjust: "refund_adjust",
  reportedNet: "reported_net",
};
const ratio = (num, den) => (den === 0 ? null : num / den);

/** Periods of feilun and rows of SQL, one by one. */
export function compareGrowth(differences, title, periods, expected) {
  differences.exact(() => [...title, "periods"], periods.length, expected.length);
  expected.forEach((row, at) => {
    const place = (name) => () => [at, ...title, row.period_start, name];
    for (const name of COUNTS) differences.exact(place(name), periods[at]?.counts[name], row[name]);
    for (const [name, column] of Object.entries(REVENUE)) differences.exact(place(`revenue ${name}`), periods[at]?.revenue[name], row[column]);
    differences.ratio(place("quick ratio"), periods[at]?.quickRatio, ratio(row.new + row.resurrected, row.churned));
    const gained = row.new_revenue + row.resurrected_revenue + row.expansion;
    differences.ratio(place("revenue quick ratio"), periods[at]?.revenueQuickRatio, ratio(gained, row.churned_revenue + row.contraction));
  });
}
