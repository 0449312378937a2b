// What was picked in one chart, in every other: the marks that are about the same customers.
//
// In: the picked mark, the tables on screen. Out: keys of marks; the same array while nothing changes, so that charts are left alone.

import type { RfmMigration, RfmTable } from "feilun";
import type { App } from "./app.ts";
import type { View } from "./view.ts";

/** The key of the mark that was picked, alone. */
export function pickedKeys({ state }: App): readonly string[] {
  return state.selected ? [state.selected.mark.key] : NONE;
}

const NONE: readonly string[] = [];

interface Answer {
  readonly key: string;
  readonly rfm: RfmTable | null;
  readonly migration: RfmMigration | null;
  readonly keys: readonly string[];
}

let last: Answer = { key: "", rfm: null, migration: null, keys: [] };

/** The keys of the marks to show as selected, whatever the chart. */
export function linkedKeys({ state, rfm, migration }: App): readonly string[] {
  const { view } = state;
  const key = state.selected?.mark.key ?? "";
  const known = last.key === key && last.rfm === rfm.result && last.migration === migration.result;
  if (!known) last = { key, rfm: rfm.result, migration: migration.result, keys: key === "" ? [] : [key, ...others(key, view, rfm.result, migration.result)] };
  return last.keys;
}

function others(key: string, { entity, entry, growthEntity }: View, rfm: RfmTable | null, migration: RfmMigration | null): string[] {
  const [, kind, place = ""] = /^(\w+):(.*)$/.exec(key) ?? [];
  // The members of a cohort are the new customers of its period.
  if (["cohort", "cost", "growth"].includes(kind ?? "") && !(entity === "customer" && growthEntity === "customer" && entry === "first_ever")) return [];
  switch (kind) {
    case "cohort": return [`growth:${placeBefore(place)}/new`, `cost:${placeBefore(place)}`];
    case "cost": return [`growth:${place}/new`, `cohort:${place}/size`];
    case "growth": return place.endsWith("/new") ? [`cohort:${placeBefore(place)}/size`, `cost:${placeBefore(place)}`] : [];
    case "rfm": {
      const segment = rfm?.cells.find(({ r, fm }) => `${r}/${fm}` === place)?.segment;
      return segment ? [`segment:${segment}`, ...flows(migration, segment)] : [];
    }
    case "segment": return [...cells(rfm, place), ...flows(migration, place)];
    case "flow": return place.split("/").flatMap((segment) => [`segment:${segment}`, ...cells(rfm, segment)]);
    default: return [];
  }
}

function placeBefore(place: string): string {
  return place.slice(0, place.lastIndexOf("/"));
}

function cells(rfm: RfmTable | null, segment: string): string[] {
  return (rfm?.cells ?? []).filter((cell) => cell.segment === segment).map(({ r, fm }) => `rfm:${r}/${fm}`);
}

/** Where the customers of a segment came from, and went. */
function flows(migration: RfmMigration | null, segment: string): string[] {
  const states = (migration?.states ?? []).map(({ id }) => id);
  return states.flatMap((other) => [`flow:${segment}/${other}`, ...(other === segment ? [] : [`flow:${other}/${segment}`])]);
}
