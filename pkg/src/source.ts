/**
 * Whatever holds the bytes → a Blob, whose ranges can be read from any thread without copying the rest.
 */
import { FeilunError, cancelled, messageOf } from "./error.js";

/** What can be opened: a file, a blob, bytes in memory, or a response that is still to arrive. */
export type Source = Blob | ArrayBuffer | Uint8Array | Response;

/** The source as a Blob; `tell` hears of the bytes of a response as they arrive. */
export async function blobOf(source: Source, signal: AbortSignal | undefined, tell: (received: number, total: number | null) => void): Promise<Blob> {
  if (signal?.aborted) throw cancelled(signal);
  if (source instanceof Blob) return source;
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return new Blob([source as BlobPart]);
  if (typeof Response !== "undefined" && source instanceof Response) return download(source, signal, tell);
  throw new FeilunError({ code: "config", message: "source: expected a File, Blob, ArrayBuffer, Uint8Array or Response" });
}

/** Several sources, or one, as Blobs. */
export async function blobsOf(
  source: Source | readonly Source[],
  signal: AbortSignal | undefined,
  tell: (received: number, total: number | null) => void,
): Promise<Blob[]> {
  const blobs: Blob[] = [];
  for (const one of Array.isArray(source) ? (source as readonly Source[]) : [source as Source]) blobs.push(await blobOf(one, signal, tell));
  return blobs;
}

async function download(response: Response, signal: AbortSignal | undefined, tell: (received: number, total: number | null) => void): Promise<Blob> {
  if (!response.ok) throw new FeilunError({ code: "source", message: `the server answered ${response.status} ${response.statusText}`.trim() });
  if (response.body === null) throw new FeilunError({ code: "source", message: "the response has no body, or it was read already" });
  // With a content encoding the header counts other bytes than those that arrive.
  const length = response.headers.has("content-encoding") ? null : Number(response.headers.get("content-length"));
  const total = length !== null && length > 0 ? length : null;
  const chunks: BlobPart[] = [];
  let received = 0;
  try {
    const reader = response.body.getReader();
    const stop = () => void reader.cancel(signal?.reason).catch(() => undefined);
    signal?.addEventListener("abort", stop);
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        chunks.push(next.value as BlobPart);
        received += next.value.byteLength;
        tell(received, total);
      }
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  } catch (thrown) {
    if (signal?.aborted) throw cancelled(signal);
    throw new FeilunError({ code: "source", message: `the response broke off: ${messageOf(thrown)}` }, { cause: thrown });
  }
  if (signal?.aborted) throw cancelled(signal);
  return new Blob(chunks);
}
