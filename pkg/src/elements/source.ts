/**
 * Datasets by address: elements with the same `src` and options share one, which is closed when none of them needs it any more.
 */
import { type Dataset, type OpenOptions, open } from "../index.js";

/** A share in a dataset. */
export interface Share {
  readonly key: string;
  readonly data: Promise<Dataset>;
  /** Gives the share back. */
  release(): void;
}

const opened = new Map<string, { data: Promise<Dataset>; users: number }>();

/** Numbers the options: they may hold files, so they are the same only where they are one object. */
const numbers = new WeakMap<OpenOptions, number>();
let count = 0;

/** What names a dataset: its address, and how it is read. */
export function keyOf(src: string, options: OpenOptions | null): string {
  if (options !== null && !numbers.has(options)) numbers.set(options, ++count);
  return `${options === null ? 0 : numbers.get(options)} ${new URL(src, document.baseURI).href}`;
}

/** Opens a dataset, or takes a share in the one open. */
export function shareOf(src: string, options: OpenOptions | null): Share {
  const key = keyOf(src, options);
  const known = opened.get(key) ?? { data: fetched(src, options), users: 0 };
  opened.set(key, known);
  known.users += 1;
  // Whoever shares it hears of its failure; the next one tries again.
  known.data.catch(() => opened.get(key) === known && opened.delete(key));
  const release = (): void => {
    known.users -= 1;
    if (known.users > 0) return;
    if (opened.get(key) === known) opened.delete(key);
    void known.data.then((data) => data.close(), () => undefined);
  };
  return { key, data: known.data, release };
}

async function fetched(src: string, options: OpenOptions | null): Promise<Dataset> {
  return open(await fetch(new URL(src, document.baseURI)), options ?? {});
}
