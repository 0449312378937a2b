/**
 * `<feilun-dashboard>` as other code sees it. It is written in web/, over nothing but the public API, and built into the package as one file.
 */

import type { Filter } from "../generated/types.js";

/** What the dashboard looks at, as plain JSON: every switch and the filter, nothing of the data. What is left out takes the default. */
export interface DashboardConfig {
  version?: 1;
  /** The page and its switches, by name. */
  view?: Readonly<Record<string, string>>;
  filter?: Filter;
}

/** `feilun-filter`: other orders are kept. */
export interface FilterDetail {
  filter: Filter;
}

/** `feilun-export`: a file is about to be saved; `preventDefault()` keeps it back. */
export interface ExportDetail {
  /** The file's name. */
  name: string;
  format: "csv" | "svg" | "png" | "json" | "arrow";
}

/** `<feilun-dashboard>`: the whole dashboard, inside its own shadow root. */
export declare class FeilunDashboard extends HTMLElement {
  /** Whether the dashboard is the page: it keeps its view in the address, and gives the document its title and language. Attribute `page`. */
  page: boolean;
  /** The folder of the sample files, ending in `/`; `null` offers none. Attribute `samples`. */
  samples: string | null;
  /** Sample files the page carries itself, by name; they are offered besides, or instead. */
  sampleFiles: Readonly<Record<string, () => Promise<Blob>>> | null;
  /** `light` or `dark`; `null` is the reader's preference. Attribute `theme`. */
  theme: string | null;
  /** The address of an Arrow file to open at once; its columns are proposed as of a file dropped. Attribute `src`. */
  src: string | null;
  /** What is looked at. Another version is refused with a `FeilunError`. */
  config: DashboardConfig;
  /** Opens files as if they had been dropped on it. What cannot be opened is explained on it, and told by `feilun-error`. */
  open(files: readonly File[]): Promise<void>;
}
