// Picking a mark of a chart.
//
// In: the `feilun-select` event of a chart element. Out: the mark as the page's selection.

import type { Mark } from "feilun";
import type { Context } from "../context.ts";

/** A listener that keeps the picked mark. */
export function selectHandler(context: Context): (event: CustomEvent<{ mark: Mark }>) => void {
  return (event) => context.app.update({ selected: { page: context.state.view.page, mark: event.detail.mark } });
}
