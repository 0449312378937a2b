/**
 * The marks of a drawing as an ARIA grid laid over it: hover, focus, arrow keys, selection.
 *
 * One mark is in the tab order (roving tabindex); arrow keys go to the next mark of the drawing's own rows and columns.
 */
import type { Drawing, Mark } from "../generated/types.js";

/** What happens to marks. */
export interface MarkEvents {
  point(mark: Mark, place: DOMRect): void;
  leave(): void;
  select(mark: Mark): void;
}

/** The overlay of one element. */
export class MarkGrid {
  readonly element: HTMLElement = document.createElement("div");
  readonly #events: MarkEvents;
  #marks: readonly Mark[] = [];
  #cells: HTMLElement[] = [];
  #current = 0;

  constructor(events: MarkEvents) {
    this.#events = events;
    this.element.className = "marks";
    this.element.part.add("marks");
    this.element.setAttribute("role", "grid");
    this.element.addEventListener("pointerover", (event) => this.#point(this.#indexOf(event.target)));
    this.element.addEventListener("pointerleave", () => events.leave());
    this.element.addEventListener("focusin", (event) => this.#focused(this.#indexOf(event.target)));
    this.element.addEventListener("focusout", () => events.leave());
    this.element.addEventListener("click", (event) => this.#select(this.#indexOf(event.target)));
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** Lays the marks of a drawing; focus stays on the mark of the same key. */
  lay(drawing: Drawing): void {
    const key = this.#marks[this.#current]?.key;
    const hadFocus = this.element.matches(":focus-within");
    this.#marks = drawing.marks;
    this.#current = Math.max(0, drawing.marks.findIndex((mark) => mark.key === key));
    this.#cells = drawing.marks.map((mark, index) => cellOf(mark, index, drawing));
    this.element.setAttribute("aria-label", drawing.title);
    this.element.replaceChildren(...rowsOf(drawing.marks, this.#cells));
    const current = this.#cells[this.#current];
    if (current === undefined) return;
    current.tabIndex = 0;
    if (hadFocus) current.focus({ preventScroll: true });
  }

  /** Shows the marks of these keys as selected. */
  mark(keys: readonly string[]): void {
    const selected = new Set(keys);
    for (const cell of this.#cells) {
      if (selected.has(cell.dataset["key"] ?? "")) cell.setAttribute("aria-selected", "true");
      else cell.removeAttribute("aria-selected");
    }
  }

  #indexOf(target: EventTarget | null): number {
    const cell = target instanceof Element ? target.closest<HTMLElement>(".mark") : null;
    return Number(cell?.dataset["index"] ?? -1);
  }

  #point(index: number): void {
    const [mark, cell] = [this.#marks[index], this.#cells[index]];
    if (mark === undefined || cell === undefined) this.#events.leave();
    else this.#events.point(mark, cell.getBoundingClientRect());
  }

  #focused(index: number): void {
    const [before, cell] = [this.#cells[this.#current], this.#cells[index]];
    if (cell === undefined) return;
    if (before !== undefined) before.tabIndex = -1;
    cell.tabIndex = 0;
    this.#current = index;
    this.#point(index);
  }

  #select(index: number): void {
    const mark = this.#marks[index];
    if (mark !== undefined) this.#events.select(mark);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.#select(this.#current);
      return;
    }
    const next = nextMark(this.#marks, this.#current, event.key, event.ctrlKey);
    if (next === undefined) return;
    event.preventDefault();
    this.#cells[next]?.focus();
  }
}

/** The mark a key goes to: along the row, to the nearest column of the next row, or to an end. */
export function nextMark(marks: readonly Mark[], current: number, key: string, ctrl: boolean): number | undefined {
  const from = marks[current];
  if (from === undefined) return undefined;
  const indices = marks.map((_, index) => index);
  const at = (index: number): Mark => marks[index] as Mark;
  const row = indices.filter((index) => at(index).row === from.row);
  const least = (candidates: number[], distance: (mark: Mark) => number): number | undefined =>
    candidates.reduce<number | undefined>((best, index) => (best === undefined || distance(at(index)) < distance(at(best)) ? index : best), undefined);
  const toRow = (direction: 1 | -1): number | undefined => {
    const beyond = indices.filter((index) => (at(index).row - from.row) * direction > 0);
    const nearest = least(beyond, (mark) => Math.abs(mark.row - from.row));
    if (nearest === undefined) return undefined;
    return least(beyond.filter((index) => at(index).row === at(nearest).row), (mark) => Math.abs(mark.col - from.col));
  };
  switch (key) {
    case "ArrowRight":
      return least(row.filter((index) => at(index).col > from.col), (mark) => mark.col);
    case "ArrowLeft":
      return least(row.filter((index) => at(index).col < from.col), (mark) => -mark.col);
    case "ArrowDown":
      return toRow(1);
    case "ArrowUp":
      return toRow(-1);
    case "Home":
      return least(ctrl ? indices : row, (mark) => mark.row * 1e6 + mark.col);
    case "End":
      return least(ctrl ? indices : row, (mark) => -(mark.row * 1e6 + mark.col));
    default:
      return undefined;
  }
}

/** A cell in percent of the drawing, so that it scales with it. */
function cellOf(mark: Mark, index: number, drawing: Drawing): HTMLElement {
  const cell = document.createElement("div");
  cell.className = "mark";
  cell.part.add("mark");
  cell.dataset["index"] = String(index);
  cell.dataset["key"] = mark.key;
  cell.tabIndex = -1;
  cell.setAttribute("role", "gridcell");
  cell.setAttribute("aria-colindex", String(mark.col + 1));
  cell.setAttribute("aria-label", [mark.label, ...mark.details.map(({ name, value }) => `${name} ${value}`)].join(", "));
  cell.style.left = `${(100 * mark.x) / drawing.width}%`;
  cell.style.top = `${(100 * mark.y) / drawing.height}%`;
  cell.style.width = `${(100 * mark.width) / drawing.width}%`;
  cell.style.height = `${(100 * mark.height) / drawing.height}%`;
  return cell;
}

function rowsOf(marks: readonly Mark[], cells: HTMLElement[]): HTMLElement[] {
  const rows = new Map<number, HTMLElement>();
  marks.forEach((mark, index) => {
    let row = rows.get(mark.row);
    if (row === undefined) {
      row = document.createElement("div");
      row.className = "row";
      row.setAttribute("role", "row");
      row.setAttribute("aria-rowindex", String(mark.row + 1));
      rows.set(mark.row, row);
    }
    row.append(cells[index] as HTMLElement);
  });
  return [...rows.values()];
}
