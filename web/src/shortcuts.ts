// The keys of the page: one table that is listened to and listed under `?`.
//
// In: key presses that no field wants. Out: actions of the app. Keys of a single character can be switched off there, as speech input may type them.

import type { App } from "./app.ts";
import type { TextKey } from "./texts.ts";
import { CHOICES } from "./view.ts";

/** What a key does. */
export interface Shortcut {
  /** The keys as they are written on the keyboard; `Mod` is Ctrl, and ⌘ on a Mac. */
  readonly keys: readonly string[];
  readonly text: TextKey;
  /** Whether a single character does it. */
  readonly single: boolean;
  readonly matches: (event: KeyboardEvent) => boolean;
  readonly run: (app: App, event: KeyboardEvent) => void;
}

const single = (key: string) => (event: KeyboardEvent): boolean => event.key === key && !event.ctrlKey && !event.metaKey && !event.altKey;
const withMod = (key: string, shift: boolean) => (event: KeyboardEvent): boolean =>
  event.key.toLowerCase() === key && event.shiftKey === shift && (event.ctrlKey || event.metaKey) && !event.altKey;

const pageOf = ({ key }: KeyboardEvent): (typeof CHOICES.page)[number] | undefined => CHOICES.page[Number(key) - 1];

/** Every shortcut, in the order listed. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ["1", "…", String(CHOICES.page.length)], text: "help.pages", single: true, matches: (event) => single(event.key)(event) && pageOf(event) !== undefined, run: (app, event) => app.turnTo(pageOf(event)!) },
  { keys: ["Mod", "Z"], text: "help.undo", single: false, matches: withMod("z", false), run: (app) => app.undo() },
  { keys: ["Mod", "Shift", "Z"], text: "help.redo", single: false, matches: (event) => withMod("z", true)(event) || withMod("y", false)(event), run: (app) => app.redo() },
  { keys: ["X"], text: "help.clear", single: true, matches: single("x"), run: (app) => app.clearFilters() },
  { keys: ["O"], text: "help.open", single: true, matches: single("o"), run: (app) => app.choose() },
  { keys: ["?"], text: "help.show", single: true, matches: single("?"), run: (app) => app.update({ help: true }) },
];

const FIELDS = "input:not([type=radio], [type=checkbox]), select, textarea, dialog *, dialog";

/** Listens on a root, or on the whole document where the dashboard is the page; answers with a way to stop. */
export function watchKeys(target: EventTarget, app: App): () => void {
  const onKey = (event: Event): void => {
    const pressed = event as KeyboardEvent;
    const [origin] = event.composedPath();
    if (event.defaultPrevented || (origin instanceof Element && origin.matches(FIELDS))) return;
    const shortcut = SHORTCUTS.find(({ single, matches }) => (!single || app.state.singleKeys) && matches(pressed));
    if (!shortcut || !app.state.opened || app.state.help || app.state.explained) return;
    event.preventDefault();
    shortcut.run(app, pressed);
  };
  target.addEventListener("keydown", onKey);
  return () => target.removeEventListener("keydown", onKey);
}
