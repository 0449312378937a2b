// The SQL of metrics, as it lies in the repository's sql/ folder.
//
// In: the path that a formula names. Out: its text, put in by the build; empty of the longest (orders, cohorts, RFM), which would weigh as much as a page.

const FILES: Record<string, string> = import.meta.glob("../../sql/{bottleneck,cases,concentration,costs,flywheel,gain,growth,invited,momentum,pool,private_domain,service,touched}.sql", { query: "?raw", import: "default", eager: true });

/** The text of a file such as `sql/pool.sql`. */
export function sqlOf(path: string): string {
  return FILES[`../../${path}`] ?? "";
}
