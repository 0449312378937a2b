// Menus of a dashboard: open ones close on Escape and on a click elsewhere, also outside of the dashboard.
//
// In: the shadow root. Out: nothing. The document is listened to only while a menu is open.

const OPEN_MENU = "details[data-menu][open]";

/** Watches the menus of a root; answers with a way to stop. */
export function watchMenus(root: ShadowRoot): () => void {
  const close = (except: readonly EventTarget[]): void => {
    for (const menu of root.querySelectorAll<HTMLDetailsElement>(OPEN_MENU)) {
      if (!except.includes(menu)) menu.open = false;
    }
  };
  const onPointer = (event: Event): void => close(event.composedPath());
  // On the document: the focus may have left the menu with a button that was disabled by its own click.
  const onKey = ({ key }: KeyboardEvent): void => {
    if (key !== "Escape") return;
    const menu = root.querySelector<HTMLDetailsElement>(OPEN_MENU);
    close([]);
    menu?.querySelector("summary")?.focus();
  };
  const release = (): void => {
    document.removeEventListener("pointerdown", onPointer);
    document.removeEventListener("keydown", onKey);
  };
  root.addEventListener(
    "toggle",
    () => {
      if (!root.querySelector(OPEN_MENU)) return release();
      document.addEventListener("pointerdown", onPointer);
      document.addEventListener("keydown", onKey);
    },
    true,
  );
  return release;
}
