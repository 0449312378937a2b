/**
 * The thread of the wasm module: runs calls, holds the datasets.
 *
 * In: calls of the protocol. Out: their answers. The same code runs inside the worker and, with `thread: "inline"`, on the calling thread.
 * Reading goes in bounded steps and takes a breath between them, so that a cancel is heard.
 */
import { FeilunError, isTrap } from "./error.js";
import type { CustomerList, Inspection, RfmCustomers, TableKind, TableMapping } from "./generated/types.js";
import { type Fetch, type Input, type Reading, readingOf, sizeOf } from "./input.js";
import type { Calls, Step, WasmSource } from "./protocol.js";
import { type Dataset, Inspector, Loader, TableLoader, __wbg_reset_state, draw } from "./wasm/feilun.js";
import { loadWasm } from "./wasm_module.js";

/** How a running call hears of a cancel and tells how far it is. */
export interface Control {
  cancelled(): boolean;
  step(step: Step): void;
  /** Reads on another thread, where there is one. */
  fetch?: Fetch;
}

type Handlers = { [Name in keyof Calls]: (args: Calls[Name]["takes"], control: Control) => Calls[Name]["gives"] | Promise<Calls[Name]["gives"]> };

const BREATH_MS = 40;
const STEP_MS = 100;

/** Counts wasm instances: an object of an earlier one must not be touched, its memory is gone. */
let instance = 0;

/** Runs calls on one wasm instance. */
export class Core {
  readonly #loaded: Promise<void>;
  readonly #datasets = new Map<number, Dataset>();
  /** The options each dataset was opened with: its tables are read alike. */
  readonly #options = new Map<number, string>();
  /** The instance this one's datasets live in; none before the first call. */
  #instance: number | undefined;
  #next = 1;

  readonly #handlers: Handlers = {
    inspect: ({ input }, control) => inspection(readingOf(input), control),
    open: async ({ inputs: [input, ...rest], mapping, options }, control) => {
      if (input === undefined) throw nothingToRead();
      const first = readingOf(input, mapping === null, control.fetch);
      const loader = new Loader(first.size, mapping ?? JSON.stringify((await looked(first, control)).mapping), options);
      await owning(loader, async () => {
        await pullAll(loader, first, rest, control);
        await arrange(loader, control);
      });
      const dataset = loader.finish();
      this.#datasets.set(this.#next, dataset);
      this.#options.set(this.#next, options);
      return { dataset: this.#next++, summary: dataset.summary() };
    },
    attach: async ({ dataset, table, inputs: [input, ...rest], mapping }, control) => {
      if (input === undefined) throw nothingToRead();
      this.#dataset(dataset);
      const first = readingOf(input, mapping === null);
      const chosen = mapping ?? JSON.stringify(tableMapping(table, await looked(first, control)));
      const loader = new TableLoader(first.size, JSON.stringify(table), chosen, this.#options.get(dataset) ?? "{}");
      await owning(loader, async () => {
        await pullAll(loader, first, rest, control);
        await breathe();
        stopIfCancelled(control);
      });
      const target = this.#dataset(dataset);
      loader.attachTo(target);
      return target.summary();
    },
    detach: ({ dataset, table }) => {
      const target = this.#dataset(dataset);
      target.detach(JSON.stringify(table));
      return target.summary();
    },
    metric: ({ dataset, metric, config }) => this.#dataset(dataset)[metric](config),
    customers: ({ dataset, config, salt }) => this.#dataset(dataset).rfmCustomers(config, salt) as RfmCustomers,
    listed: ({ dataset, metric, config, salt }) => this.#dataset(dataset)[metric](config, salt) as CustomerList,
    customersArrow: ({ dataset, config, salt }) => this.#dataset(dataset).rfmCustomersArrow(config, salt) as Uint8Array<ArrayBuffer>,
    draw: ({ figure, options }) => draw(figure, options),
    close: ({ dataset }) => {
      this.#datasets.get(dataset)?.free();
      this.#datasets.delete(dataset);
      this.#options.delete(dataset);
      return null;
    },
  };

  constructor(wasm: WasmSource) {
    this.#loaded = loadWasm(wasm);
    // Every call awaits it and reports its failure.
    this.#loaded.catch(() => undefined);
  }

  /** Runs one call. After a trap the instance is replaced: its datasets are gone, later calls work. */
  async run<Name extends keyof Calls>(name: Name, args: Calls[Name]["takes"], control: Control): Promise<Calls[Name]["gives"]> {
    await this.#loaded;
    this.#instance = instance;
    stopIfCancelled(control);
    try {
      return await this.#handlers[name](args, control);
    } catch (thrown) {
      if (isTrap(thrown)) this.#renew();
      throw thrown;
    }
  }

  /** Gives all memory back: wasm memory never shrinks, so the instance is replaced. */
  free(): void {
    if (this.#instance === instance) this.#renew();
  }

  #renew(): void {
    this.#datasets.clear();
    this.#options.clear();
    instance += 1;
    __wbg_reset_state();
  }

  #dataset(id: number): Dataset {
    const dataset = this.#datasets.get(id);
    if (dataset === undefined) throw new FeilunError({ code: "closed", message: "the dataset is closed" });
    return dataset;
  }

}

async function inspection(reading: Reading, control: Control): Promise<string> {
  const inspector = new Inspector(reading.size);
  await owning(inspector, () => pull(inspector, reading, control, () => undefined));
  return inspector.finish();
}

/** Works on a reader, which is freed where the work does not come to its end. */
async function owning(reader: Inspector | Loader | TableLoader, work: () => Promise<void>): Promise<void> {
  const begunOn = instance;
  try {
    await work();
  } catch (thrown) {
    if (!isTrap(thrown) && begunOn === instance) reader.free();
    throw thrown;
  }
}

/** Looks at what is about to be read. */
async function looked(reading: Reading, control: Control): Promise<Inspection> {
  const found = JSON.parse(await inspection(reading, control)) as Inspection;
  reading.rewind();
  return found;
}

/** The mapping the file's own column names propose for a table. */
function tableMapping(table: TableKind, { tables }: Inspection): TableMapping {
  return tables.find((one) => one.table === table)?.mapping ?? {};
}

function nothingToRead(): FeilunError {
  return new FeilunError({ code: "empty", message: "no file to read" });
}

/** Feeds a reader one file after the other, and tells how far it is over all of them. */
async function pullAll(loader: Loader | TableLoader, first: Reading, rest: readonly Input[], control: Control): Promise<void> {
  let before = 0;
  // Files that are not read yet count as a whole.
  let after = rest.reduce((bytes, input) => bytes + sizeOf(input), 0);
  let expected = first.expected;
  const tell = () => control.step(stepOf(loader.progress(), expected, before, after));
  await pull(loader, first, control, tell);
  for (const input of rest) {
    before += loader.progress()[0] ?? 0;
    after -= sizeOf(input);
    const next = readingOf(input, false, control.fetch);
    expected = next.expected;
    loader.nextFile(next.size);
    await pull(loader, next, control, tell);
  }
}

/** Arranges what a loader has read. */
async function arrange(loader: Loader, control: Control): Promise<void> {
  const [bytes = 0, , rowsRead = 0] = loader.progress();
  const tell = (arranged: number) => control.step({ bytesRead: bytes, bytesTotal: bytes, rowsRead, arranged });
  tell(0);
  await breathe();
  const breath = pacing(control);
  for (let share: number | undefined = 0; share !== undefined; share = loader.arrange()) {
    const arranged = share;
    await breath(() => tell(arranged));
  }
}

/** Feeds a reader the ranges it asks for. */
async function pull(reader: Inspector | Loader | TableLoader, reading: Reading, control: Control, tell: () => void): Promise<void> {
  const breath = pacing(control);
  try {
    for (let range = reader.step(); range !== undefined; range = reader.step()) {
      const [offset = 0, length = 0] = range;
      // A length of 0 only hands control back between two pieces of work.
      if (length > 0) {
        const bytes = await reading.read(offset, length);
        // What comes next is fetched while this is worked on.
        const [from, count] = reader instanceof Loader ? (reader.ahead() ?? []) : [];
        if (from !== undefined && count !== undefined) reading.ahead(from, count);
        reader.feed(bytes);
      }
      await breath(tell);
    }
  } catch (thrown) {
    reading.cancel();
    throw thrown;
  }
}

/** What comes between two pieces of work: now and then a word of progress and a breath, always a look at whether to stop. */
function pacing(control: Control): (tell: () => void) => Promise<void> {
  let breathed = performance.now();
  let told = breathed;
  return async (tell) => {
    const now = performance.now();
    if (now - told > STEP_MS) {
      told = now;
      tell();
    }
    if (now - breathed > BREATH_MS) {
      await breathe();
      breathed = performance.now();
    }
    stopIfCancelled(control);
  };
}

/** Progress over all files: `expected` bytes are in the one at work where the reader cannot tell, `before` were read of earlier ones, `after` are in later ones. */
function stepOf([bytesRead = 0, known = -1, rowsRead = 0]: Float64Array, expected: number | null, before: number, after: number): Step {
  const total = known < 0 ? expected : known;
  return { bytesRead: before + bytesRead, bytesTotal: total === null ? null : before + total + after, rowsRead, arranged: null };
}

function stopIfCancelled(control: Control): void {
  if (control.cancelled()) throw new FeilunError({ code: "cancelled", message: "the call was cancelled" });
}

/** Lets waiting messages in. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
