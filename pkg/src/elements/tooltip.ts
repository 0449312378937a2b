/**
 * The tooltip: label and details of one mark, beside it, inside the viewport, above everything.
 */
import type { Mark } from "../generated/types.js";

const GAP = 8;

/** One tooltip, shown for one mark at a time. */
export class Tooltip {
  readonly element: HTMLElement = document.createElement("div");
  readonly #onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") this.hide();
  };

  constructor() {
    this.element.className = "tooltip";
    this.element.part.add("tooltip");
    this.element.hidden = true;
    // Its text is already the mark's name for screen readers.
    this.element.setAttribute("aria-hidden", "true");
    // The top layer is above clipping and transformed ancestors; without it `position: fixed` does well enough.
    if ("popover" in this.element) this.element.popover = "manual";
  }

  /** Shows a mark's text beside its place. */
  show(mark: Mark, place: DOMRect): void {
    this.element.replaceChildren(heading(mark.label), lines(mark));
    this.element.hidden = false;
    if (this.element.isConnected && this.element.popover === "manual" && !this.element.matches(":popover-open")) this.element.showPopover();
    const { width, height } = this.element.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const left = place.left + place.width / 2 - width / 2;
    const above = place.top - GAP - height;
    const top = above >= GAP ? above : Math.min(place.bottom + GAP, clientHeight - height - GAP);
    this.element.style.left = `${Math.max(GAP, Math.min(left, clientWidth - width - GAP))}px`;
    this.element.style.top = `${Math.max(GAP, top)}px`;
    document.addEventListener("keydown", this.#onKey, true);
  }

  /** Hides it. */
  hide(): void {
    document.removeEventListener("keydown", this.#onKey, true);
    if (this.element.popover === "manual" && this.element.isConnected && this.element.matches(":popover-open")) this.element.hidePopover();
    this.element.hidden = true;
  }
}

function heading(label: string): HTMLElement {
  const strong = document.createElement("strong");
  strong.textContent = label;
  return strong;
}

function lines(mark: Mark): HTMLElement {
  const list = document.createElement("dl");
  for (const { name, value } of mark.details) {
    const term = document.createElement("dt");
    term.textContent = name;
    const text = document.createElement("dd");
    text.textContent = value;
    list.append(term, text);
  }
  return list;
}
