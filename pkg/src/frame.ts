/**
 * `feilun/frame`: the dashboard in an iframe of its own, sandboxed to `allow-scripts`, without access to the page and without the page's access to it.
 *
 * In: an iframe whose `src` is `feilun.html`. Out: a handle to set looks and hand over files; the iframe is kept as high as what it shows, and sends
 * `feilun-select` and `feilun-error` as the elements do.
 */
import type { ErrorDetail, SelectDetail } from "./elements/chart_element.js";
import { FeilunError } from "./index.js";
import { type Greeting, type Look, type ToFrame, type ToHost, VERSION, asMessage, targetOf, versioned } from "./frame/messages.js";

export type { Look } from "./frame/messages.js";

/** How to embed. */
export interface EmbedOptions extends Look {
  /** `false` leaves the iframe's height to the page. */
  autoHeight?: boolean;
  /** Stops waiting for the frame, and closes the connection. */
  signal?: AbortSignal;
}

/** A dashboard in an iframe. */
export interface Embedded {
  /** Changes the look; what is left out stays. */
  set(look: Look): void;
  /** Opens files as if they had been dropped on the dashboard. They are handed over, not sent anywhere. */
  open(files: readonly File[]): void;
  /** Ends the connection; the iframe stays. */
  close(): void;
}

/**
 * Connects to the dashboard in an iframe, now or as soon as it is loaded, and again whenever it is loaded anew.
 *
 * Rejects with `environment` where the page in the iframe speaks another version, with `cancelled` at the signal's abort.
 */
export function embed(iframe: HTMLIFrameElement, options: EmbedOptions = {}): Promise<Embedded> {
  const { autoHeight = true, signal, theme = null, lang = null, tokens = {} } = options;
  let look: Look = { theme, lang, tokens };
  let port: MessagePort | undefined;
  const send = (message: ToFrame): void => port?.postMessage(versioned(message));
  const greet = (type: Greeting, origin: string, transfer: Transferable[] = []): void =>
    iframe.contentWindow?.postMessage(versioned({ type }), targetOf(origin), transfer);

  return new Promise((connected, failed) => {
    const close = (): void => {
      removeEventListener("message", greeted);
      signal?.removeEventListener("abort", abort);
      port?.close();
      port = undefined;
    };
    const fail = (error: FeilunError): void => {
      close();
      failed(error);
    };
    const abort = (): void => fail(new FeilunError({ code: "cancelled", message: "the call was cancelled" }, { cause: signal?.reason }));
    const handle: Embedded = {
      set: (change) => {
        look = { ...look, ...change, tokens: { ...look.tokens, ...change.tokens } };
        send({ type: "look", look });
      },
      open: (files) => send({ type: "open", files }),
      close,
    };
    const hear = ({ data }: MessageEvent): void => {
      if (asMessage(data)?.feilun !== VERSION) return;
      tell(iframe, data as ToHost, autoHeight);
      connected(handle);
    };
    const greeted = ({ source, origin, data }: MessageEvent): void => {
      const greeting = asMessage(data);
      if (source !== iframe.contentWindow || origin !== originOf(iframe) || greeting === null) return;
      if (greeting.feilun !== VERSION) {
        return fail(new FeilunError({ code: "environment", message: `the page in the iframe speaks version \`${greeting.feilun}\`, not \`${VERSION}\`` }));
      }
      if (greeting.type !== "ready") return;
      const channel = new MessageChannel();
      port?.close();
      port = channel.port1;
      port.onmessage = hear;
      greet("connect", origin, [channel.port2]);
      send({ type: "look", look });
    };
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    addEventListener("message", greeted);
    // Says nothing, so that it may reach anybody; before the frame is loaded nobody hears it, and the frame speaks first.
    greet("hello", "null");
  });
}

/** The origin of what an iframe shows: opaque in a sandbox without `allow-same-origin`, and from the disk. */
function originOf(iframe: HTMLIFrameElement): string {
  if (iframe.hasAttribute("sandbox") && !iframe.sandbox.contains("allow-same-origin")) return "null";
  const { protocol, origin } = new URL(iframe.src, location.href);
  return protocol === "file:" ? "null" : origin;
}

/** Passes on what the frame says. */
function tell(iframe: HTMLIFrameElement, message: ToHost, autoHeight: boolean): void {
  if (message.type === "height" && autoHeight && Number.isFinite(message.px)) iframe.style.height = `${Math.ceil(message.px)}px`;
  if (message.type === "select") iframe.dispatchEvent(new CustomEvent<SelectDetail>("feilun-select", { bubbles: true, composed: true, detail: message.detail }));
  if (message.type === "error") {
    const error = new FeilunError(message.failure);
    iframe.dispatchEvent(new CustomEvent<ErrorDetail>("feilun-error", { bubbles: true, composed: true, detail: { error } }));
  }
}

declare global {
  interface HTMLElementEventMap {
    "feilun-select": CustomEvent<SelectDetail>;
    "feilun-error": CustomEvent<ErrorDetail>;
  }
}
