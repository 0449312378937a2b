/**
 * Where bytes are read from, in the thread of the wasm module: any range of a Blob, or a stream, once and in order.
 */
import { FeilunError, messageOf } from "./error.js";

/** What crosses the worker's border: a Blob, or a stream with the number of its bytes where that is known. */
export type Input = Blob | { stream: ReadableStream<Uint8Array>; bytes: number | null };

/** Bytes by range. */
export interface Reading {
  /** Their number, where ranges can be read in any order. */
  readonly size: number | undefined;
  /** Their number as far as it is known, for progress. */
  readonly expected: number | null;
  /** Up to `length` bytes from `offset`; fewer mean the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Begins to fetch what will likely be read later. */
  ahead(offset: number, length: number): void;
  /** Reads once more from the start; what was read so far is kept for that. Only before the first read without `rewind`. */
  rewind(): void;
  /** Gives the source up. */
  cancel(): void;
}

/** Reads a part of a blob on another thread; `null` where that failed. */
export type Fetch = (blob: Blob, offset: number, length: number) => Promise<Uint8Array | null>;

/** Opens an input; `again` announces that it will be read twice, `fetch` reads ahead. */
export function readingOf(input: Input, again = false, fetch?: Fetch): Reading {
  return input instanceof Blob ? new BlobReading(input, fetch) : new StreamReading(input.stream, input.bytes, again);
}

/** All bytes, where they are known. */
export function sizeOf(input: Input): number {
  return input instanceof Blob ? input.size : (input.bytes ?? 0);
}

class BlobReading implements Reading {
  readonly size: number;
  readonly expected: number;
  readonly #blob: Blob;
  /** What is fetched ahead: the part being read, and the next. */
  #ahead: readonly { readonly offset: number; readonly end: number; readonly bytes: Promise<Uint8Array | null> }[] = [];
  readonly #fetch: Fetch | undefined;

  constructor(blob: Blob, fetch: Fetch | undefined) {
    this.#blob = blob;
    this.#fetch = fetch;
    this.size = this.expected = blob.size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const ahead = this.#ahead.find((part) => part.offset <= offset && offset + length <= part.end);
    const fetched = await ahead?.bytes;
    if (ahead && fetched) return fetched.subarray(offset - ahead.offset, offset - ahead.offset + length);
    return new Uint8Array(await this.#blob.slice(offset, offset + length).arrayBuffer());
  }

  ahead(offset: number, length: number): void {
    if (this.#fetch === undefined || this.#ahead.some((part) => part.offset === offset)) return;
    this.#ahead = [...this.#ahead.slice(-1), { offset, end: offset + length, bytes: this.#fetch(this.#blob, offset, length) }];
  }

  rewind(): void {}

  cancel(): void {
    this.#ahead = [];
  }
}

class StreamReading implements Reading {
  readonly size = undefined;
  readonly expected: number | null;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  /** Chunks that arrived from `#start` on. */
  #chunks: Uint8Array[] = [];
  #start = 0;
  /** Whether chunks stay when they are read. */
  #keeps: boolean;

  constructor(stream: ReadableStream<Uint8Array>, bytes: number | null, keeps: boolean) {
    this.#reader = stream.getReader();
    this.expected = bytes;
    this.#keeps = keeps;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const end = offset + length;
    let arrived = this.#chunks.reduce((at, chunk) => at + chunk.byteLength, this.#start);
    while (arrived < end) {
      const chunk = await this.#next();
      if (chunk === null) break;
      this.#chunks.push(chunk);
      arrived += chunk.byteLength;
    }
    const bytes = new Uint8Array(Math.max(0, Math.min(end, arrived) - offset));
    let at = this.#start;
    for (const chunk of this.#chunks) {
      const [from, to] = [Math.max(offset, at), Math.min(end, at + chunk.byteLength)];
      if (from < to) bytes.set(chunk.subarray(from - at, to - at), from - offset);
      at += chunk.byteLength;
    }
    if (!this.#keeps) this.#drop(end);
    return bytes;
  }

  ahead(): void {}

  rewind(): void {
    this.#keeps = false;
  }

  cancel(): void {
    void this.#reader.cancel().catch(() => undefined);
  }

  /** Forgets the chunks before `end`. */
  #drop(end: number): void {
    while (this.#chunks[0] !== undefined && this.#start + this.#chunks[0].byteLength <= end) {
      this.#start += this.#chunks[0].byteLength;
      this.#chunks.shift();
    }
  }

  async #next(): Promise<Uint8Array | null> {
    try {
      const next = await this.#reader.read();
      return next.done ? null : next.value;
    } catch (thrown) {
      throw new FeilunError({ code: "source", message: `the response broke off: ${messageOf(thrown)}` }, { cause: thrown });
    }
  }
}
