/**
 * The calling thread's side: one engine answers calls, in a worker or inline.
 *
 * A call that is cancelled rejects at once; the engine hears of it and stops between two steps. A trap (or a module that could not be loaded)
 * ends the engine's instance: every call under way rejects with it, datasets of that instance answer `closed` (see `epoch`), and the next call runs on a new instance.
 */
import { Core } from "./core.js";
import { type Failure, FeilunError, cancelled, failureOf } from "./error.js";
import type { Answer, Calls, Request, Step, WasmSource } from "./protocol.js";

/** What a call may bring along. */
export interface CallControl {
  signal?: AbortSignal | undefined;
  onStep?: ((step: Step) => void) | undefined;
}

interface Pending {
  resolve(value: Calls[keyof Calls]["gives"]): void;
  reject(error: FeilunError): void;
  onStep: ((step: Step) => void) | undefined;
}

/** Where calls run. */
interface Port {
  post(request: Request): void;
  close(): void;
}

/** Runs calls and survives their failures. */
export class Engine {
  readonly #connect: (hear: (answer: Answer) => void, lost: (failure: Failure) => void) => Port;
  readonly #pending = new Map<number, Pending>();
  #port: Port | undefined;
  #epoch = 0;
  #datasets = 0;
  #next = 1;

  constructor(thread: "worker" | "inline", wasm: WasmSource) {
    this.#connect = thread === "worker" ? (hear, lost) => workerPort(wasm, hear, lost) : (hear) => inlinePort(wasm, hear);
  }

  /** Raised when the wasm instance, and with it every dataset, is lost. */
  get epoch(): number {
    return this.#epoch;
  }

  /** Runs one call. */
  call<Name extends keyof Calls>(name: Name, args: Calls[Name]["takes"], control: CallControl = {}): Promise<Calls[Name]["gives"]> {
    const { signal } = control;
    return new Promise<Calls[keyof Calls]["gives"]>((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled(signal));
      const id = this.#next++;
      const abort = () => {
        this.#port?.post({ cancel: id });
        settle(() => reject(cancelled(signal as AbortSignal)));
      };
      const settle = (outcome: () => void) => {
        this.#pending.delete(id);
        signal?.removeEventListener("abort", abort);
        outcome();
      };
      signal?.addEventListener("abort", abort);
      this.#pending.set(id, {
        resolve: (value) => settle(() => resolve(value)),
        reject: (error) => settle(() => reject(error)),
        onStep: control.onStep,
      });
      try {
        this.#port ??= this.#connect((answer) => this.#hear(answer), (failure) => this.#lose(failure));
        this.#port.post({ id, name, args } as Request);
      } catch (thrown) {
        this.#pending.get(id)?.reject(new FeilunError(failureOf(thrown), { cause: thrown }));
      }
    }) as Promise<Calls[Name]["gives"]>;
  }

  /** Frees a dataset. With the last one the instance goes too: wasm memory never shrinks. */
  async close(dataset: number): Promise<void> {
    await this.call("close", { dataset });
    this.#datasets -= 1;
    if (this.#datasets <= 0 && this.#pending.size === 0) this.#disconnect();
  }

  #hear(answer: Answer): void {
    const pending = this.#pending.get(answer.id);
    if ("step" in answer) {
      pending?.onStep?.(answer.step);
    } else if ("failure" in answer) {
      if (answer.failure.code === "trap" || answer.failure.code === "environment") this.#lose(answer.failure);
      else pending?.reject(new FeilunError(answer.failure));
    } else {
      const { value } = answer;
      if (value !== null && typeof value === "object" && "dataset" in value) this.#arrived(value.dataset, pending !== undefined);
      pending?.resolve(value);
    }
  }

  /** Counts a dataset; one that arrives after its call was cancelled is freed again. */
  #arrived(dataset: number, wanted: boolean): void {
    if (wanted) this.#datasets += 1;
    else this.#port?.post({ id: 0, name: "close", args: { dataset } });
  }

  /** Drops the instance and rejects everything that waits for it. */
  #lose(failure: Failure): void {
    this.#disconnect();
    for (const pending of [...this.#pending.values()]) pending.reject(new FeilunError(failure));
  }

  #disconnect(): void {
    this.#epoch += 1;
    this.#datasets = 0;
    this.#port?.close();
    this.#port = undefined;
  }
}

function workerPort(wasm: WasmSource, hear: (answer: Answer) => void, lost: (failure: Failure) => void): Port {
  if (typeof Worker === "undefined") throw new FeilunError({ code: "environment", message: "there are no workers here, use `thread: \"inline\"`" });
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module", name: "feilun" });
  worker.onmessage = ({ data }: MessageEvent<Answer>) => hear(data);
  worker.onmessageerror = () => lost({ code: "environment", message: "the worker sent something unreadable" });
  worker.onerror = (event) => {
    event.preventDefault();
    lost({ code: "environment", message: `the worker failed: ${event.message || "its script could not be loaded"}` });
  };
  worker.postMessage({ start: wasm } satisfies Request);
  return { post: (request) => worker.postMessage(request, streamsOf(request)), close: () => worker.terminate() };
}

/** The streams of a call: they are moved, since a stream has one reader. */
function streamsOf(request: Request): Transferable[] {
  if (!("args" in request)) return [];
  const inputs = "inputs" in request.args ? request.args.inputs : "input" in request.args ? [request.args.input] : [];
  return inputs.flatMap((input) => (input instanceof Blob ? [] : [input.stream as unknown as Transferable]));
}

function inlinePort(wasm: WasmSource, hear: (answer: Answer) => void): Port {
  const core = new Core(wasm);
  const stopped = new Set<number>();
  let open = true;
  const tell = (answer: Answer) => {
    if (open) hear(answer);
  };
  const run = async <Name extends keyof Calls>(id: number, name: Name, args: Calls[Name]["takes"]) => {
    try {
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
      core.free();
    },
  };
}
