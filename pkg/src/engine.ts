/**
 * The calling thread's side: one engine answers calls, wherever it is connected to (threads.ts).
 *
 * A call that is cancelled rejects at once; the engine hears of it and stops between two steps. A trap (or a module that could not be loaded)
 * ends the engine's instance: every call under way rejects with it, datasets of that instance answer `closed` (see `epoch`), and the next call runs on a new instance.
 */
import { type Failure, FeilunError, cancelled, failureOf } from "./error.js";
import type { Answer, Calls, Request, Step } from "./protocol.js";
import type { Connect, Port } from "./threads.js";

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

/** Runs calls and survives their failures. */
export class Engine {
  readonly #connect: Connect;
  readonly #pending = new Map<number, Pending>();
  #port: Port | undefined;
  #epoch = 0;
  #datasets = 0;
  #next = 1;

  constructor(connect: Connect) {
    this.#connect = connect;
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
