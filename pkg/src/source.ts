/**
 * Whatever holds the bytes → an input that can be handed to the thread of the wasm module without copying it.
 *
 * A Blob stays where it is and is read by ranges. A response that brings an Arrow stream is read as it arrives; one that brings an Arrow file is
 * collected first, since its footer comes last.
 */
import { FeilunError, cancelled, messageOf } from "./error.js";
import type { Input } from "./input.js";

/** What can be opened: a file, a blob, bytes in memory, or a response that is still to arrive. */
export type Source = Blob | ArrayBuffer | Uint8Array | Response;

type Tell = (received: number, total: number | null) => void;

/** The source as an input; `tell` hears of the bytes of a response that is collected, as they arrive. */
export async function inputOf(source: Source, signal: AbortSignal | undefined, tell: Tell): Promise<Input> {
  if (signal?.aborted) throw cancelled(signal);
  if (source instanceof Blob) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return new Blob([source as BlobPart]);
  if (typeof Response !== "undefined" && source instanceof Response) return download(source, signal, tell);
  throw new FeilunError({ code: "config", message: "source: expected a File, Blob, ArrayBuffer, Uint8Array or Response" });
}

/** Several sources, or one, as inputs. */
export async function inputsOf(source: Source | readonly Source[], signal: AbortSignal | undefined, tell: Tell): Promise<Input[]> {
  const inputs: Input[] = [];
  for (const one of Array.isArray(source) ? (source as readonly Source[]) : [source as Source]) inputs.push(await inputOf(one, signal, tell));
  return inputs;
}

/** The first bytes of an Arrow file. */
const FILE_MAGIC = "ARROW1";

async function download(response: Response, signal: AbortSignal | undefined, tell: Tell): Promise<Input> {
  if (!response.ok) throw new FeilunError({ code: "source", message: `the server answered ${response.status} ${response.statusText}`.trim() });
  if (response.body === null) throw new FeilunError({ code: "source", message: "the response has no body, or it was read already" });
  // With a content encoding the header counts other bytes than those that arrive.
  const length = response.headers.has("content-encoding") ? null : Number(response.headers.get("content-length"));
  const total = length !== null && length > 0 ? length : null;
  const chunks: Uint8Array[] = [];
  let received = 0;
  try {
    const reader = response.body.getReader();
    const stop = () => void reader.cancel(signal?.reason).catch(() => undefined);
    signal?.addEventListener("abort", stop);
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      chunks.push(next.value);
      received += next.value.byteLength;
      if (received >= FILE_MAGIC.length && isStream(chunks) && canMoveStreams()) return { stream: resumed(chunks, reader), bytes: total };
      tell(received, total);
    }
    signal?.removeEventListener("abort", stop);
  } catch (thrown) {
    if (signal?.aborted) throw cancelled(signal);
    throw new FeilunError({ code: "source", message: `the response broke off: ${messageOf(thrown)}` }, { cause: thrown });
  }
  if (signal?.aborted) throw cancelled(signal);
  return new Blob(chunks as BlobPart[]);
}

function isStream(chunks: readonly Uint8Array[]): boolean {
  const head = chunks.flatMap((chunk) => [...chunk.subarray(0, FILE_MAGIC.length)]).slice(0, FILE_MAGIC.length);
  return String.fromCharCode(...head) !== FILE_MAGIC;
}

/** What arrived, and then what is still to arrive. */
function resumed(chunks: readonly Uint8Array[], reader: ReadableStreamDefaultReader<Uint8Array>): ReadableStream<Uint8Array> {
  const waiting = [...chunks];
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = waiting.shift();
      if (chunk !== undefined) return controller.enqueue(chunk);
      const next = await reader.read();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** Safari cannot hand a stream to a worker: there a response is collected, as a file's is. */
function canMoveStreams(): boolean {
  try {
    const stream = new ReadableStream();
    structuredClone(stream, { transfer: [stream as unknown as Transferable] });
    return true;
  } catch {
    return false;
  }
}
