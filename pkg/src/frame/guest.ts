/**
 * The dashboard's side of an iframe: it takes looks and files from the page around, and tells it its height, what was selected, and what failed.
 *
 * Only the parent window is heard, only from the origins of `<meta name="feilun-hosts">` where there is one, and after the first connection only from
 * that one's. Nothing of the data is ever sent but the mark that was selected.
 */
import type { FeilunDashboard } from "../elements/index.js";
import { failureOf } from "../error.js";
import { type Greeting, type Look, type ToFrame, type ToHost, VERSION, asMessage, targetOf, versioned } from "./messages.js";

/** Connects a dashboard to the page around this one. */
export function serveHost(dashboard: FeilunDashboard): void {
  const hosts = (document.querySelector<HTMLMetaElement>('meta[name="feilun-hosts"]')?.content ?? "").split(/\s+/).filter((host) => host !== "");
  let port: MessagePort | undefined;
  let host: string | undefined;
  const greet = (type: Greeting, origin: string): void => parent.postMessage(versioned({ type }), targetOf(origin));
  const send = (message: ToHost): void => port?.postMessage(versioned(message));

  const hear = ({ data }: MessageEvent): void => {
    if (asMessage(data)?.feilun !== VERSION) return;
    const message = data as ToFrame;
    if (message.type === "look") wear(dashboard, message.look);
    if (message.type === "open") void dashboard.open(message.files);
  };

  addEventListener("message", ({ source, origin, data, ports: [offered] }: MessageEvent) => {
    const greeting = asMessage(data);
    if (source !== parent || greeting === null || (hosts.length > 0 && !hosts.includes(origin)) || (host !== undefined && host !== origin)) return;
    if (greeting.feilun !== VERSION) return greet("refused", origin);
    if (greeting.type === "hello") greet("ready", origin);
    if (greeting.type !== "connect" || offered === undefined) return;
    port?.close();
    [host, port] = [origin, offered];
    port.onmessage = hear;
    send({ type: "height", px: dashboard.offsetHeight });
  });

  new ResizeObserver(() => send({ type: "height", px: dashboard.offsetHeight })).observe(dashboard);
  dashboard.addEventListener("feilun-select", ({ detail }) => send({ type: "select", detail }));
  dashboard.addEventListener("feilun-error", ({ detail }) => send({ type: "error", failure: failureOf(detail.error) }));
  greet("ready", "null");
}

/** Puts on what is a look, and nothing else. */
function wear(dashboard: FeilunDashboard, { theme, lang, tokens }: Look): void {
  if (theme === null || theme === "light" || theme === "dark") dashboard.theme = theme;
  if (lang === null) dashboard.removeAttribute("lang");
  if (typeof lang === "string") dashboard.lang = lang;
  for (const [name, value] of Object.entries(tokens ?? {})) {
    if (/^--feilun-[a-z0-9-]+$/.test(name)) dashboard.style.setProperty(name, value);
  }
}
