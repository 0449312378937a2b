// The way back: what was on screen before each change, and what was undone.
//
// In: what is shown, before a change. Out: what to show instead on undo and redo. Kept in memory, a bounded number of steps.

const STEPS_KEPT = 100;

/** Undo and redo of `T`, which is replaced and never changed. */
export class Past<T> {
  readonly #before: T[] = [];
  readonly #after: T[] = [];

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  get canRedo(): boolean {
    return this.#after.length > 0;
  }

  /** Remembers what a change is about to replace; what was undone before is gone. */
  keep(shown: T): void {
    this.#before.push(shown);
    if (this.#before.length > STEPS_KEPT) this.#before.shift();
    this.#after.length = 0;
  }

  /** What was shown before `shown`. */
  undo(shown: T): T | undefined {
    return turn(this.#before, this.#after, shown);
  }

  /** What was shown before the last undo. */
  redo(shown: T): T | undefined {
    return turn(this.#after, this.#before, shown);
  }

  /** Forgets every step. */
  clear(): void {
    this.#before.length = 0;
    this.#after.length = 0;
  }
}

function turn<T>(from: T[], to: T[], shown: T): T | undefined {
  const found = from.pop();
  if (found !== undefined) to.push(shown);
  return found;
}
