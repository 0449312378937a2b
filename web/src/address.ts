// Where a dashboard keeps its view between visits: in the page's address where the dashboard is the page, nowhere inside somebody else's.
//
// In: fragments of `view.ts`. Out: the fragment to begin with, links to other views, and a call when the browser goes back.

/** Keeps the view's fragment. */
export interface Address {
  /** The fragment to begin with. */
  readonly fragment: string;
  /** Keeps a fragment, without a new step in the browser's history. */
  keep(fragment: string): void;
}

/** The fragment of the page's own address. */
export const pageAddress: Address = {
  get fragment() {
    return location.hash;
  },
  keep: (fragment) => history.replaceState(null, "", fragment),
};

/** Nothing of the page around is touched: its address is its own. */
export const noAddress: Address = { fragment: "", keep: () => undefined };
