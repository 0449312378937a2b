/**
 * `<feilun-dashboard>` as other code sees it. It is written in web/, over nothing but the public API, and built into the package as one file.
 */

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
  /** Opens files as if they had been dropped on it. What cannot be opened is explained on it, and told by `feilun-error`. */
  open(files: readonly File[]): Promise<void>;
}
