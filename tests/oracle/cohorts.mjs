/** What cohort tables are compared by: the measures over the rows of sql/cohorts.sql, and the mean rows over their cells. */

/** The last column unless the options say otherwise. */
export const MAX_PERIODS = { day: 60, week: 52, month: 36, quarter: 20, year: 10 };

export const ratio = (num, den) => (den === 0 ? null : num / den);
const present = (cell, criterion) => cell[`count_${criterion}`];

/** What the cells of cohorts with members show, by row of SQL and criterion. */
export const MEASURES = {
  count: present,
  rate: (cell, criterion) => (present(cell, criterion) === null ? null : ratio(present(cell, criterion), cell.members)),
  orders: (cell) => cell.orders,
  net: (cell) => cell.net_minor,
  aov: (cell) => ratio(cell.net_minor, cell.orders),
  value_per_returning: (cell) => ratio(cell.net_minor, cell.count_on),
  value_per_member: (cell) => ratio(cell.net_minor, cell.members),
  cum_value_per_member: (cell) => ratio(cell.net_to_date_minor, cell.members),
  nrr: (cell) => ratio(cell.revenue_minor, cell.base_revenue_minor),
  grr: (cell) => ratio(cell.kept_revenue_minor, cell.base_revenue_minor),
};

/** What a cell shows, held against the column before where the options say so; null in a cohort without members. */
export function measured({ measure, criterion, reference = "none" }, cell, before) {
  const of = (cell) => (cell.members === 0 ? null : MEASURES[measure](cell, criterion));
  const value = of(cell);
  if (reference === "none" || value === null) return value;
  if (cell.k === 0) return 1;
  const then = of(before);
  return then === null ? null : ratio(value, then);
}

/** Cells by cohort start and column. */
export function byPlace(table) {
  return new Map(table.rows.flatMap((row) => row.cells.map((cell) => [`${row.period.start} ${cell.periodIdx}`, { row, cell }])));
}

/** The mean rows over the cells they are made of: simple and median of every measure, pooled of rates. */
export function compareMeans(differences, table, cells, shown, where) {
  for (let k = 0; k < table.nPeriods; k++) {
    const column = cells.filter((cell) => cell.k === k && measured(shown, cell) !== null);
    const values = column.map((cell) => measured(shown, cell)).sort((a, b) => a - b);
    const sum = (of) => column.reduce((total, cell) => total + of(cell), 0);
    const middle = values.length >> 1;
    const median = values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    const of = (value) => (column.length === 0 ? null : value());
    const place = (name) => () => [k, name, ...where];
    differences.exact(place("cohorts used"), table.means.rowsUsed[k], column.length);
    differences.ratio(place("simple"), table.means.simple[k], of(() => values.reduce((a, b) => a + b) / values.length));
    differences.ratio(place("median"), table.means.median[k], of(() => median));
    if (shown.measure !== "rate") continue;
    differences.ratio(place("pooled"), table.means.pooled[k], of(() => sum((cell) => present(cell, shown.criterion)) / sum((cell) => cell.members)));
  }
}
