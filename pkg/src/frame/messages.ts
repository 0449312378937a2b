/**
 * What a page and the dashboard in its iframe say to each other.
 *
 * Over `window.postMessage` only greetings: the frame is `ready` (or the host asks with `hello`), the host answers with `connect` and a port. All else goes
 * over that port, which nobody else holds. Every message carries the protocol's version.
 */
import type { SelectDetail } from "../elements/chart_element.js";
import type { Failure } from "../error.js";

/** The protocol's version. */
export const VERSION = 1;

/** How the host wants the dashboard to look. What is left out stays; `null` gives it back to the reader's preference. */
export interface Look {
  theme?: "light" | "dark" | null;
  /** A language tag, such as `zh-CN` or `en`. */
  lang?: string | null;
  /** CSS custom properties by name, such as `--feilun-scale-high`. */
  tokens?: Readonly<Record<string, string>>;
}

/** Before there is a port. `refused` answers a version that is not spoken here. */
export type Greeting = "hello" | "ready" | "connect" | "refused";

/** From the host to the frame. */
export type ToFrame = { type: "look"; look: Look } | { type: "open"; files: readonly File[] };

/** From the frame to the host. */
export type ToHost = { type: "height"; px: number } | { type: "select"; detail: SelectDetail } | { type: "error"; failure: Failure };

/** A message with its version. */
export type Versioned<Message> = Message & { feilun: number };

/** Puts the version to a message. */
export function versioned<Message extends object>(message: Message): Versioned<Message> {
  return { feilun: VERSION, ...message };
}

/** What came, if it is of this protocol, whichever version. */
export function asMessage(data: unknown): Versioned<{ type: unknown }> | null {
  const isOurs = typeof data === "object" && data !== null && "feilun" in data && typeof data.feilun === "number" && "type" in data;
  return isOurs ? (data as Versioned<{ type: unknown }>) : null;
}

/** Whom a message to a window of that origin is for; an opaque origin has no name. */
export function targetOf(origin: string): string {
  return origin === "null" ? "*" : origin;
}
