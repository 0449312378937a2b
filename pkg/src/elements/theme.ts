/**
 * Custom properties → the literal colours a drawing needs.
 *
 * In: swatches, one hidden span a token, whose computed colour is the token's. Out: the theme, and a call whenever one of the colours changes,
 * whatever changed it (an attribute, a class far above, the reader's preference): a swatch has a transition, and transitions announce themselves.
 */
import type { Theme } from "../generated/types.js";
import { COLOR_TOKENS, SERIES_TOKENS } from "./style.js";

/** The theme of one element. */
export class ThemeReader {
  readonly #swatches = new Map<string, HTMLElement>();

  /** Puts the swatches into the element's shadow root. */
  constructor(root: ShadowRoot, changed: () => void) {
    for (const token of [...COLOR_TOKENS, ...SERIES_TOKENS]) {
      const swatch = document.createElement("span");
      swatch.className = "swatch";
      swatch.dataset["token"] = token;
      swatch.setAttribute("aria-hidden", "true");
      swatch.addEventListener("transitionend", changed);
      this.#swatches.set(token, swatch);
      root.append(swatch);
    }
  }

  /** The colours and the font as they are now. */
  read(host: HTMLElement): Theme {
    return {
      background: this.#color("background"),
      ink: this.#color("ink"),
      inkMuted: this.#color("ink-muted"),
      rule: this.#color("rule"),
      neutral: this.#color("neutral"),
      scaleLow: this.#color("scale-low"),
      scaleHigh: this.#color("scale-high"),
      series: SERIES_TOKENS.map((token) => this.#color(token)),
      fontFamily: getComputedStyle(host).fontFamily,
    };
  }

  #color(token: string): string {
    const swatch = this.#swatches.get(token);
    return hex(swatch === undefined ? "#000" : getComputedStyle(swatch).color);
  }
}

let pixel: CanvasRenderingContext2D | null | undefined;

/** Any CSS colour as `#rrggbb`. */
function hex(color: string): string {
  const rgb = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color);
  if (rgb !== null) return hexOf(rgb.slice(1).map(Number));
  // Wide-gamut and translucent colours: painted over white and read back.
  pixel ??= Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  if (pixel === null) return "#000000";
  pixel.fillStyle = "#ffffff";
  pixel.fillRect(0, 0, 1, 1);
  pixel.fillStyle = color;
  pixel.fillRect(0, 0, 1, 1);
  return hexOf([...pixel.getImageData(0, 0, 1, 1).data.slice(0, 3)]);
}

function hexOf(channels: number[]): string {
  return `#${channels.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
