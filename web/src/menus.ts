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
  const release = (): void => document.removeEventListener("pointerdown", onPointer);
  root.addEventListener(
    "toggle",
    () => {
      if (root.querySelector(OPEN_MENU)) document.addEventListener("pointerdown", onPointer);
      else release();
    },
    true,
  );
  root.addEventListener("keydown", (event) => {
    const menu = (event.target as Element).closest<HTMLDetailsElement>(OPEN_MENU);
    if ((event as KeyboardEvent).key !== "Escape" || !menu) return;
    close([]);
    menu.querySelector("summary")?.focus();
  });
  return release;
}
