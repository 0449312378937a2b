// Generated from the Rust crate by `cargo xtask types`; the test run fails where this file differs. Do not edit.

/** What can go wrong in the crate. */
export type ErrorKind = "not_arrow" | "unsupported" | "truncated" | "corrupt" | "budget" | "missing_column" | "column_type" | "config" | "empty" | "overflow" | "cancelled";

/** A sentence or name in the two languages of the product. */
export interface Localized {
  /** Chinese (zh-CN). */
  zh: string;
  /** English. */
  en: string;
}

/** The language of texts drawn into charts and tables. */
export type Lang = "zh" | "en";

/** The length of a calendar period. */
export type Granularity = "day" | "week" | "month" | "quarter" | "year";

/** A calendar period `[start, end)`. */
export interface Period {
  /** `2025-01-05` (day), `2025-W02` (ISO week of its first Thursday; `2025-01-05` for other week starts), `2025-01`, `2025-Q1`, `2025`. */
  label: string;
  /** First local day, ISO date. */
  start: string;
  /** Day after the last, ISO date. */
  end: string;
  /** Whether the period ends at or before `complete_until`. */
  complete: boolean;
}

/** A two-sided confidence interval. */
export interface Interval {
  /** Lower bound. */
  low: number;
  /** Upper bound. */
  high: number;
}

/**
 * Which orders a metric looks at. An empty filter keeps all; several conditions are combined with "and".
 *
 * A filtered metric sees only the orders kept: a customer's first order is the first one kept, and the data begin and end where the filter does.
 */
export interface Filter {
  /** Keep orders from this local day on, ISO date. */
  from?: string | null;
  /** Keep orders before this local day, ISO date. */
  until?: string | null;
  /** Keep orders with one of these labels, by the dimension's key (`store_id`, `channel`, … or a column's name). */
  only?: Record<string, Array<string>>;
}

/** Which label of a dimension a customer's orders belong to. */
export type SliceRule = "first_order" | "home" | "order";

/** Whose orders are followed. */
export type Entity = "customer" | "staff" | "leader" | "store";

/** One result per label of a dimension, beside the whole. */
export interface SliceConfig {
  /** The dimension's key: `store_id`, `channel`, … */
  by?: string;
  /** Which label an order belongs to. */
  rule?: SliceRule;
}

/** How instants become local days. */
export interface LocalTimeNote {
  /** The fixed offset in minutes, `null` where transitions of a time zone are used. */
  utcOffsetMinutes: number | null;
  /** The zone's name as given by the caller, if it was. */
  timeZone: string | null;
  /** Whether the file's times were wall clock already (no zone in the Arrow type). */
  wallClock: boolean;
}

/** The metric and its options with every default filled in. */
export type Parameters =
  | { metric: "cohorts", config: Required<CohortConfig> }
  | { metric: "cohort_customers", config: Required<CohortCustomersConfig> }
  | { metric: "purchase_intervals", config: Required<PurchaseIntervalConfig> }
  | { metric: "rfm", config: Required<RfmConfig> }
  | { metric: "rfm_migration", config: Required<RfmMigrationConfig> }
  | { metric: "concentration", config: Required<ConcentrationConfig> }
  | { metric: "growth", config: Required<GrowthConfig> }
  | { metric: "growth_customers", config: Required<GrowthCustomersConfig> }
  | { metric: "flywheel", config: Required<FlywheelConfig> }
  | { metric: "private_domain", config: Required<PrivateDomainConfig> };

/** How a result was computed. Two results with equal definitions over equal data are byte-equal. */
export interface Definition {
  /** Version of the metric definitions (docs/metrics.md), raised when a number changes its meaning. */
  version: number;
  /** Metric and resolved options. */
  parameters: Parameters;
  /** As-of day A (exclusive), ISO date: orders on or after it are not looked at. */
  asOf: string;
  /** Observation ends before this local day (exclusive), ISO date. */
  completeUntil: string;
  /** First local day with an order, ISO date. */
  dataStart: string;
  /** How instants became local days. */
  localTime: LocalTimeNote;
  /** Statuses whose orders were excluded at ingest. */
  excludedStatuses: Array<string>;
  /** Rows set aside at ingest, by reason. */
  setAside: Array<SetAside>;
  /** Orders looked at after the filter, before as-of. */
  orders: number;
  /** Orders among them that do not count as a purchase (net ≤ 0 and `count_zero` off). */
  uncountedOrders: number;
  /** Net of all orders looked at, minor units. */
  netMinor: number;
  /** One line for people. */
  text: Localized;
}

/** A table of the loop. Orders are required, the others add steps of the flywheel. */
export type TableKind = "orders" | "members" | "referrals" | "touches" | "spend" | "interactions";

/** What a column of a table holds. */
export type TableField = "customer_id" | "joined_at" | "left_at" | "first_order_at" | "staff_id" | "source_store" | "source_channel" | "inviter_id" | "invitee_id" | "invited_at" | "accepted_at" | "sent_at" | "touch_id" | "channel" | "coupon_id" | "expires_at" | "redeemed_at" | "order_id" | "is_control" | "period_start" | "amount" | "store_id" | "kind" | "at" | "rating";

/** Which column of the file holds which field of a table beside orders. Columns not named are never read. */
export type TableMapping = { [field in TableField]?: string };

/** How well a file would serve as one of the tables. */
export interface TableProposal {
  /** The table. */
  table: TableKind;
  /** In [0, 1]: how surely the names tell its required columns, 0 where one is missing. */
  confidence: number;
  /** Required fields for which no column was found. */
  missing: Array<string>;
  /** The columns found, for `TableKind.Orders` in `super.Inspection.mapping` instead. */
  mapping: TableMapping;
}

/** What reading did with every row of a table beside orders. `rows_read = rows_used + Σ set_aside.rows`. */
export interface TableReport {
  /** The table. */
  table: TableKind;
  /** What became of each file, in the order they were read. */
  files: Array<FileReport>;
  /** Rows in the files. */
  rowsRead: number;
  /** Rows used. */
  rowsUsed: number;
  /** Rows not used, by reason, ascending; reasons without rows are left out. */
  setAside: Array<SetAside>;
  /** Amounts that had more than two decimals and were rounded half away from zero. */
  roundedAmounts: number;
  /** Optional times before 1900 or after 2200, taken as missing: what exports write for "never". */
  ignoredTimes: number;
  /** Bytes asked from the source. */
  bytesRead: number;
  /** The mapping used. */
  mapping: TableMapping;
  /** Columns whose names look like personal data and were not read. */
  piiColumnsIgnored: Array<string>;
}

/** What a column of the orders table is used for. */
export type Role = "customer_id" | "ordered_at" | "amount" | "order_id" | "status" | "refund_amount" | "store_id" | "channel" | "inviter_id" | "joined_at" | "first_order_at" | "fulfilment" | "staff_id" | "category" | "coupon_id" | "is_presale" | "promised_to" | "picked_up_at" | "cost";

/** The first rows of a column, at most 4,096. */
export interface ColumnSample {
  /** Rows looked at. */
  rows: number;
  /** Rows without a value that could be used. */
  nulls: number;
  /** Different values, where they are text, whole numbers or yes and no. */
  distinct: number | null;
}

/** A column of the file's schema. */
export interface Field {
  /** Name as in the file. */
  name: string;
  /** Arrow type as a person writes it, e.g. `timestamp[ms]`, `dictionary<int32, utf8>`, `decimal128(18, 2)`. */
  dataType: string;
  /** The roles its type could serve. */
  roles: Array<Role>;
  /** Whether the name looks like personal data (phone, ID card, name, address): never read unless mapped. */
  pii: boolean;
  /** Its first rows; `null` where they were not looked at (personal data, types of no use, a first batch above 32 MB). */
  sample: ColumnSample | null;
}

/** Why a column is proposed for a role, or none is. */
export type ProposalReason = "exact_name" | "usual_name" | "part_of_name" | "only_of_type" | "unique_values" | "others_empty" | "mostly_empty" | "never_repeats" | "repeats" | "several_fit" | "none_fits";

/** A proposed column for a role. */
export interface Proposal {
  /** The role. */
  role: Role;
  /** The best column, `null` where nothing fits or several fit equally well. */
  column: string | null;
  /** Columns that fit as well, when it would be a guess. */
  alternatives: Array<string>;
  /** In [0, 1]: 1 for an exact alias that the first rows do not speak against. */
  confidence: number;
  /** Why this column, or none. */
  reason: ProposalReason;
}

/** Where the bytes of an Arrow file or stream lie. */
export type ArrowFormat = "file" | "stream";

/** What a look at the schema tells, before any data is read. */
export interface Inspection {
  /** File or stream. */
  format: ArrowFormat;
  /** The columns. */
  fields: Array<Field>;
  /** A proposal for each role, required roles first. */
  proposals: Array<Proposal>;
  /** The proposals as a mapping. */
  mapping: Mapping;
  /** Which tables it could be, the likeliest first, with the mapping of each. */
  tables: Array<TableProposal>;
}

/** What one row stands for where an order id is mapped. */
export type Grain = "order" | "line";

/** Which column of the file serves which role, by column name. Columns not named are never read. */
export interface Mapping {
  /** Column of `Role.CustomerId`. */
  customerId?: string | null;
  /** Column of `Role.OrderedAt`. */
  orderedAt?: string | null;
  /** Column of `Role.Amount`. */
  amount?: string | null;
  /** Column of `Role.OrderId`. */
  orderId?: string | null;
  /** Column of `Role.Status`. */
  status?: string | null;
  /** Column of `Role.RefundAmount`. */
  refundAmount?: string | null;
  /** Column of `Role.StoreId`. */
  storeId?: string | null;
  /** Column of `Role.Channel`. */
  channel?: string | null;
  /** Column of `Role.InviterId`. */
  inviterId?: string | null;
  /** Column of `Role.JoinedAt`. */
  joinedAt?: string | null;
  /** Column of `Role.FirstOrderAt`. */
  firstOrderAt?: string | null;
  /** Column of `Role.Fulfilment`. */
  fulfilment?: string | null;
  /** Column of `Role.StaffId`. */
  staffId?: string | null;
  /** Column of `Role.Category`. */
  category?: string | null;
  /** Column of `Role.CouponId`. */
  couponId?: string | null;
  /** Column of `Role.IsPresale`. */
  isPresale?: string | null;
  /** Column of `Role.PromisedTo`. */
  promisedTo?: string | null;
  /** Column of `Role.PickedUpAt`. */
  pickedUpAt?: string | null;
  /** Column of `Role.Cost`. */
  cost?: string | null;
  /** Further columns to filter and slice by, at most `Mapping.MAX_DIMENSIONS`. */
  dimensions?: Array<string>;
}

/** Options of reading. */
export interface IngestOptions {
  /** Local time minus UTC, minutes, used when there are no `transitions`. */
  utcOffsetMinutes?: number;
  /** `[utc_start_seconds, offset_seconds]`, ascending: the offset in force from then on. Overrides `utc_offset_minutes`. */
  transitions?: Array<[number, number]>;
  /** Name of the zone `transitions` describe, for the definition. */
  timeZone?: string | null;
  /** Treat times without a zone as UTC instead of wall clock. */
  naiveIsUtc?: boolean;
  /** Statuses whose orders do not count; `null` takes the default list. */
  excludeStatuses?: Array<string> | null;
  /** What a row stands for. */
  grain?: Grain;
  /** Most bytes of one batch's mapped columns held at once, as stored and once more as decompressed. */
  budgetBytes?: number;
}

/** Why a row was not used. */
export type SetAsideReason = "null_customer" | "null_time" | "null_amount" | "time_out_of_range" | "amount_out_of_range" | "excluded_status" | "duplicate_order" | "null_label" | "unreadable_flag" | "rating_out_of_range";

/** Rows not used for one reason. */
export interface SetAside {
  /** Why. */
  reason: SetAsideReason;
  /** The column whose value was the reason. */
  column: string | null;
  /** Rows. */
  rows: number;
  /** The first rows, 0-based over all files in their order, at most 100 (ascending). */
  examples: Array<number>;
}

/** Rows of one file that were not used for one reason. */
export interface AsideCount {
  /** Why. */
  reason: SetAsideReason;
  /** The column whose value was the reason. */
  column: string | null;
  /** Rows. */
  rows: number;
}

/** What reading did with the rows of one file. `rows_read = rows_used + Σ set_aside.rows`. */
export interface FileReport {
  /** Number of its first row, counted over all files. */
  firstRow: number;
  /** Rows in the file. */
  rowsRead: number;
  /** Rows of it that became orders, or part of one. */
  rowsUsed: number;
  /** Rows of it not used, by reason and column, ascending. */
  setAside: Array<AsideCount>;
  /** Amounts of it that were rounded. */
  roundedAmounts: number;
  /** Values of it that no one can mean, taken as missing. */
  ignoredValues: number;
  /** Rows of it whose status is unknown. */
  unknownStatusRows: number;
  /** Bytes asked from it. */
  bytesRead: number;
}

/** A status and its rows. */
export interface StatusCount {
  /** As in the data; empty for null. */
  status: string;
  /** Rows with it. */
  rows: number;
  /** Whether its orders do not count. */
  excluded: boolean;
  /** Whether it is excluded, a usual one of orders that count, or null. */
  known: boolean;
}

/** What reading did with every row. `rows_read = rows_used + Σ set_aside.rows`. */
export interface IngestReport {
  /** What became of each file, in the order they were read. */
  files: Array<FileReport>;
  /** Rows in the files. */
  rowsRead: number;
  /** Rows that became orders (grain `line`: or part of one). */
  rowsUsed: number;
  /** Rows not used, by reason, ascending; reasons without rows are left out. */
  setAside: Array<SetAside>;
  /** Orders without a customer (they are in `set_aside` too). */
  anonymousOrders: number;
  /** Their net, minor units. */
  anonymousNetMinor: number;
  /** Amounts that had more than two decimals and were rounded half away from zero. */
  roundedAmounts: number;
  /**
   * Values beside the order's own time and amount that no one can mean (times outside 1900 to 2200, costs beyond ±9·10¹³ minor units),
   * taken as missing.
   */
  ignoredValues: number;
  /** Rows whose status is unknown: neither excluded nor a usual one of orders that count. Their orders count. */
  unknownStatusRows: number;
  /** Bytes asked from the source. */
  bytesRead: number;
  /** The mapping used. */
  mapping: Mapping;
  /** Statuses seen, with their rows and whether they are excluded. */
  statuses: Array<StatusCount>;
  /** Columns whose names look like personal data and were not read. */
  piiColumnsIgnored: Array<string>;
}

/** A column that orders can be filtered and sliced by. */
export interface DimensionSummary {
  /** Its name in filters and slices: the role, as `store_id`, or the column's own. */
  key: string;
  /** Its labels, ascending. */
  labels: Array<string>;
}

/** What a loaded dataset holds. */
export interface DatasetSummary {
  /** Orders. */
  orders: number;
  /** Customers with at least one order. */
  customers: number;
  /** Net of all orders, minor units. */
  netMinor: number;
  /** First local day with an order, ISO date. */
  dataStart: string;
  /** Day after the last local day with an order, ISO date. */
  completeUntil: string;
  /** What orders can be filtered and sliced by. */
  dimensions: Array<DimensionSummary>;
  /** What reading did with every row. */
  report: IngestReport;
  /** The same of each table attached. */
  tables: Array<TableReport>;
}

/** Whether cell columns are calendar periods or elapsed time since each customer's own first order. */
export type CohortWindow = "calendar" | "rolling";

/** When a rolling cell is complete. */
export type RollingCompleteness = "strict" | "eligible";

/** When a member counts as present in column k. */
export type Criterion = "on" | "on_or_after" | "on_or_before" | "streak" | "repeat_by";

/** Which purchase makes a customer a member of a cohort. */
export type CohortEntry = "first_ever" | "first_in_range" | "recurring";

/** The value shown in a cell. v = net of a member in a column, w = max(v, 0). */
export type Measure = "count" | "rate" | "orders" | "net" | "aov" | "value_per_returning" | "value_per_member" | "cum_value_per_member" | "nrr" | "grr";

/** What the values of the cells are held against. */
export type CohortReference = "none" | "previous";

/** The cohorts looked at: those whose period begins in `[from, until)`. Orders outside it still count. */
export interface CohortRange {
  /** From this local day on, ISO date. */
  from?: string | null;
  /** Before this local day, ISO date. */
  until?: string | null;
}

/** Options of cohort retention. */
export interface CohortConfig {
  /** Period of the cohort rows, and of the columns. */
  granularity?: Granularity;
  /** Calendar or rolling columns. */
  window?: CohortWindow;
  /** Completeness rule of rolling columns. */
  completeness?: RollingCompleteness;
  /** Which purchase makes a member. */
  entry?: CohortEntry;
  /** Which cohorts to look at. */
  range?: CohortRange;
  /** When a member is present. */
  criterion?: Criterion;
  /** What the cells show. */
  measure?: Measure;
  /** What it is held against. */
  reference?: CohortReference;
  /** Whose orders are followed. */
  entity?: Entity;
  /** One table per label of a dimension, beside the whole. */
  slice?: SliceConfig | null;
  /** Orders in a column needed to be present, ≥ 1. */
  minOrders?: number;
  /** Whether orders with net ≤ 0 count as purchases. */
  countZero?: boolean;
  /** Sizes of the columns after column 0, in periods: `[1, 2, 3]` shows periods 1, 2–3 and 4–6. Empty: one period each. */
  brackets?: Array<number>;
  /** 3: orders and money of column k are those of the periods k, k + 1 and k + 2, also in column 0; 1: of period k. */
  smooth?: number;
  /** The last period; `null` takes the last of the brackets, or a default by granularity (day 60, week 52, month 36, quarter 20, year 10). */
  maxPeriods?: number | null;
  /** First day of the week, Monday 0 … Sunday 6. */
  weekStart?: number;
  /** Cohorts starting within so many days after the data's first day are flagged left-censored. */
  warmupDays?: number;
  /** Observation ends before this ISO date; `null` takes the day after the last order. */
  completeUntil?: string | null;
  /** Which orders to look at. */
  filter?: Filter;
}

/** Which members of a cohort are listed. */
export type CohortMembers = "present" | "absent";

/** Options of the list behind a cell of a cohort table. */
export interface CohortCustomersConfig {
  /** The table's options; its slices are not looked at. */
  cohorts?: CohortConfig;
  /** Labels of the cohorts, as in the table's rows; none takes all. */
  labels?: Array<string>;
  /** The column, 0 for the cohort's own period. */
  column?: number;
  /** Which of its members. */
  members?: CohortMembers;
}

/** The periods a column covers, both included, counted from the cohort's own. */
export interface ColumnSpan {
  /** The first. */
  from: number;
  /** The last. */
  to: number;
}

/** How far a cell is observed. */
export type CellState = "complete" | "partial" | "suppressed";

/** One cohort in one column. Columns that have not begun have no cell. */
export interface CohortCell {
  /** Column, 0 = the cohort's own period. */
  periodIdx: number;
  /** Complete, partial or suppressed. */
  state: CellState;
  /** `on_or_after` only: later orders can still raise it. */
  mayRise: boolean;
  /** The chosen measure, or what it is of the column before; `null` where it is undefined, and in a cohort without members. */
  value: number | null;
  /** Members present; `null` where the criterion does not apply (`on_or_before`, column 0). */
  count: number | null;
  /** Members the count is out of. */
  den: number;
  /** Orders of the members in the column; smoothed, in its three periods. */
  orders: number;
  /** Net of the members in the same, minor units. */
  netMinor: number;
  /** Wilson 95 % interval of count / den; `null` where everybody is present by definition. */
  interval: Interval | null;
  /** Fewer than 30 members. */
  lowN: boolean;
  /** Days of the column observed so far; in a rolling column, of the youngest member the cohort can have. */
  observedDays: number;
  /** Days of the column. */
  periodDays: number;
}

/** One cohort. */
export interface CohortRow {
  /** The period its members entered in. */
  period: Period;
  /** Members. */
  nCustomers: number;
  /** `first_ever` only: starts so early that "first order" may only mean "first order in the file". */
  leftCensored: boolean;
  /** Shape: columns begun so far, `cells[k].period_idx == k`. */
  cells: Array<CohortCell>;
}

/** The mean rows, over complete cells with a value, of cohorts that are not left-censored. */
export interface CohortMeans {
  /**
   * Σ numerators / Σ denominators, per column; for `count`, `orders` and `net` the mean per cohort. Against the column before: Σ of this column's
   * numerators / Σ of that one's where both have the same denominators.
   */
  pooled: Array<number | null>;
  /**
   * Wilson 95 % interval of a pooled rate, per column; `null` for other measures, against the column before, where everybody is present by
   * definition, and of recurring cohorts, in which the same members count more than once.
   */
  pooledInterval: Array<Interval | null>;
  /** Mean of the cell values, per column. */
  simple: Array<number | null>;
  /** Median of the cell values, per column. */
  median: Array<number | null>;
  /** Cohorts used, per column. */
  rowsUsed: Array<number>;
  /** Whether left-censored cohorts had to be used because there are no others. */
  usesLeftCensored: boolean;
}

/** Cohort retention of one slice. */
export interface CohortSlice {
  /** The label; `null` for what has none. */
  label: string | null;
  /** Customers over all its cohorts, each once. */
  nCustomers: number;
  /** Its cohorts, from the first to the last with a member. */
  rows: Array<CohortRow>;
  /** Its mean rows. */
  means: CohortMeans;
}

/**
 * Cohort retention.
 *
 * **Shape** `rows` ascending by period, one per period from the first to the last with a member (empty ones included).
 * **Units** rates in [0, 1], money in minor units.
 */
export interface CohortTable {
  /** How it was computed. */
  definition: Definition;
  /** Columns, the largest `cells.len()`. */
  nPeriods: number;
  /** The periods each of them covers. */
  columns: Array<ColumnSpan>;
  /** Customers over all cohorts, each once: with `recurring` fewer than the members of all rows. */
  nCustomers: number;
  /** The cohorts. */
  rows: Array<CohortRow>;
  /** The mean rows. */
  means: CohortMeans;
  /** The slices with a member, in the order of their labels, the one without a label last; empty where none were asked for. */
  slices: Array<CohortSlice>;
}

/** Options of the purchase intervals. */
export interface PurchaseIntervalConfig {
  /** Whether orders with net ≤ 0 count as purchases. */
  countZero?: boolean;
  /** Observation ends before this ISO date; `null` takes the day after the last order. */
  completeUntil?: string | null;
  /** Which orders to look at. */
  filter?: Filter;
}

/** A point of the distribution of medians. */
export interface IntervalPoint {
  /** Whole days. */
  days: number;
  /** Customers whose median is at most so many. */
  nCustomers: number;
  /** Their share of the customers who came back, in [0, 1]. */
  share: number;
}

/**
 * How long customers wait between the days they buy on.
 *
 * **Shape** `points` ascending by days, one per number of days that adds a customer, the last with all who came back.
 * **Units** days; a median of an even number of gaps may be half of one.
 */
export interface PurchaseIntervals {
  /** How it was computed. */
  definition: Definition;
  /** Customers with a purchase. */
  nCustomers: number;
  /** Customers who bought on two days or more: those with a median, and the only ones the other numbers speak of. */
  nReturning: number;
  /** Fewer than 30 of them. */
  lowN: boolean;
  /** A quarter of them has at most this median; `null` when nobody came back. */
  p25Days: number | null;
  /** Half of them. */
  p50Days: number | null;
  /** Four in five of them. */
  p80Days: number | null;
  /** How many wait at most how long. */
  points: Array<IntervalPoint>;
  /** The finest of day, week, month and quarter whose rolling length is at least `p50_days`, else the year. */
  granularity: Granularity | null;
  /** Who has not bought for so long is going dormant: `p80_days`. */
  dormantFromDays: number | null;
  /** Who has not bought for so long is dormant: twice `p80_days`. */
  dormantUntilDays: number | null;
}

/** How scores become segments. */
export type RfmPreset = "grid" | "rules11" | "cn8" | "custom";

/** Above what a customer is high on an axis under preset `cn8`. Equal is low. */
export type Cn8By = "mean" | "median" | "score";

/** How raw values become scores 1 to `bins`, higher is better. */
export type ScoreMode = "midrank" | "one_plus_quartile" | "nearest_rank" | "fixed" | "ntile" | "nested";

/** What M is. */
export type Monetary = "net" | "aov" | "margin";

/** Weights of the three scores; they add up to 1. */
export interface RfmWeights {
  /** Weight of R. */
  r: number;
  /** Weight of F. */
  f: number;
  /** Weight of M. */
  m: number;
}

/** A box of scores that is, or is part of, a segment. An axis left out takes every score. */
export interface SegmentRule {
  /** The segment's name, also its id. Boxes of one name make one segment. */
  name: string;
  /** Least and greatest R, both included. */
  r?: [number, number] | null;
  /** Least and greatest F. */
  f?: [number, number] | null;
  /** Least and greatest M. */
  m?: [number, number] | null;
}

/** Segments of one's own. Every score triple has to be in exactly one of them. */
export interface CustomSegments {
  /** The boxes; segments come in the order of their first one. */
  rules: Array<SegmentRule>;
  /** A triple in several segments belongs to the first; unless set, overlaps are refused. */
  firstMatch?: boolean | null;
  /** The segment of triples in no box; unless given, gaps are refused. */
  default?: string | null;
}

/** Options of RFM. */
export interface RfmConfig {
  /** As-of day A (exclusive), ISO date; `null` takes the day after the last order. */
  asOf?: string | null;
  /** Length of the window `[A − W, A)` in days; `null` looks at all history. */
  windowDays?: number | null;
  /** Scores run from 1 to this, 3 to 5. */
  bins?: number;
  /** Score mode of recency (days, fewer is better). */
  recencyMode?: ScoreMode;
  /** With recency mode `fixed`: at most how many days scores 2, 3 … need, descending. */
  recencyLimits?: Array<number> | null;
  /** Score mode of frequency. */
  frequencyMode?: ScoreMode;
  /** With frequency mode `fixed`: at least how many orders (or days) scores 2, 3 … need, ascending. */
  frequencyThresholds?: Array<number> | null;
  /** Score mode of monetary. */
  monetaryMode?: ScoreMode;
  /** With monetary mode `fixed`: at least how many minor units scores 2, 3 … need, ascending. */
  monetaryThresholds?: Array<number> | null;
  /** Count distinct purchase days instead of orders (for split tickets). */
  frequencyByDay?: boolean;
  /** What M is. */
  monetary?: Monetary;
  /** Whether orders with net ≤ 0 count as purchases. */
  countZero?: boolean;
  /** How scores become segments. */
  preset?: RfmPreset;
  /** Above what preset `cn8` sees a customer as high. */
  cn8By?: Cn8By;
  /** The score from which on it does, with `cn8By` `score`. */
  cn8Score?: number | null;
  /** The segments of preset `custom`. */
  customSegments?: CustomSegments | null;
  /** Weights of the weighted score of the list of customers, which is for sorting only. */
  weights?: RfmWeights | null;
  /** The segment table once more for each label of a dimension. */
  slice?: SliceConfig | null;
  /** Which orders to look at. */
  filter?: Filter;
}

/** The group of customers with one score on one axis. */
export interface ScoreGroup {
  /** 1 to `bins`. */
  score: number;
  /** Customers with it. */
  nCustomers: number;
  /** Smallest raw value (days, orders, minor units: whole but for average order values); `null` when empty. */
  min: number | null;
  /** Largest raw value. */
  max: number | null;
}

/** The raw values at which scores begin. */
export interface ScoreCuts {
  /** Mode `nested`: the scores (R, then F) of the customers they hold for; else empty. */
  within: Array<number>;
  /** Shape: `bins` − 1. The raw value at which scores 2, 3 … begin; `null` where nobody reaches the score. */
  at: Array<number | null>;
}

/** The scores of one axis. */
export interface ScoreAxis {
  /** How raw values became scores. */
  mode: ScoreMode;
  /** Shape: `bins`, by ascending score. */
  groups: Array<ScoreGroup>;
  /** The effective cut-points: one entry, but for mode `nested`. */
  cuts: Array<ScoreCuts>;
  /** Whether a score begins past its cut-point (mode `nearest_rank`) instead of at it. */
  pastCuts: boolean;
  /** All values are equal: the score carries no information. */
  degenerate: boolean;
  /** Equal values may have different scores (modes `ntile` and `nested`). */
  splitsTies: boolean;
}

/** A cell of the R × fm grid, fm = (F + M + 1) div 2. */
export interface RfmCell {
  /** Recency score. */
  r: number;
  /** Combined frequency and monetary score. */
  fm: number;
  /** The segment of the cell under preset `grid`, else `null`. */
  segment: string | null;
  /** Customers in it. */
  nCustomers: number;
  /** Share of scored customers, in [0, 1]. */
  share: number;
  /** Their net in the window, minor units. */
  netMinor: number;
}

/** One segment. `prospects` and `lapsed_out` carry customers only: they have no orders in the window. */
export interface RfmSegment {
  /** Stable id, e.g. `champions`. */
  id: string;
  /** Its names. */
  name: Localized;
  /** Whether its customers were scored (not so for `prospects` and `lapsed_out`). */
  scored: boolean;
  /** Customers. */
  nCustomers: number;
  /** Share of scored customers, in [0, 1]; `null` outside the grid or when nobody is scored. */
  share: number | null;
  /** Orders in the window. */
  orders: number;
  /** Net in the window, minor units. */
  netMinor: number;
  /** Share of the window's net; `null` when that is 0. */
  netShare: number | null;
  /** Net / orders, minor units. */
  aovMinor: number | null;
  /** Mean recency in days. */
  meanRecencyDays: number | null;
  /** Median recency in days. */
  medianRecencyDays: number | null;
  /** Mean F: orders (or purchase days) per customer. */
  meanFrequency: number | null;
  /** Mean M, minor units: net or margin per customer, or net / orders. */
  meanMonetaryMinor: number | null;
}

/** The segments of the customers of one label. */
export interface RfmSlice {
  /** The label; `null` for customers without one. */
  label: string | null;
  /** Customers scored. */
  nCustomers: number;
  /** Their net in the window, minor units. */
  netMinor: number;
  /** As the table's; shares are those within the slice. */
  segments: Array<RfmSegment>;
}

/** What customers were compared with under preset `cn8` by `mean` or `median`. */
export interface Cn8Levels {
  /** High is fewer days. */
  recencyDays: number;
  /** High is more orders (or days). */
  frequency: number;
  /** High is more, in minor units. The mean of average order values is Σ net / Σ orders. */
  monetaryMinor: number;
}

/**
 * RFM segments.
 *
 * **Shape** `cells` `bins`², R descending then fm ascending; `segments` in the order of the preset, then `prospects`, `lapsed_out`;
 * `slices` by label, those without a customer left out, the one without a label last, empty unless asked for.
 */
export interface RfmTable {
  /** How it was computed. */
  definition: Definition;
  /** Customers scored. */
  nCustomers: number;
  /** Their net in the window, minor units. */
  netMinor: number;
  /** Recency scores (raw values in days). */
  recency: ScoreAxis;
  /** Frequency scores (raw values in orders or days). */
  frequency: ScoreAxis;
  /** Monetary scores (raw values in minor units). */
  monetary: ScoreAxis;
  /** Under preset `cn8` by `mean` or `median`, when somebody is scored: what the raw values were compared with. */
  cn8Levels: Cn8Levels | null;
  /** Valid orders in the window whose cost is not known and which M leaves out; `null` unless M is the margin. */
  uncostedOrders: number | null;
  /** The grid. */
  cells: Array<RfmCell>;
  /** The segments. */
  segments: Array<RfmSegment>;
  /** The segments by label. */
  slices: Array<RfmSlice>;
}

/** The scored customers behind an `RfmTable`(super.RfmTable), one entry each, ascending by the bytes of `customer_id`. */
export interface RfmCustomers {
  /** How they were scored. */
  definition: Definition;
  /** Whether `customer_id` holds pseudonyms. */
  pseudonyms: boolean;
  /** Customer ids or their pseudonyms. */
  customerId: Array<string>;
  /** Days since the last purchase. */
  recencyDays: Int32Array;
  /** F: orders (or purchase days) in the window. */
  frequency: Uint32Array;
  /** M in minor units: whole but for average order values. */
  monetaryMinor: Float64Array;
  /** Purchases in the window. */
  orders: Uint32Array;
  /** Net in the window, minor units. */
  netMinor: Float64Array;
  /** Recency score. */
  r: Uint8Array;
  /** Frequency score. */
  f: Uint8Array;
  /** Monetary score. */
  m: Uint8Array;
  /** The weighted score, for sorting only; `null` without weights. */
  weighted: Float64Array | null;
  /** Segment ids, by `segment`. */
  segments: Array<string>;
  /** Index into `segments`. */
  segment: Uint8Array;
}

/** By which cut-points the later day is scored. */
export type MigrationMode = "frozen" | "refit";

/** Options of the migration. */
export interface RfmMigrationConfig {
  /** The earlier as-of day A0 (exclusive), ISO date; `null` takes 90 days before `to`. */
  from?: string | null;
  /** The later as-of day A1 (exclusive), ISO date; `null` takes the day after the last order. */
  to?: string | null;
  /** By which cut-points the later day is scored. */
  mode?: MigrationMode;
  /** Links of fewer customers become part of `other`; 1 keeps all. */
  minCell?: number;
  /** How customers are scored and put into segments on both days. */
  rfm?: RfmConfig;
}

/** Where a customer can be on one of the days: a segment, `prospects`, `lapsed_out`, or `not_yet` known. */
export interface MigrationState {
  /** The segment's id, `prospects`, `lapsed_out` or `not_yet`. */
  id: string;
  /** Its names. */
  name: Localized;
  /** Customers on the earlier day: the sum of its row. */
  nBefore: number;
  /** Customers on the later day: the sum of its column. */
  nAfter: number;
  /** `n_after` − `n_before`. */
  netFlow: number;
  /** Net between the two days of those there on the earlier one, minor units. */
  netBeforeMinor: number;
  /** Net between the two days of those there on the later one, minor units. */
  netAfterMinor: number;
}

/** A stream of customers from one state to another, `other` standing for what is too small to show. */
export interface MigrationLink {
  /** State on the earlier day, or `other`. */
  source: string;
  /** State on the later day, or `other`. */
  target: string;
  /** Customers. */
  nCustomers: number;
  /** Their net between the two days, minor units. */
  netMinor: number;
}

/**
 * Migration between two days.
 *
 * **Shape** `states` in the order of the preset, then `prospects`, `lapsed_out`, `not_yet`; each matrix has a row per state of the earlier day and
 * a column per state of the later one. `links` by source, then target, `other` last.
 */
export interface RfmMigration {
  /** How it was computed. */
  definition: Definition;
  /** The earlier as-of day. */
  from: string;
  /** The later as-of day. */
  to: string;
  /** The states: rows and columns of the matrices. */
  states: Array<MigrationState>;
  /** Customers known before the later day. */
  nCustomers: number;
  /** Their net between the two days, minor units. */
  netMinor: number;
  /** Customers. */
  customers: Array<Array<number>>;
  /** Customers / sum of the row; `null` in an empty row. */
  rowShare: Array<Array<number | null>>;
  /** Net between the two days, minor units. */
  flowMinor: Array<Array<number>>;
  /** The streams of a Sankey diagram; they add up to `n_customers`. */
  links: Array<MigrationLink>;
}

/** Options of the concentration. */
export interface ConcentrationConfig {
  /** Whose net is looked at. */
  entity?: Entity;
  /** As-of day A (exclusive), ISO date; `null` takes the day after the last order. */
  asOf?: string | null;
  /** Length of the window `[A − W, A)` in days; `null` looks at all history. */
  windowDays?: number | null;
  /** Whether orders with net ≤ 0 count as purchases. */
  countZero?: boolean;
  /** Which orders to look at. */
  filter?: Filter;
}

/** A point of the Lorenz curve: the share of the net that the entities of least net have. */
export interface LorenzPoint {
  /** Entities, those of least net. */
  nEntities: number;
  /** Their net, minor units, negative ones as 0. */
  netMinor: number;
  /** Share of entities, in [0, 1]. */
  share: number;
  /** Share of net, in [0, 1]. */
  netShare: number;
}

/** What the entities of greatest net have. */
export interface TopShare {
  /** Percent of entities. */
  percent: number;
  /** Entities: that percentage, rounded up. */
  nEntities: number;
  /** Their net, minor units, negative ones as 0. */
  netMinor: number;
  /** Share of net, in [0, 1]; `null` when there is none. */
  netShare: number | null;
}

/**
 * Concentration of net.
 *
 * **Shape** `lorenz` at most 201 points from (0, 0) to (1, 1), ascending, empty when there is no net; `top` 1, 10 and 20 percent.
 */
export interface ConcentrationTable {
  /** How it was computed. */
  definition: Definition;
  /** Entities with a purchase in the window. */
  nEntities: number;
  /** Their net in the window, minor units. */
  netMinor: number;
  /** Σ of the positive nets among them, minor units: what curve, Gini and shares are of. */
  positiveNetMinor: number;
  /** Entities with a net of 0 or less: they count with 0. */
  nWithoutNet: number;
  /** Net of the window's other orders, minor units: of entities without a purchase in it, or naming none. */
  leftOutNetMinor: number;
  /** 0 when all have the same, towards 1 when one has all; `null` when there is no net. */
  gini: number | null;
  /** The Lorenz curve. */
  lorenz: Array<LorenzPoint>;
  /** What the top has. */
  top: Array<TopShare>;
}

/** What growth accounting compares with what. */
export type GrowthWindow = "calendar" | "rolling";

/** Options of growth accounting. */
export interface GrowthConfig {
  /** Length of the periods. */
  granularity?: Granularity;
  /** Calendar periods or a rolling window. */
  window?: GrowthWindow;
  /** Days of the rolling window; `null` takes 28. */
  rollingDays?: number | null;
  /** First day of the week, Monday 0 … Sunday 6. */
  weekStart?: number;
  /** Whether orders with net ≤ 0 count as purchases. */
  countZero?: boolean;
  /** Whose orders are followed. */
  entity?: Entity;
  /** One account per label of a dimension, beside the whole. */
  slice?: SliceConfig | null;
  /** Observation ends before this ISO date; `null` takes the day after the last order. */
  completeUntil?: string | null;
  /** Which orders to look at. */
  filter?: Filter;
}

/** A count of growth accounting. */
export type GrowthPart = "active" | "new" | "retained" | "resurrected" | "churned" | "dormant";

/** Options of the list behind a count of growth accounting. */
export interface GrowthCustomersConfig {
  /** The account's options; its slices are not looked at. */
  growth?: GrowthConfig;
  /** Label of the period, as in the account. */
  period?: string;
  /** The count. */
  part?: GrowthPart;
}

/** Customers one by one, one entry each, ascending by the bytes of `customer_id`; what they did is over all orders looked at. */
export interface CustomerList {
  /** Who they are. */
  definition: Definition;
  /** Whether `customer_id` holds pseudonyms. */
  pseudonyms: boolean;
  /** Customer ids or their pseudonyms; of another entity its ids. */
  customerId: Array<string>;
  /** Local days from the last purchase to the last day looked at, as in RFM. */
  recencyDays: Int32Array;
  /** Purchases. */
  orders: Uint32Array;
  /** Net of all orders, minor units. */
  netMinor: Float64Array;
}

/** Customers of one period by what they did in it and in the one before. */
export interface GrowthCounts {
  /** Active: at least one order with net > 0. */
  active: number;
  /** Active for the first time. */
  new: number;
  /** Active, and active the period before. */
  retained: number;
  /** Active, not the period before, first active earlier. */
  resurrected: number;
  /** Not active, but active the period before. */
  churned: number;
  /** Not active, not the period before either, first active earlier. */
  dormant: number;
}

/** Revenue of one period, u = max(net of the customer, 0), minor units. */
export interface GrowthRevenue {
  /** Σ u over active customers. */
  total: number;
  /** Σ u over new customers. */
  new: number;
  /** Σ min(u, u before) over retained customers. */
  retained: number;
  /** Σ max(u − u before, 0) over retained customers. */
  expansion: number;
  /** Σ max(u before − u, 0) over retained customers. */
  contraction: number;
  /** Σ u over resurrected customers. */
  resurrected: number;
  /** Σ u before over churned customers. */
  churned: number;
  /** Σ (net − u): what reconciles `total` to the reported net. */
  refundAdjust: number;
  /** Net of all orders of the period. */
  reportedNet: number;
}

/** One period of growth accounting. */
export interface GrowthPeriod {
  /** The period; when it is not complete its churn is provisional. Of a rolling window: its days, labelled by the last. */
  period: Period;
  /**
   * The data's first period: "new" includes customers from before the file, leave it out of trends. Of a rolling window: the days before it are
   * not all in the data.
   */
  first: boolean;
  /** Customers active in this period or an earlier one. */
  customersToDate: number;
  /** Customers. */
  counts: GrowthCounts;
  /** Revenue. */
  revenue: GrowthRevenue;
  /** (new + resurrected) / churned; `null` without churn. */
  quickRatio: number | null;
  /** Nobody churned: there is no quick ratio. */
  noLoss: boolean;
  /** (new + resurrected + expansion) / (churned + contraction); `null` without loss. */
  revenueQuickRatio: number | null;
  /** No revenue was lost: there is no revenue quick ratio. */
  noRevenueLoss: boolean;
  /** retained / active of the period before. */
  retentionRate: number | null;
  /** resurrected / (customers from before, not active the period before). */
  reactivationRate: number | null;
}

/** An identity that must hold, evaluated on this result. */
export interface IdentityCheck {
  /** `I1` … as in docs/metrics.md. */
  id: string;
  /** The equation in words. */
  equation: Localized;
  /** Periods it was checked on. */
  checked: number;
  /** Periods it failed on; 0, or this is a bug of ours. */
  failed: number;
}

/** Growth accounting of one slice. */
export interface GrowthSlice {
  /** The label; `null` for what has none. */
  label: string | null;
  /** The same periods as the whole's. */
  periods: Array<GrowthPeriod>;
  /** I1–I5, I10, I11 evaluated on the slice. */
  identities: Array<IdentityCheck>;
}

/**
 * Growth accounting.
 *
 * **Shape** `periods` ascending, every period from the first order to the end of the observation, empty ones included; of a rolling window one per
 * day. `slices` in the order of their labels, those with an order in the view, the one without a label last; empty where none were asked for.
 */
export interface GrowthTable {
  /** How it was computed. */
  definition: Definition;
  /** The periods. */
  periods: Array<GrowthPeriod>;
  /** I1–I5, I10, I11 evaluated, and I16 (slices add up) where slices part the customers. */
  identities: Array<IdentityCheck>;
  /** The slices. */
  slices: Array<GrowthSlice>;
}

/** What a period is compared with. */
export type MomentumBase = "previous_three" | "last_year";

/** Days in which each step must follow the one before. */
export interface Horizons {
  /** First order → join. */
  h12?: number;
  /** Join → touch. */
  h23?: number;
  /** Touch → next order. */
  h34?: number;
  /** Next order → invite. */
  h45?: number;
  /** Invite → the invitee's first order. */
  h56?: number;
}

/** How the gain of the loop is computed. */
export interface GainConfig {
  /** H, days after a customer's first purchase in which those they bring count for `gain`; `null` takes the sum of the horizons. */
  horizonDays?: number | null;
  /** Resamples of the interval's bootstrap, 40 to 2000; 0 for no interval. */
  bootstrap?: number;
  /** Seed of the resampling. */
  seed?: number;
}

/** How the momentum is computed. */
export interface MomentumConfig {
  /** What a period is compared with. */
  base?: MomentumBase;
  /** Weights of the six steps, in their order; none negative, not all 0. */
  weights?: [number, number, number, number, number, number];
}

/** Options of the flywheel. */
export interface FlywheelConfig {
  /** Length of the periods t and of the entry cohorts c (month or week). */
  granularity?: Granularity;
  /** First day of the week, Monday 0 … Sunday 6. */
  weekStart?: number;
  /** Observation ends before this ISO date; `null` takes the day after the last order. */
  completeUntil?: string | null;
  /** Which orders to look at. */
  filter?: Filter;
  /** Days in which each step must follow the one before. */
  horizons?: Horizons;
  /** Days in which an order counts as the answer to a touch. */
  attributionDays?: number;
  /** How the gain is computed. */
  gain?: GainConfig;
  /** How the momentum is computed. */
  momentum?: MomentumConfig;
  /** Labels among which the bottleneck looks for what is possible; `null` compares each step with its own best. */
  slice?: SliceConfig | null;
}

/** Whether a metric has a value, and if not, why not. */
export type MetricStatus = "ok" | "proxy" | "needs_table" | "immature" | "insufficient" | "suppressed";

/** How a metric's value is read. */
export type Unit = "share" | "ratio" | "difference" | "change" | "count" | "days" | "minor";

/** One metric with everything needed to trust it. */
export interface Metric {
  /** Stable id, e.g. `retained_rate`. */
  id: string;
  /** Its names. */
  name: Localized;
  /** How to read `value`. */
  unit: Unit;
  /** Whether there is a value. */
  status: MetricStatus;
  /** The value; `null` unless `ok` or `proxy`, and when the denominator is 0. */
  value: number | null;
  /** Numerator, where the metric is a ratio or a sum. */
  num: number | null;
  /** Denominator. */
  den: number | null;
  /** People or orders the value rests on. */
  n: number | null;
  /** 95 % interval (Wilson for shares). */
  interval: Interval | null;
  /** The table or column to export, e.g. `members`, `touches`, `orders.inviter_id`. */
  needs: string | null;
  /** What to know when reading it. */
  note: Localized | null;
  /** The period or entry cohort it speaks of (label), where it speaks of one. */
  period: string | null;
}

/** The value of a step's headline in one period. */
export interface StepPoint {
  /** The period or entry cohort. */
  period: Period;
  /** The headline; `null` where undefined or not mature. */
  value: number | null;
  /** Numerator (people, or minor units). */
  num: number;
  /** Denominator. */
  den: number;
  /** Whether its period is complete and its horizon has passed. */
  mature: boolean;
}

/** The six steps of the loop. */
export type StepId = "experience" | "pool" | "precision" | "repeat" | "advocacy" | "loop";

/** A step the chain leaves out because its table is not there. */
export interface SkippedStep {
  /** Which step. */
  id: StepId;
  /** The table to export. */
  needs: string;
}

/** One entry cohort's way through the loop. */
export interface ChainCohort {
  /** The period of the first purchases. */
  period: Period;
  /**
   * |Q1| … |Q6|: everybody, joined, touched, ordered again, invited; and the new buyers these brought. `null` where the step is left out or the
   * horizons up to it have not passed.
   */
  sizes: [number | null, number | null, number | null, number | null, number | null, number | null];
  /** p12, p23, p34, p45, m56: each size over the one before it that is there. `null` where that is 0. */
  conversions: [number | null, number | null, number | null, number | null, number | null];
  /** |Q6| / |Q1|. */
  gainStrict: number | null;
  /** New buyers the cohort brought within H days of their own first purchases, by whatever way. */
  brought: number | null;
  /** `brought` / |Q1|. */
  gainTotal: number | null;
  /** Whether all horizons have passed. */
  mature: boolean;
  /** The day on which they have, ISO date. */
  matureOn: string;
}

/** Rows of the referrals table by what they come to; they add up to `rows`. */
export interface ReferralCounts {
  /** Invitations before the end of the observation. */
  rows: number;
  /** To oneself. */
  selfReferrals: number;
  /** After the invitee's first purchase. */
  lateReferrals: number;
  /** Somebody else's invitation of the same invitee, or an earlier one, counts. */
  superseded: number;
  /** Of somebody who has not bought. */
  unanswered: number;
  /** Of somebody who bought afterwards. */
  effective: number;
}

/**
 * The nested chain Q1 … Q6.
 *
 * **Shape** `cohorts` one per period, ascending; `links` five.
 */
export interface Chain {
  /** What its gain is called: `G_strict`, or `G_strict*` and the steps left out. */
  label: Localized;
  /** Steps left out. */
  skipped: Array<SkippedStep>;
  /** Every entry cohort. */
  cohorts: Array<ChainCohort>;
  /** p12, p23, p34, p45 and m56 of the last cohort for which all horizons have passed: their product is `gain_strict`. */
  links: Array<Metric>;
  /** What became of the invitations; `null` without a referrals table. */
  referrals: ReferralCounts | null;
}

/** How long those who took a step waited for it. */
export interface Lag {
  /** The median, days. */
  median: Metric;
  /** The quarter who waited least waited at most so long, days. */
  p25: number | null;
  /** The quarter who waited most waited at least so long, days. */
  p75: number | null;
}

/** How the changes of two neighbouring steps move together. */
export interface Association {
  /** The step that changes first. */
  from: StepId;
  /** The step after it. */
  to: StepId;
  /** The lag of the highest correlation, periods (0 to 6). */
  lag: number | null;
  /** That correlation: its value, and the pairs of changes `n` behind it. */
  correlation: Metric;
}

/** The waits along the chain, over all cohorts observed long enough for the step. */
export interface Lags {
  /** First purchase → join → touch → next order → invitation → the invitee's first purchase. */
  steps: Array<Lag>;
  /** First purchase → the invitee's first purchase, of those who went all the way: the median of the sums. */
  whole: Lag;
  /** The sum of the medians, which is another number than the median of the sums. */
  sumOfMedians: Metric;
  /** Which step's changes the next step's changes follow, and after how many periods. Association, not cause. */
  associations: Array<Association>;
}

/** Options of the private-domain metrics. */
export interface PrivateDomainConfig {
  /** Length of the periods t (month or week). */
  granularity?: Granularity;
  /** First day of the week, Monday 0 … Sunday 6. */
  weekStart?: number;
  /** Observation ends before this ISO date; `null` takes the day after the last order. */
  completeUntil?: string | null;
  /** Which orders to look at. */
  filter?: Filter;
  /** w, the days up to the end of t in which a customer buys again. */
  windowDays?: number;
  /** H, the days after the first purchase in which whom a customer brings counts. */
  horizonDays?: number;
}

/** A metric and every period of it. */
export interface DomainMetric {
  /** The entry of the dictionary it belongs to. */
  entry: string;
  /** The metric in the last period that is mature. */
  metric: Metric;
  /** Over time, ascending; empty where it cannot be computed. */
  series: Array<StepPoint>;
}

/** The private-domain metrics, in the order of the dictionary. */
export interface PrivateDomainTable {
  /** How it was computed. */
  definition: Definition;
  /** Every metric of the dictionary; some in several entries, `repeat_after_first` by days and `pool_gmv_tree` with its factors. */
  metrics: Array<DomainMetric>;
  /** Pickups before the end of the observation by weekday, Monday first, and hour of the local day; `null` without `picked_up_at`. */
  pickupHours: Array<[number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number, number]> | null;
}

/** What the customers of an entry cohort cost, and what they are worth. */
export interface CohortCost {
  /** The period. */
  period: Period;
  /** Customers whose first purchase is in it. */
  newBuyers: number;
  /** The data begins in it, so that some of them bought before; it is left out of the claims. */
  leftCensored: boolean;
  /** Minor units spent for it; `null` without the table. */
  spendMinor: number | null;
  /** Spend per new buyer, minor units; `null` until the period is complete. */
  cacMinor: number | null;
  /** Change of spend over change of new buyers since the period before, where those changed by 10 or more. */
  marginalCacMinor: number | null;
  /** Net per customer within `VALUE_DAYS` of the first purchase, minor units; `null` until mature. */
  valuesMinor: [number | null, number | null, number | null, number | null];
  /** The same over the cost per new buyer. */
  valuePerCost: [number | null, number | null, number | null, number | null];
  /** Months of 30 days after which the margin (or net) per customer has reached their cost; `null` where it has not yet. */
  paybackMonths: number | null;
}

/** What the new buyers of a channel cost. */
export interface ChannelCost {
  /** The channel. */
  channel: string;
  /** Minor units spent in it. */
  spendMinor: number;
  /** Customers whose first purchase was in it. */
  newBuyers: number;
  /** Spend per new buyer, minor units. */
  cacMinor: number | null;
}

/** What the loop is said to do. */
export type ClaimId = "falling_cost" | "rising_value" | "growing_assets";

/** What the data says of a claim. */
export type Verdict = "supported" | "contradicted" | "not_shown" | "insufficient_data" | "not_testable";

/** A claim and its trend. */
export interface Claim {
  /** Which claim. */
  id: ClaimId;
  /** Its names. */
  name: Localized;
  /** What the data says. */
  verdict: Verdict;
  /** Theil–Sen slope per period: of the logarithm of cost and of value, of the number of members; `null` of fewer than two points. */
  slope: number | null;
  /** Mann–Kendall's z, tie-corrected, with continuity correction. */
  z: number | null;
  /** Two-sided p of z. */
  p: number | null;
  /** The periods looked at, at most the last 12, ascending. */
  points: Array<ClaimPoint>;
  /** The table to export. */
  needs: string | null;
}

/** What a claim is about, in one period. */
export interface ClaimPoint {
  /** Label of the period. */
  period: string;
  /** Minor units per customer, or members. */
  value: number;
}

/** Cost and value, and the claims made of them. */
export interface Costs {
  /** Every period as entry cohort, ascending. */
  cohorts: Array<CohortCost>;
  /** The last complete period by channel: of the spend, and of the customers' first purchase. */
  channels: Array<ChannelCost>;
  /** Whether the cost of goods is known of every order, so that payback counts margin, not net. */
  byMargin: boolean;
  /** Falling cost, rising value, growing assets. */
  claims: [Claim, Claim, Claim];
}

/** One step's part in the momentum. */
export interface StepMomentum {
  /** Which step. */
  id: StepId;
  /** 100 · exp(g), g = ln of the smoothed headline less the mean ln of its base. */
  index: Metric;
  /** g less that of the period before. */
  acceleration: number | null;
  /** Its weight. */
  weight: number;
}

/** How the steps' headlines moved against their base. */
export interface Momentum {
  /** 100 · exp of the weighted mean of g over the steps used; 100 is unchanged. */
  index: Metric;
  /** Weighted mean of the steps' acceleration, over those that have one. */
  acceleration: Metric;
  /** Steps in the index. */
  stepsUsed: Array<StepId>;
  /** Every step. */
  steps: Array<StepMomentum>;
}

/** What a step is measured against. */
export type BottleneckMode = "slices" | "own_best";

/** How far a step is below what it is measured against. */
export interface StepHeadroom {
  /** Which step. */
  id: StepId;
  /** ln(best) − ln(now). Without a value where the step is at 0 now: then there is no end to it. */
  headroom: Metric;
  /** The headline now. */
  now: number | null;
  /** What it is measured against. */
  best: number | null;
  /** The period of the own best (label). */
  bestPeriod: string | null;
  /** Slices with 30 people or more. */
  slices: number | null;
  /** What `gain_strict` would become if the step reached it: gain · exp(headroom). */
  gainThen: number | null;
}

/** The step that holds the loop back: since the gain is a product, the one farthest below its best. */
export interface Bottleneck {
  /** What steps are measured against. */
  mode: BottleneckMode;
  /** The step with the most headroom; `null` where none has any. */
  step: StepId | null;
  /** Every step. */
  steps: Array<StepHeadroom>;
}

/** One step of the loop. */
export interface FlywheelStep {
  /** Which step. */
  id: StepId;
  /** Its names. */
  name: Localized;
  /** The headline, of the last complete period or mature cohort. */
  headline: Metric;
  /** The step's other metrics. */
  metrics: Array<Metric>;
  /** The headline over time, ascending; empty where it cannot be computed. */
  series: Array<StepPoint>;
}

/**
 * The flywheel.
 *
 * **Shape** `steps` six, in the order of the loop.
 */
export interface FlywheelTable {
  /** How it was computed. */
  definition: Definition;
  /** The steps. */
  steps: Array<FlywheelStep>;
  /** G_total of the last mature entry cohort: new buyers its members brought, per member. */
  gain: Metric;
  /** Median days from the inviter's first order to the invitee's. */
  cycleTime: Metric;
  /**
   * What the chain and the gain come to: `chain_to_repeat`, `gain_strict`, `bypass_share`, `amplification`, `steady_new_buyers`, `loop_growth` (per
   * day), `loops_per_year`, `doubling_days`.
   */
  gains: Array<Metric>;
  /** How far each entry cohort went. */
  chain: Chain;
  /** The waits between the steps. */
  lags: Lags;
  /** What new buyers cost and are worth, and the claims of growth. */
  costs: Costs;
  /** Whether the loop turns faster than before. */
  momentum: Momentum;
  /** The step that holds it back. */
  bottleneck: Bottleneck;
}

/** The call and the name within its result under which a metric is found. */
export interface ComputedBy {
  /** The call: `privateDomain`, where every entry is; `flywheel` or `growth` for what they have too. */
  call: string;
  /** The id of the metric in its result, or the field. */
  result: string;
  /** The file with its SQL. */
  sql: string;
}

/** A metric of private-domain retail with its one definition. */
export interface DictionaryEntry {
  /** Stable id, e.g. `wake_rate`. */
  id: string;
  /** Name in Chinese. */
  zh: string;
  /** Name in English. */
  en: string;
  /** What is divided by what, in Chinese. */
  formulaZh: string;
  /** The same in English. */
  formulaEn: string;
  /** How its value is read. */
  unit: Unit;
  /** The tables and columns it is made of. */
  needs: Array<string>;
  /** The call that computes it. */
  computedBy: ComputedBy;
}

/** A chart and the result it shows. */
export type Figure =
  | { chart: "cohort_heatmap", result: CohortTable }
  | { chart: "retention_curves", result: CohortTable }
  | { chart: "cohort_multiples", result: CohortTable }
  | { chart: "rfm_grid", result: RfmTable }
  | { chart: "migration_matrix", result: RfmMigration }
  | { chart: "migration_streams", result: RfmMigration }
  | { chart: "lorenz_curve", result: ConcentrationTable }
  | { chart: "growth_bars", result: GrowthTable }
  | { chart: "flywheel_ring", result: FlywheelTable }
  | { chart: "lag_bars", result: FlywheelTable }
  | { chart: "cohort_costs", result: FlywheelTable }
  | { chart: "claim_trends", result: FlywheelTable }
  | { chart: "pickup_heatmap", result: PrivateDomainTable };

/** Which number the RFM grid and the migration matrix show. */
export type GridValue = "customers" | "share" | "net";

/** Whether growth bars count customers or revenue. */
export type GrowthUnit = "customers" | "revenue";

/** Colours of a drawing, all literal `#rrggbb`. */
export interface Theme {
  /** Behind everything. */
  background?: string;
  /** Text. */
  ink?: string;
  /** Secondary text. */
  inkMuted?: string;
  /** Axes and rules. */
  rule?: string;
  /** Neutral fill (column 0, no data). */
  neutral?: string;
  /** Low end of the sequential scale. */
  scaleLow?: string;
  /** High end of the sequential scale. */
  scaleHigh?: string;
  /** Categorical colours, colour-blind safe, at least six. */
  series?: Array<string>;
  /** CSS font family of all text. */
  fontFamily?: string;
}

/** How to draw. */
export interface DrawOptions {
  /** Language of all text. */
  lang?: Lang;
  /** Width in CSS pixels, at least 280; the height follows from the content. */
  width?: number;
  /** Colours and font. */
  theme?: Theme;
  /** What the RFM grid and the migration matrix show. */
  gridValue?: GridValue;
  /** What growth bars show. */
  growthUnit?: GrowthUnit;
  /**
   * The curves beside the mean of retention curves, by the labels of cohorts, or of slices (empty for none); at most 12 of them. `null` takes the
   * latest cohorts, or the largest slices.
   */
  curves?: Array<string> | null;
  /** Sign in front of money, e.g. `¥`; empty for none. */
  currency?: string;
  /** Whether title, subtitle and outer space are drawn; a page that has them around the chart leaves them out. */
  heading?: boolean;
}

/** One line of a tooltip. */
export interface Detail {
  /** What. */
  name: string;
  /** Formatted value. */
  value: string;
}

/** A place in a drawing that can be pointed at. */
export interface Mark {
  /** Left edge, CSS pixels. */
  x: number;
  /** Top edge. */
  y: number;
  /** Width. */
  width: number;
  /** Height. */
  height: number;
  /**
   * What it is, stable: `cohort:2025-01/2`, `rfm:5/3`, `flow:new/loyal`, `lorenz:12`, `growth:2025-02/new`, `step:pool`, `lag:lag_join`,
   * `cost:2025-02`, `claim:falling_cost/2025-02`, `pickup:1/18`.
   */
  key: string;
  /** Row of the mark in the drawing's grid, for arrow keys. */
  row: number;
  /** Column of the mark in the drawing's grid. */
  col: number;
  /** First line of the tooltip and the name for screen readers. */
  label: string;
  /** More lines: name and value. */
  details: Array<Detail>;
}

/** A cell of the table twin. */
export interface TableCell {
  /** As shown. */
  text: string;
  /** The number behind it, unrounded; `null` where there is none. */
  value: number | null;
  /** Key of the mark it belongs to. */
  key: string | null;
}

/** A row of the table twin. */
export interface TableRow {
  /** Row header. */
  head: string;
  /** Shape: at most the columns after the first. */
  cells: Array<TableCell>;
}

/** The same content as a table. */
export interface TableTwin {
  /** Column headers, the first over the row headers. */
  head: Array<string>;
  /** The rows. */
  rows: Array<TableRow>;
}

/** A drawn chart. */
export interface Drawing {
  /** A standalone SVG document. */
  svg: string;
  /** Width, CSS pixels. */
  width: number;
  /** Height, CSS pixels. */
  height: number;
  /** Title. */
  title: string;
  /** One sentence that says what is to be seen. */
  description: string;
  /** What can be pointed at, row by row. */
  marks: Array<Mark>;
  /** The same content as a table. */
  table: TableTwin;
}
