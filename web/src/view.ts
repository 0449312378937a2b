// The view: everything the analyst has switched to, as the URL fragment carries it.
//
// In: a fragment such as `#/cohorts?granularity=week`. Out: a `View`, and back. One table gives the type, the defaults, the parser and the options of
// the page's switches. Labels of the data (stores, channels) stay out of it: a link must not carry data.

import { segmentsOf } from "./segments.ts";

/** The dimensions to compare by, where the data has them. */
const DIMENSIONS = ["store_id", "channel", "fulfilment", "staff_id", "category", "coupon_id", "is_presale", "group_buy_id", "service_type", "distance_band", "community_id", "building_id"] as const;

/** Every switch with its choices, in the order shown. Keys are the names in the fragment. */
export const CHOICES = {
  page: ["overview", "cohorts", "rfm", "flywheel", "growth", "dictionary", "data"],
  lang: ["auto", "zh", "en"],
  theme: ["auto", "light", "dark"],
  granularity: ["day", "week", "month", "quarter", "year"],
  window: ["calendar", "rolling"],
  criterion: ["on", "on_or_after", "on_or_before", "streak", "repeat_by"],
  measure: ["rate", "count", "orders", "net", "aov", "value_per_returning", "value_per_member", "cum_value_per_member", "nrr", "grr"],
  warmup: ["0", "30", "90"],
  slice: ["none", ...DIMENSIONS],
  sliceRule: ["first_order", "home", "order"],
  entity: ["customer", "staff", "leader", "store"],
  entry: ["first_ever", "first_in_range", "recurring"],
  cohortsFrom: ["open"],
  cohortsUntil: ["open"],
  reference: ["none", "previous"],
  smooth: ["1", "3"],
  brackets: ["none", "1,2,3,6", "3,3,3,3"],
  minOrders: ["1", "2", "3"],
  completeness: ["strict", "eligible"],
  chart: ["heatmap", "curves", "multiples"],
  preset: ["grid", "rules11", "cn8", "custom"],
  segments: ["none"],
  cn8By: ["mean", "median"],
  bins: ["5", "4", "3"],
  frequency: ["orders", "days"],
  recencyMode: ["midrank", "nearest_rank", "fixed", "ntile"],
  recencyLimits: ["180,90,60,30"],
  frequencyMode: ["one_plus_quartile", "midrank", "nearest_rank", "fixed", "ntile", "nested"],
  frequencyThresholds: ["2,3,5,8"],
  monetaryMode: ["midrank", "nearest_rank", "fixed", "ntile", "nested"],
  monetaryThresholds: ["10000,30000,60000,120000"],
  monetary: ["net", "aov", "margin"],
  rfmSlice: ["none", ...DIMENSIONS],
  migrationDays: ["30", "90", "180"],
  migrationMode: ["frozen", "refit"],
  migrationForm: ["streams", "matrix"],
  concentrationOf: ["customer", "staff", "leader", "store"],
  rfmWindow: ["90", "180", "365", "all"],
  gridValue: ["customers", "share", "net"],
  growthGranularity: ["day", "week", "month", "quarter", "year"],
  growthUnit: ["customers", "revenue"],
  growthWindow: ["calendar", "rolling"],
  growthEntity: ["customer", "staff", "leader", "store"],
  growthSlice: ["none", ...DIMENSIONS],
  growthSliceRule: ["first_order", "home", "order"],
  loopGranularity: ["week", "month"],
  attribution: ["3", "7", "14"],
  horizons: ["30,30,60,90,30"],
  stepWeights: ["1,1,1,1,1,1"],
  momentumBase: ["previous_three", "last_year"],
  countZero: ["no", "yes"],
  weekStart: ["0", "5", "6"],
  now: ["latest"],
  then: ["previous", "year"],
  leakBy: ["none", ...DIMENSIONS],
  domainWindow: ["7", "30", "90"],
  case: ["all", "presale_pickup", "advisor_cloud_store", "steward_leader"],
} as const;

type Choices = typeof CHOICES;

/** The name of a switch. */
export type Switch = keyof Choices;

/** A day, ISO. */
export type Day = `${number}-${number}-${number}`;

/** Switches that also take a day. */
const DATED = ["now", "then", "cohortsFrom", "cohortsUntil"] as const satisfies readonly Switch[];

/** The name of a switch that also takes a day. */
export type Dated = (typeof DATED)[number];

function numbersOf(text: string, count: number): number[] | null {
  const numbers = text.split(",").map((part) => (/^-?\d{1,12}$/.test(part) ? Number(part) : NaN));
  return numbers.length === count && numbers.every(Number.isFinite) ? numbers : null;
}

/** Whether numbers rise from the first to the last. */
function ascends(numbers: readonly number[]): boolean {
  return numbers.every((number, idx) => idx === 0 || number > numbers[idx - 1]!);
}

/** Whether numbers fall. */
function descends(numbers: readonly number[]): boolean {
  return ascends(numbers.toReversed());
}

/** Switches that also take text, and which: numbers of scores 2 to 5, days and weights of the steps, segments of one's own. */
const WRITTEN = {
  recencyLimits: (text) => isOf(text, 4, (days) => descends(days) && days.at(-1)! >= 0),
  frequencyThresholds: (text) => isOf(text, 4, (orders) => ascends(orders) && orders[0]! >= 2),
  monetaryThresholds: (text) => isOf(text, 4, ascends),
  horizons: (text) => isOf(text, 5, (days) => days.every((each) => each >= 1 && each <= 3650)),
  stepWeights: (text) => isOf(text, 6, (weights) => weights.every((each) => each >= 0 && each <= 100) && weights.some((each) => each > 0)),
  segments: (text) => segmentsOf(text) !== null,
} as const satisfies { readonly [S in Switch]?: (text: string) => boolean };

function isOf(text: string, count: number, fits: (numbers: readonly number[]) => boolean): boolean {
  const numbers = numbersOf(text, count);
  return numbers !== null && fits(numbers);
}

/** The name of a switch that also takes text. */
export type Written = keyof typeof WRITTEN;

/** Whether a switch takes a text. */
export function isWritten(name: Written, text: string): boolean {
  return WRITTEN[name](text);
}

/** A choice of a switch. */
export type Choice<S extends Switch> = Choices[S][number] | (S extends Dated ? Day : never) | (S extends Written ? string : never);

/** A page of the dashboard. */
export type Page = Choice<"page">;

/** One choice per switch. */
export type View = { readonly [S in Switch]: Choice<S> };

/** What a switch is set to before anyone touches it: the first choice, except here. */
const DEFAULTS: Partial<View> = { granularity: "month", warmup: "90", rfmWindow: "365", growthGranularity: "month", loopGranularity: "month", attribution: "7", domainWindow: "30", migrationDays: "90" };

/** What a switch is set to at first. */
export function defaultOf<S extends Switch>(name: S): Choice<S> {
  return DEFAULTS[name] ?? CHOICES[name][0];
}

/** Score modes that rank each day by itself: there are no cut-points to keep. */
export function hasOwnRanks({ recencyMode, frequencyMode, monetaryMode }: Partial<View>): boolean {
  return [recencyMode, frequencyMode, monetaryMode].some((mode) => mode === "ntile" || mode === "nested");
}

/** What a change of switches takes along, because one cannot be without the other. Slices are compared as curves. */
export function follows(change: Partial<View>, before: View): Partial<View> {
  return {
    ...(change.slice !== undefined && before.chart === (change.slice === "none" ? "multiples" : "heatmap") && { chart: "curves" as const }),
    ...(hasOwnRanks(change) && { migrationMode: "refit" as const }),
    ...(change.preset !== undefined && change.preset !== "cn8" && { bins: "5" as const }),
    ...(change.growthWindow === "rolling" && { growthGranularity: "day" as const }),
    ...(change.growthGranularity !== undefined && change.growthGranularity !== "day" && { growthWindow: "calendar" as const }),
    ...(change.cohortsFrom === "open" && { entry: "first_ever" as const }),
  };
}

const SWITCHES = Object.keys(CHOICES) as Switch[];

function isDay(value: unknown): value is Day {
  return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}

function isChoice<S extends Switch>(name: S, value: unknown): value is Choice<S> {
  return (CHOICES[name] as readonly unknown[]).includes(value) || ((DATED as readonly Switch[]).includes(name) && isDay(value)) || (name in WRITTEN && typeof value === "string" && isWritten(name as Written, value));
}

/** The view a fragment describes; what it does not say, or says wrongly, takes the default. */
export function parseView(fragment: string): View {
  const [page = "", query = ""] = fragment.replace(/^#\/?/, "").split("?", 2);
  const params = new URLSearchParams(query);
  params.set("page", page);
  return viewOf((name) => params.get(name));
}

/** The view of switches as they are read; one that is no choice takes the default. */
export function viewOf(read: (name: Switch) => unknown): View {
  const entries = SWITCHES.map((name) => {
    const value = read(name);
    return [name, isChoice(name, value) ? value : defaultOf(name)];
  });
  const view = Object.fromEntries(entries) as View;
  // Segments of one's own that are not said, or wrongly, are none.
  return view.preset === "custom" && view.segments === "none" ? { ...view, preset: defaultOf("preset") } : view;
}

/** Some switches, set to what is given; where that is nothing, or no choice, to what they are at first. */
export function switchesTo(given: { readonly [S in Switch]?: string | undefined }): Partial<View> {
  return Object.fromEntries((Object.keys(given) as Switch[]).map((name) => [name, isChoice(name, given[name]) ? given[name] : defaultOf(name)]));
}

/** The fragment of a view; defaults are left out. */
export function fragmentOf(view: View): string {
  const params = new URLSearchParams();
  for (const name of SWITCHES) {
    if (name !== "page" && view[name] !== defaultOf(name)) params.set(name, view[name]);
  }
  const query = params.toString();
  return `#/${view.page}${query ? `?${query}` : ""}`;
}

/** A view as JSON: every switch, nothing of the data. */
export function jsonOf(view: View): string {
  return JSON.stringify(view, null, 2);
}

/** The view a JSON text describes; `null` where it describes none. A switch it leaves out, or sets wrongly, takes the default. */
export function viewOfJson(text: string): View | null {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof given !== "object" || given === null || !SWITCHES.some((name) => name in given)) return null;
  const read = new Map<string, unknown>(Object.entries(given));
  return viewOf((name) => read.get(name));
}
