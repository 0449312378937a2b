// The SQL of metrics, as it lies in the repository's sql/ folder.
//
// In: the path that a formula names. Out: its text, put in by the build.

const FILES: Record<string, string> = import.meta.glob("../../sql/{bottleneck,cases,cohorts,concentration,costs,flywheel,gain,growth,invited,momentum,orders,pool,private_domain,rfm,service,touched}.sql", { query: "?raw", import: "default", eager: true });

/** The text of a file such as `sql/pool.sql`. */
export function sqlOf(path: string): string {
  return FILES[`../../${path}`] ?? "";
}
