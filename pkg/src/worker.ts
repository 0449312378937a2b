/**
 * The module worker: a Core behind messages.
 */
import { Core } from "./core.js";
import { failureOf } from "./error.js";
import type { Answer, Calls, FetchRequest, Request, WasmSource } from "./protocol.js";

/** The part of a worker's global scope used here. */
interface Scope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(answer: Answer | FetchRequest, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as Scope;
const cancelled = new Set<number>();
/** Parts of blobs the calling thread reads. */
const fetching = new Map<number, (bytes: Uint8Array | null) => void>();
let fetches = 0;
let core: Core | undefined;

scope.onmessage = ({ data }) => {
  if ("start" in data) start(data.start);
  else if ("cancel" in data) cancelled.add(data.cancel);
  else if ("fetched" in data) fetched(data.fetched, data.bytes);
  else void answer(data.id, data.name, data.args);
};

function start(wasm: WasmSource): void {
  core = new Core(wasm);
}

function fetch(blob: Blob, offset: number, length: number): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    fetching.set(++fetches, resolve);
    scope.postMessage({ fetch: fetches, blob, offset, length }, []);
  });
}

function fetched(id: number, bytes: ArrayBuffer | null): void {
  fetching.get(id)?.(bytes && new Uint8Array(bytes));
  fetching.delete(id);
}

async function answer<Name extends keyof Calls>(id: number, name: Name, args: Calls[Name]["takes"]): Promise<void> {
  try {
    if (core === undefined) throw new Error("a call before `start`");
    const control = { cancelled: () => cancelled.has(id), step: (step: Extract<Answer, { step: unknown }>["step"]) => scope.postMessage({ id, step }, []), fetch };
    const value = await core.run(name, args, control);
    scope.postMessage({ id, value }, buffersOf(value));
  } catch (thrown) {
    scope.postMessage({ id, failure: failureOf(thrown) }, []);
  } finally {
    cancelled.delete(id);
  }
}

/** The buffers of typed-array columns: moved, not copied. */
function buffersOf(value: Calls[keyof Calls]["gives"]): Transferable[] {
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap((column: unknown) => (ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : []));
}
