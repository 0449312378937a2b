// The state of the page and everything that can happen to it.
//
// In: events of the views (files, switches, filters). Out: one state object that the views draw, and the queries of the page shown, asked anew on every change.

import { FeilunError, open } from "feilun";
import type { BesideOrders, CohortConfig, CohortTable, ConcentrationConfig, ConcentrationTable, Filter, FlywheelConfig, FlywheelTable, GrowthConfig, GrowthTable, Mark, PrivateDomainConfig, PrivateDomainTable, PurchaseIntervalConfig, PurchaseIntervals, RfmConfig, RfmMigration, RfmMigrationConfig, RfmTable, TableMapping } from "feilun";
import type { Address } from "./address.ts";
import type { Explained } from "./explained.ts";
import { Latest } from "./latest.ts";
import type { ListQuestion, Listed, MemberList } from "./members.ts";
import { NoOrders } from "./errors.ts";
import { draftOf, fetchSample, openOptions, recognise, tableOptions } from "./opening.ts";
import type { Draft, Inspected, Opened, Opening, SampleSource, Source, TableFile } from "./opening.ts";
import { Past } from "./past.ts";
import { customSegments, segmentsOf } from "./segments.ts";
import type { Sample } from "./samples.ts";
import { defaultOf, follows, fragmentOf, parseView } from "./view.ts";
import type { Day, Page, View } from "./view.ts";

/** What the views draw. */
export interface State {
  readonly view: View;
  readonly opening: Opening | null;
  readonly opened: Opened | null;
  readonly filter: Filter;
  /** The cohorts or slices that have a curve, by their labels; `null` for the latest, or the largest. */
  readonly curves: readonly string[] | null;
  /** What is typed in the search box of a list. */
  readonly search: Readonly<Record<string, string>>;
  /** The mark picked in the chart of a panel. */
  readonly selected: { readonly panel: string; readonly mark: Mark } | null;
  /** Said to screen readers and shown for a moment: "copied", "exported …". */
  readonly notice: string;
  /** The list of customers shown. */
  readonly list: MemberList | null;
  /** Whether the report over all pages is shown in place of a page. */
  readonly report: boolean;
  /** Whether a file is held over the page. */
  readonly dropping: boolean;
  /** Whether the shortcuts are shown. */
  readonly help: boolean;
  /** The number that was asked how it was computed. */
  readonly explained: Explained | null;
  /** Whether the lesser switches of a panel are shown. */
  readonly moreControls: boolean;
  /** Whether the filters are shown where the window has room for their count only. */
  readonly showFilters: boolean;
  /** Whether single characters are shortcuts. */
  readonly singleKeys: boolean;
}

/** What undo brings back. */
type Shown = Pick<State, "view" | "filter" | "curves">;

/** Switches after which cohorts or slices have other labels. */
const RELABELS: readonly (keyof View)[] = ["granularity", "slice", "entity", "weekStart"];

const NOTICE_MS = 4000;

/** The dashboard's state and actions. */
export class App {
  state: State = {
    view: parseView(""),
    opening: null,
    opened: null,
    filter: {},
    curves: null,
    search: {},
    selected: null,
    notice: "",
    list: null,
    report: false,
    dropping: false,
    help: false,
    explained: null,
    moreControls: false,
    showFilters: false,
    singleKeys: true,
  };

  /** The views before this one. */
  readonly past = new Past<Shown>();

  readonly cohorts: Latest<CohortConfig, CohortTable>;
  readonly rfm: Latest<RfmConfig, RfmTable>;
  readonly members: Latest<ListQuestion, Listed>;
  readonly migration: Latest<RfmMigrationConfig, RfmMigration>;
  readonly concentration: Latest<ConcentrationConfig, ConcentrationTable>;
  readonly intervals: Latest<PurchaseIntervalConfig, PurchaseIntervals>;
  readonly growth: Latest<GrowthConfig, GrowthTable>;
  readonly flywheel: Latest<FlywheelConfig, FlywheelTable>;
  readonly domain: Latest<PrivateDomainConfig, PrivateDomainTable>;

  readonly #draw: () => void;
  readonly #address: Address;
  #scheduled = false;
  #task = new AbortController();
  /** The filter for the file to come. */
  #given: Filter | null = null;
  #noticeTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(draw: () => void, address: Address) {
    this.#draw = draw;
    this.#address = address;
    this.state = { ...this.state, view: parseView(address.fragment) };
    const changed = (): void => this.update({});
    const dataset = (): Opened["dataset"] => this.state.opened!.dataset;
    this.cohorts = new Latest((config, signal) => dataset().cohorts(config, { signal }), changed);
    this.rfm = new Latest((config, signal) => dataset().rfm(config, { signal }), changed);
    this.migration = new Latest((config, signal) => dataset().rfmMigration(config, { signal }), changed);
    this.concentration = new Latest((config, signal) => dataset().concentration(config, { signal }), changed);
    this.members = new Latest((question, signal) => {
      const options = { ids: question.plain ? "plain" : "pseudonyms", signal } as const;
      if ("rfm" in question) return dataset().rfmCustomers(question.rfm, options);
      return "growthCustomers" in question ? dataset().growthCustomers(question.growthCustomers, options) : dataset().cohortCustomers(question.cohortCustomers, options);
    }, changed);
    this.intervals = new Latest((config, signal) => dataset().purchaseIntervals(config, { signal }), changed);
    this.growth = new Latest((config, signal) => dataset().growth(config, { signal }), changed);
    this.flywheel = new Latest((config, signal) => dataset().flywheel(config, { signal }), changed);
    this.domain = new Latest((config, signal) => dataset().privateDomain(config, { signal }), changed);
  }

  /** Changes the state, asks what the page shown now needs, and draws once before the next frame. */
  update(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    this.#ask();
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#draw();
    });
  }

  #ask(): void {
    const { view, filter, opened, report, list } = this.state;
    if (!opened) return;
    const shows = (...pages: Page[]): boolean => report || pages.includes(view.page);
    if (shows("overview", "cohorts", "data")) {
      this.cohorts.ask(this.#cohortConfig());
    }
    if (shows("cohorts")) this.intervals.ask({ countZero: countsZero(view), filter });
    if (shows("overview", "rfm", "data")) this.rfm.ask({ ...this.#rfmConfig(), ...(this.hasColumn(view.rfmSlice) && { slice: { by: view.rfmSlice, rule: "home" } }) });
    if (shows("rfm")) {
      this.migration.ask(this.#migrationConfig());
      this.concentration.ask({ entity: view.concentrationOf, windowDays: windowOf(view), countZero: countsZero(view), filter });
    }
    if (list) this.members.ask(this.#listQuestion(list));
    if (shows("overview", "growth", "data")) this.growth.ask(this.#growthConfig());
    if (shows("overview", "flywheel")) this.flywheel.ask(this.#flywheelConfig());
    if (shows("dictionary")) this.domain.ask({ granularity: view.loopGranularity, ...weeks(view), windowDays: Number(view.domainWindow), filter });
  }

  #cohortConfig(): CohortConfig {
    const { view, filter } = this.state;
    const { granularity, window, criterion, measure, entity, entry, reference } = view;
    const by = this.sliceBy("slice");
    return {
      granularity, window, criterion, measure, entity, entry, reference, smooth: Number(view.smooth), warmupDays: Number(view.warmup), minOrders: Number(view.minOrders),
      countZero: countsZero(view), ...weeks(view), range: { from: dayOf(view.cohortsFrom), until: dayOf(view.cohortsUntil) },
      ...(view.brackets !== "none" && { brackets: view.brackets.split(",").map(Number) }), ...(window === "rolling" && { completeness: view.completeness }),
      ...(by !== null && { slice: { by, rule: view.sliceRule } }), filter,
    };
  }

  /** The dimension cohorts or growth are sliced by: the one chosen, where the data has it. */
  sliceBy(of: "slice" | "growthSlice"): string | null {
    const by = this.state.view[of];
    return this.hasColumn(by) ? by : null;
  }

  #flywheelConfig(): FlywheelConfig {
    const { view, filter } = this.state;
    const [h12, h23, h34, h45, h56] = view.horizons.split(",").map(Number) as [number, number, number, number, number];
    const weights = view.stepWeights.split(",").map(Number) as [number, number, number, number, number, number];
    return {
      granularity: view.loopGranularity, ...weeks(view), attributionDays: Number(view.attribution), horizons: { h12, h23, h34, h45, h56 },
      momentum: { base: view.momentumBase, weights }, filter, ...(this.hasColumn(view.leakBy) && { slice: { by: view.leakBy } }),
    };
  }

  /** Whether orders are filtered and sliced by a column. */
  hasColumn(key: string): boolean {
    return this.state.opened?.dataset.summary.dimensions.some((dimension) => dimension.key === key) ?? false;
  }

  #rfmConfig(): RfmConfig {
    const { view, filter } = this.state;
    const { preset, recencyMode, frequencyMode, monetaryMode, monetary } = view;
    const own = preset === "custom" ? segmentsOf(view.segments) : null;
    const thresholds = (text: string): number[] => text.split(",").map(Number).slice(0, Number(view.bins) - 1);
    return {
      preset, windowDays: windowOf(view), recencyMode, frequencyMode, monetaryMode, monetary, bins: Number(view.bins), frequencyByDay: view.frequency === "days",
      countZero: countsZero(view), ...(preset === "cn8" && { cn8By: view.cn8By }), ...(own && { customSegments: customSegments(own) }),
      ...(recencyMode === "fixed" && { recencyLimits: thresholds(view.recencyLimits) }), ...(frequencyMode === "fixed" && { frequencyThresholds: thresholds(view.frequencyThresholds) }),
      ...(monetaryMode === "fixed" && { monetaryThresholds: thresholds(view.monetaryThresholds) }), filter,
    };
  }

  #growthConfig(): GrowthConfig {
    const { view, filter } = this.state;
    const by = this.sliceBy("growthSlice");
    return {
      granularity: view.growthGranularity, window: view.growthWindow, entity: view.growthEntity, countZero: countsZero(view), ...weeks(view),
      ...(by !== null && { slice: { by, rule: view.growthSliceRule } }), filter,
    };
  }

  #migrationConfig(): RfmMigrationConfig {
    const { view, opened } = this.state;
    const to = opened!.dataset.summary.completeUntil;
    const from = new Date(Date.parse(to) - Number(view.migrationDays) * 86_400_000).toISOString().slice(0, 10);
    return { from, to, mode: view.migrationMode, rfm: this.#rfmConfig() };
  }

  #listQuestion({ of, plain }: MemberList): ListQuestion {
    if ("cohort" in of) return { plain, cohortCustomers: { cohorts: this.#cohortConfig(), labels: [of.cohort], column: of.column, members: of.members } };
    if ("part" in of) return { plain, growthCustomers: { growth: this.#growthConfig(), period: of.period, part: of.part } };
    return { plain, rfm: this.#rfmConfig() };
  }

  /** Every scored customer as an Arrow stream. */
  membersArrow(plain: boolean): Promise<Uint8Array<ArrayBuffer>> {
    return this.state.opened!.dataset.rfmCustomersArrow(this.#rfmConfig(), { ids: plain ? "plain" : "pseudonyms" });
  }

  // Switches and filters

  /** Sets switches; the fragment follows, so that a reload or a link shows the same view. */
  switchTo(change: Partial<View>): void {
    this.#show({ view: { ...this.state.view, ...follows(change, this.state.view), ...change }, ...(RELABELS.some((name) => name in change) && { curves: null }) });
  }

  /** Chooses the cohorts or slices that have a curve. */
  showCurves(curves: readonly string[] | null): void {
    this.#show({ curves });
  }

  /** Shows a view and a filter given from outside; a filter given before a file is open waits for it. */
  show(view: View, filter: Filter): void {
    this.#given = this.state.opened ? null : filter;
    this.#show({ view, filter: this.state.opened ? filter : {} });
  }

  /** Takes the view from the address: a page link or the browser's back button. */
  followFragment(): void {
    this.#show({ view: parseView(this.#address.fragment) });
  }

  /** Turns to a page, away from the steps of opening another file. */
  turnTo(page: Page): void {
    this.showPages();
    this.switchTo({ page });
  }

  /** Shows a view or a filter, and remembers what was shown. */
  #show(change: Partial<Shown>): void {
    const { view, filter, curves } = this.state;
    const shown = { view, filter, curves };
    const next = { ...shown, ...change };
    if (JSON.stringify(sought(next)) !== JSON.stringify(sought(shown))) this.past.keep(shown);
    this.#turn(next);
  }

  #turn(shown: Shown): void {
    if (fragmentOf(shown.view) !== this.#address.fragment) this.#address.keep(fragmentOf(shown.view));
    const { view, filter, selected } = this.state;
    this.update({ ...shown, selected: sameNumbers({ view, filter }, shown) ? selected : null, list: null });
  }

  /** Shows what was on screen before the last change; language and appearance stay. */
  undo(): void {
    this.#goBack(this.past.undo(this.state));
  }

  /** Shows what was undone. */
  redo(): void {
    this.#goBack(this.past.redo(this.state));
  }

  #goBack(shown: Shown | undefined): void {
    const { lang, theme } = this.state.view;
    if (shown) this.#turn({ view: { ...shown.view, lang, theme }, filter: shown.filter, curves: shown.curves });
  }

  /** Leaves the steps of opening another file for the pages of the one open; a file being read goes on. */
  showPages(): void {
    const { opening, opened, report } = this.state;
    if (report) this.update({ report: false });
    if (opened && opening && opening.step !== "load") this.cancelOpening();
  }

  /** Keeps only orders with these labels of a dimension; none keeps all. */
  filterBy(dimension: string, labels: readonly string[]): void {
    const { [dimension]: _, ...others } = this.state.filter.only ?? {};
    this.#show({ filter: { ...this.state.filter, only: labels.length > 0 ? { ...others, [dimension]: [...labels] } : others } });
  }

  /** Keeps the orders of a range of days; an empty end is open. */
  filterDays(end: "from" | "until", day: string): void {
    const { [end]: _, ...others } = this.state.filter;
    this.#show({ filter: day === "" ? others : { ...others, [end]: day } });
  }

  /** Keeps all orders. */
  clearFilters(): void {
    this.#show({ filter: {} });
  }

  /** Says something for a moment. */
  announce(notice: string): void {
    clearTimeout(this.#noticeTimer);
    this.update({ notice });
    this.#noticeTimer = setTimeout(() => this.update({ notice: "" }), NOTICE_MS);
  }

  // Opening a file

  /** Looks at the columns of files and shows the mapping step; tables without orders are taken into what is open. */
  async openFiles(files: readonly File[]): Promise<void> {
    const [first] = files;
    if (!first) return;
    const { opened } = this.state;
    await this.#step(first.name, null, async (signal) => {
      this.update({ opening: { step: "inspect", name: first.name } });
      const { orders, inspection, tables } = await recognise(files, signal);
      if (signal.aborted) return;
      if (inspection && orders[0]) {
        const name = orders.length === 1 ? orders[0].name : `${orders[0].name} + ${orders.length - 1}`;
        const source: Source = { name, files: orders, sample: null };
        this.remap({ source, inspection, draft: draftOf(source, inspection), tables });
      } else if (opened) {
        await this.#attach(opened, tables, signal);
      } else {
        throw new NoOrders(first.name);
      }
    });
  }

  /** Opens the file at an address, as if it had been chosen. */
  async openAddress(address: URL): Promise<void> {
    const name = decodeURIComponent(address.pathname.split("/").at(-1) || address.href);
    let file: File | undefined;
    await this.#step(name, null, async (signal) => {
      this.update({ opening: { step: "fetch", name } });
      const response = await fetch(address, { signal });
      if (!response.ok) throw new FeilunError({ code: "source", message: `\`${address.href}\`: the server answered ${response.status}` });
      file = new File([await response.blob()], name);
    });
    if (file) await this.openFiles([file]);
  }

  /** Takes tables into the dataset that is open. */
  async #attach(opened: Opened, tables: readonly TableFile[], signal: AbortSignal): Promise<void> {
    for (const [table, { source, mapping }] of Object.entries(tableOptions(tables)) as [BesideOrders, { source: Blob; mapping: TableMapping }][]) {
      await opened.dataset.attach(table, source, { mapping, signal });
    }
    this.update({ opening: null });
    this.#askAgain();
    this.switchTo({ page: "data" });
  }

  /** Lets a table go. */
  async detach(table: BesideOrders): Promise<void> {
    await this.state.opened?.dataset.detach(table);
    this.#askAgain();
    this.update({});
  }

  #askAgain(): void {
    for (const query of [this.cohorts, this.rfm, this.migration, this.intervals, this.concentration, this.members, this.growth, this.flywheel, this.domain]) query.reset();
  }

  /** Opens a sample without the mapping step. */
  async openSample(sample: Sample, fetched: SampleSource): Promise<void> {
    await this.#step(sample.fileName, null, async (signal) => {
      this.update({ opening: { step: "fetch", name: sample.fileName } });
      const { orders, inspection, tables } = await recognise(await fetchSample(sample, fetched, signal), signal);
      const source: Source = { name: sample.fileName, files: orders, sample };
      if (inspection && !signal.aborted) await this.load({ source, inspection, draft: draftOf(source, inspection), tables });
    });
  }

  /** Changes the mapping step. */
  editDraft(change: Partial<Draft>): void {
    const { opening } = this.state;
    if (opening?.step === "map") this.update({ opening: { ...opening, draft: { ...opening.draft, ...change } } });
  }

  /** Takes a file for another table, or leaves it out. */
  retable(name: string, kind: BesideOrders | null): void {
    const { opening } = this.state;
    if (opening?.step !== "map") return;
    const tables = opening.tables.map((table) => (table.name === name ? { ...table, kind } : table.kind === kind ? { ...table, kind: null } : table));
    this.update({ opening: { ...opening, tables } });
  }

  /** Shows the mapping step of what is open, or of what failed. */
  remap(inspected: Inspected): void {
    const { source, inspection, draft, tables } = inspected;
    this.update({ opening: { step: "map", source, inspection, draft, tables } });
  }

  /** Reads a file with its mapping and shows it in place of the one before. */
  async load(inspected: Inspected): Promise<void> {
    const { source, inspection, draft, tables } = inspected;
    await this.#step(source.name, inspected, async (signal) => {
      const loading = { step: "load", source, inspection, draft, tables } as const;
      this.update({ opening: { ...loading, progress: null } });
      const dataset = await open(source.files, {
        ...openOptions(draft),
        tables: tableOptions(tables),
        signal,
        onProgress: (progress) => {
          if (!signal.aborted) this.update({ opening: { ...loading, progress } });
        },
      });
      if (signal.aborted) return void dataset.close();
      this.#take({ source, inspection, draft, tables, dataset });
    });
  }

  #take(opened: Opened): void {
    const before = this.state.opened;
    this.#askAgain();
    this.update({ opened, opening: null, report: false, list: null, filter: this.#given ?? {}, curves: null, search: {}, selected: null });
    this.#given = null;
    if (before?.source !== opened.source) this.switchTo({ warmup: opened.source.sample?.warmup ?? defaultOf("warmup"), ...(before && { now: defaultOf("now"), then: defaultOf("then") }) });
    this.past.clear();
    void before?.dataset.close();
  }

  /** Runs one step of opening; a newer one or a cancel ends it silently, a failure is shown. */
  async #step(name: string, inspected: Inspected | null, run: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    this.#task.abort();
    const task = (this.#task = new AbortController());
    try {
      await run(task.signal);
    } catch (error) {
      if (!task.signal.aborted) this.update({ opening: { step: "failed", name, error, inspected } });
    }
  }

  /** Leaves the opening steps; what was open is shown again. While reading, the mapping step is shown again. */
  cancelOpening(): void {
    const { opening } = this.state;
    this.#task.abort();
    if (opening?.step === "load" && !opening.source.sample) this.remap(opening);
    else this.update({ opening: null });
  }

  /** Shows the start view; what is open stays open behind it. */
  choose(): void {
    this.#task.abort();
    this.update({ opening: { step: "choose" } });
  }
}

/** What a step of undo is about: what is looked at, in whatever language and colours. */
function sought({ view, ...others }: Shown): object {
  const { lang: _, theme: __, ...switches } = view;
  return { ...switches, ...others };
}

/** Whether what was picked still says what it said: another page, chart or look shows the same numbers. */
function sameNumbers(before: Omit<Shown, "curves">, { view, filter }: Shown): boolean {
  const numbers = ({ page: _, chart: __, migrationForm: ___, lang: ____, theme: _____, ...others }: View): View | object => others;
  return before.filter === filter && JSON.stringify(numbers(before.view)) === JSON.stringify(numbers(view));
}

/** Whether orders with net ≤ 0 count as purchases. */
function countsZero(view: View): boolean {
  return view.countZero === "yes";
}

/** The first day of weeks. */
function weeks(view: View): { weekStart: number } {
  return { weekStart: Number(view.weekStart) };
}

/** A day chosen, `null` while it is open. */
function dayOf(choice: "open" | Day): string | null {
  return choice === "open" ? null : choice;
}

/** The window of RFM in days; `null` is all history. */
function windowOf(view: View): number | null {
  return view.rfmWindow === "all" ? null : Number(view.rfmWindow);
}
