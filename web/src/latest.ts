// One question asked again and again: the newest answer wins, the last good one stays on screen meanwhile.
//
// In: configurations, as the analyst changes switches. Out: `result`, `error`, `pending`, and a call on every change. An older answer never replaces a newer one.

/** Asks `query` for the newest configuration only. */
export class Latest<Config, Result> {
  /** The last good answer. */
  result: Result | null = null;
  /** Why the newest question has no answer. */
  error: unknown = null;
  /** Whether the newest question is still open. */
  pending = false;

  readonly #query: (config: Config, signal: AbortSignal) => Promise<Result>;
  readonly #changed: () => void;
  #asked = "";
  #controller = new AbortController();

  constructor(query: (config: Config, signal: AbortSignal) => Promise<Result>, changed: () => void) {
    this.#query = query;
    this.#changed = changed;
  }

  /** Asks, unless this is what was asked last. */
  ask(config: Config): void {
    const asked = JSON.stringify(config);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.#controller.abort();
    this.#controller = new AbortController();
    this.pending = true;
    void this.#run(config, this.#controller.signal);
  }

  async #run(config: Config, signal: AbortSignal): Promise<void> {
    try {
      const result = await this.#query(config, signal);
      if (signal.aborted) return;
      this.result = result;
      this.error = null;
    } catch (error) {
      if (signal.aborted) return;
      this.error = error;
    }
    this.pending = false;
    this.#changed();
  }

  /** Asks the last question again, after an error. */
  retry(): void {
    this.#asked = "";
    this.error = null;
    this.#changed();
  }

  /** Forgets everything: another dataset is open. */
  reset(): void {
    this.#controller.abort();
    this.#asked = "";
    this.result = null;
    this.error = null;
    this.pending = false;
  }
}
