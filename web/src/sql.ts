// The SQL of the dictionary's metrics, as it lies in the repository's sql/ folder.
//
// In: the path that an entry names. Out: its text, put in by the build.

const FILES: Record<string, string> = import.meta.glob("../../sql/{cases,flywheel,gain,growth,pool,private_domain,service,touched}.sql", { query: "?raw", import: "default", eager: true });

/** The text of a file such as `sql/pool.sql`. */
export function sqlOf(path: string): string {
  return FILES[`../../${path}`] ?? "";
}
