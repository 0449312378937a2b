/**
 * The two places an engine's calls can run: a worker, or the calling thread.
 *
 * In: the wasm source, asked for when the first call needs it. Out: a port that takes requests and gives answers. What cannot run says so in one
 * sentence: an old browser, a script that is not where it was sought, a policy that forbids workers.
 */
import type { Core } from "./core.js";
import { type Failure, FeilunError, failureOf, messageOf } from "./error.js";
import type { Answer, Calls, FetchRequest, Request, WasmSource } from "./protocol.js";
import { pageUrl, workerUrl } from "./urls.js";

/** Where calls run. */
export interface Port {
  post(request: Request): void;
  close(): void;
}

/** Opens a port; `lost` hears when everything under way is lost. */
export type Connect = (hear: (answer: Answer) => void, lost: (failure: Failure) => void) => Port;

/** A module with one SIMD instruction. */
const SIMD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];

/** Throws where the wasm module cannot run. */
function assertCapable(): void {
  const missing = typeof WebAssembly === "undefined" ? "WebAssembly" : WebAssembly.validate(new Uint8Array(SIMD)) ? null : "WebAssembly SIMD";
  if (missing === null) return;
  const message = `this browser or runtime has no ${missing}: Chrome 91, Firefox 89, Safari 16.4, Node 20 or newer is needed`;
  throw new FeilunError({ code: "environment", message });
}

/** Calls in a worker, from the script beside this package or from the one given. */
export function workerConnection(thread: "worker" | "blob", script: URL | string | Blob | undefined, wasm: () => Promise<WasmSource>): Connect {
  return (hear, lost) => {
    assertCapable();
    const { worker, place, started } = startWorker(thread, script ?? workerUrl());
    let open = true;
    worker.onmessage = ({ data }: MessageEvent<Answer | FetchRequest>) => {
      started();
      if ("fetch" in data) void fetchFor(worker, data);
      else hear(data);
    };
    worker.onmessageerror = () => lost({ code: "environment", message: "the worker sent something unreadable" });
    worker.onerror = (event) => {
      event.preventDefault();
      const reason = event.message || "its script could not be loaded; where a bundler does not copy `feilun/worker`, import `feilun/inline` or pass its address as `worker`";
      lost({ code: "environment", message: `the worker ${place} failed: ${reason}` });
    };
    const waiting: Request[] = [];
    let ready = false;
    const post = (request: Request): void => worker.postMessage(request, streamsOf(request));
    wasm().then(
      (start) => {
        if (!open) return;
        worker.postMessage({ start } satisfies Request);
        ready = true;
        waiting.splice(0).forEach(post);
      },
      (thrown: unknown) => lost({ ...failureOf(thrown), code: "environment" }),
    );
    return {
      post: (request) => void (ready ? post(request) : waiting.push(request)),
      close: () => {
        open = false;
        started();
        worker.terminate();
      },
    };
  };
}

/** Reads a part of a blob for the worker, whose own thread is at work meanwhile. */
async function fetchFor(worker: Worker, { fetch, blob, offset, length }: FetchRequest): Promise<void> {
  const bytes = await blob.slice(offset, offset + length).arrayBuffer().catch(() => null);
  worker.postMessage({ fetched: fetch, bytes } satisfies Request, bytes ? [bytes] : []);
}

interface Started {
  worker: Worker;
  /** Where its script was sought, for messages. */
  place: string;
  /** To be called once it runs: its blob's address is let go. */
  started(): void;
}

function startWorker(thread: "worker" | "blob", script: URL | string | Blob): Started {
  if (script instanceof Blob) return fromBlob(script, "from its blob");
  const url = pageUrl(script);
  const { href, origin } = url;
  // Only blobs may load a script of another origin; in Deno there are no classic scripts, and no origins.
  const foreign = globalThis.location !== undefined && url.protocol.startsWith("http") && origin !== globalThis.location.origin;
  if (thread === "blob" || foreign) return fromBlob(new Blob([loaderScript(href)], { type: "text/javascript" }), `from \`${href}\``);
  return { worker: construct(href, { type: "module", name: "feilun" }), place: `from \`${href}\``, started: () => undefined };
}

/** A script that loads another one, allowed to by name where the page asks for trusted types. */
function loaderScript(href: string): string {
  return `const url=${JSON.stringify(href)};importScripts(self.trustedTypes?trustedTypes.createPolicy("feilun",{createScriptURL:()=>url}).createScriptURL(""):url)`;
}

function fromBlob(blob: Blob, place: string): Started {
  const address = URL.createObjectURL(blob);
  return { worker: construct(address, { name: "feilun" }), place, started: () => URL.revokeObjectURL(address) };
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

let policy: ReturnType<TrustedTypes["createPolicy"]> | undefined;

function construct(address: string, options: WorkerOptions): Worker {
  try {
    const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
    // The only addresses that get here are this package's own and those the caller configured.
    policy ??= trustedTypes?.createPolicy("feilun", { createScriptURL: (url) => url });
    return new Worker(policy?.createScriptURL(address) ?? address, options);
  } catch (thrown) {
    const message = `the page does not allow a worker (${messageOf(thrown)}): its policy needs \`worker-src\`, and \`trusted-types feilun\` if it has trusted types; or use \`thread: "inline"\``;
    throw new FeilunError({ code: "environment", message }, { cause: thrown });
  }
}

/** The streams of a call: they are moved, since a stream has one reader. */
function streamsOf(request: Request): Transferable[] {
  if (!("args" in request)) return [];
  const inputs = "inputs" in request.args ? request.args.inputs : "input" in request.args ? [request.args.input] : [];
  return inputs.flatMap((input) => (input instanceof Blob ? [] : [input.stream as unknown as Transferable]));
}

/** Calls on the calling thread. The code beside the wasm module is loaded with the first. */
export function inlineConnection(wasm: () => Promise<WasmSource>): Connect {
  return (hear) => {
    assertCapable();
    const loading = Promise.all([import("./core.js"), wasm()]).then(([{ Core }, source]) => new Core(source));
    loading.catch(() => undefined);
    const stopped = new Set<number>();
    let open = true;
    const tell = (answer: Answer): void => {
      if (open) hear(answer);
    };
    const run = async <Name extends keyof Calls>(id: number, name: Name, args: Calls[Name]["takes"]): Promise<void> => {
      try {
        const core: Core = await loading;
        const value = await core.run(name, args, { cancelled: () => stopped.has(id), step: (step) => tell({ id, step }) });
        tell({ id, value });
      } catch (thrown) {
        tell({ id, failure: failureOf(thrown) });
      } finally {
        stopped.delete(id);
      }
    };
    return {
      post: (request) => {
        if ("cancel" in request) stopped.add(request.cancel);
        else if ("id" in request) void run(request.id, request.name, request.args);
      },
      close: () => {
        open = false;
        void loading.then((core) => core.free(), () => undefined);
      },
    };
  };
}
