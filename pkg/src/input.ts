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
  /** Reads once more from the start; what was read so far is kept for that. Only before the first read without `rewind`. */
  rewind(): void;
  /** Gives the source up. */
  cancel(): void;
}

/** Opens an input; `again` announces that it will be read twice. */
export function readingOf(input: Input, again = false): Reading {
  return input instanceof Blob ? new BlobReading(input) : new StreamReading(input.stream, input.bytes, again);
}

/** All bytes, where they are known. */
export function sizeOf(input: Input): number {
  return input instanceof Blob ? input.size : (input.bytes ?? 0);
}

class BlobReading implements Reading {
  readonly size: number;
  readonly expected: number;
  readonly #blob: Blob;

  constructor(blob: Blob) {
    this.#blob = blob;
    this.size = this.expected = blob.size;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    return new Uint8Array(await this.#blob.slice(offset, offset + length).arrayBuffer());
  }

  rewind(): void {}

  cancel(): void {}
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
