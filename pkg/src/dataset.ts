/**
 * A loaded dataset and its metrics.
 */
import type { Engine } from "./engine.js";
import { FeilunError } from "./error.js";
import type {
  CohortConfig,
  CohortCustomersConfig,
  CohortTable,
  ConcentrationConfig,
  ConcentrationTable,
  CustomerList,
  DatasetSummary,
  FlywheelConfig,
  FlywheelTable,
  GrowthConfig,
  GrowthCustomersConfig,
  GrowthTable,
  PrivateDomainConfig,
  PrivateDomainTable,
  PurchaseIntervalConfig,
  PurchaseIntervals,
  RfmConfig,
  RfmCustomers,
  RfmMigration,
  RfmMigrationConfig,
  RfmTable,
  TableKind,
  TableMapping,
} from "./generated/types.js";
import { jsonOf } from "./json.js";
import type { Listing, Metric } from "./protocol.js";
import { type Source, inputsOf } from "./source.js";

/** What every call takes. */
export interface CallOptions {
  /** Cancels the call: it rejects at once with code `cancelled`. */
  signal?: AbortSignal | undefined;
}

/** How customers are named in a list of them. */
export interface CustomerOptions extends CallOptions {
  /** `pseudonyms`, the default: HMAC-SHA-256 of the id under the salt, 128 bits as 32 hexadecimal digits. `plain`: the ids themselves. */
  ids?: "pseudonyms" | "plain" | undefined;
  /** At least 16 bytes; the same salt gives the same pseudonyms. Unless given, a random one that lasts as long as the page. */
  salt?: Uint8Array | undefined;
}

/** The tables that add steps to the flywheel. */
export type BesideOrders = Exclude<TableKind, "orders">;

/** How a table beside orders is read. */
export interface AttachOptions {
  /** Which column holds which field; without it the proposal of `inspect` is taken. */
  mapping?: TableMapping | undefined;
}

/**
 * Orders arranged by customer, held where the wasm module runs until `close()`.
 *
 * Every metric takes its options (all optional) and answers with a plain result that says how it was computed (`definition`).
 */
export class Dataset implements AsyncDisposable, Disposable {
  #summary: DatasetSummary;
  readonly #engine: Engine;
  readonly #epoch: number;
  readonly #id: number;
  #closed = false;

  /** @internal Made by `open()`. */
  constructor(engine: Engine, id: number, summary: DatasetSummary) {
    this.#engine = engine;
    this.#epoch = engine.epoch;
    this.#id = id;
    this.#summary = summary;
  }

  /** What the dataset holds, and what reading did with every row. */
  get summary(): DatasetSummary {
    return this.#summary;
  }

  /**
   * Reads a table beside orders and takes it in, in place of an earlier one of its kind. Times are read as the orders' were.
   *
   * @example
   * await data.attach("members", membersFile);
   */
  async attach(table: BesideOrders, source: Source | readonly Source[], { mapping, signal }: AttachOptions & CallOptions = {}): Promise<void> {
    const inputs = await inputsOf(source, signal, () => undefined);
    const args = { dataset: this.#id, table, inputs, mapping: mapping === undefined ? null : jsonOf("mapping", mapping) };
    this.#summary = JSON.parse(await this.#held().call("attach", args, { signal })) as DatasetSummary;
  }

  /** Lets an attached table go. */
  async detach(table: BesideOrders, options?: CallOptions): Promise<void> {
    this.#summary = JSON.parse(await this.#held().call("detach", { dataset: this.#id, table }, options)) as DatasetSummary;
  }

  /** Cohort retention. */
  cohorts(config?: CohortConfig, options?: CallOptions): Promise<CohortTable> {
    return this.#metric("cohorts", config, options);
  }

  /** How long customers wait between the days they buy on, and the granularity and dormancy that suggests. */
  purchaseIntervals(config?: PurchaseIntervalConfig, options?: CallOptions): Promise<PurchaseIntervals> {
    return this.#metric("purchaseIntervals", config, options);
  }

  /** RFM segments. */
  rfm(config?: RfmConfig, options?: CallOptions): Promise<RfmTable> {
    return this.#metric("rfm", config, options);
  }

  /** The metrics of private-domain retail, each under its id in `dictionary`, over time. */
  privateDomain(config?: PrivateDomainConfig, options?: CallOptions): Promise<PrivateDomainTable> {
    return this.#metric("privateDomain", config, options);
  }

  /** Who went from which RFM segment to which between two days. */
  rfmMigration(config?: RfmMigrationConfig, options?: CallOptions): Promise<RfmMigration> {
    return this.#metric("rfmMigration", config, options);
  }

  /** How few customers, staff, leaders or stores make how much of the net. */
  concentration(config?: ConcentrationConfig, options?: CallOptions): Promise<ConcentrationTable> {
    return this.#metric("concentration", config, options);
  }

  /**
   * The scored customers behind `rfm`, as columns: under pseudonyms unless their ids are asked for.
   *
   * @example
   * const { customerId, segment, segments } = await data.rfmCustomers({}, { ids: "plain" });
   */
  async rfmCustomers(config?: RfmConfig, options?: CustomerOptions): Promise<RfmCustomers> {
    return this.#held().call("customers", { dataset: this.#id, config: jsonOf("rfm", config ?? {}), salt: saltOf(options) }, options);
  }

  /**
   * The same as the bytes of an Arrow IPC stream, which says how it was computed in its schema's `feilun.definition`.
   *
   * @example
   * const table = tableFromIPC(await data.rfmCustomersArrow());
   */
  async rfmCustomersArrow(config?: RfmConfig, options?: CustomerOptions): Promise<Uint8Array<ArrayBuffer>> {
    return this.#held().call("customersArrow", { dataset: this.#id, config: jsonOf("rfm", config ?? {}), salt: saltOf(options) }, options);
  }

  /**
   * The members of cohorts that are present in a column of the cohort table, or absent from it.
   *
   * @example
   * const { customerId } = await data.cohortCustomers({ labels: ["2025-02"], column: 3, members: "absent" }, { ids: "plain" });
   */
  cohortCustomers(config?: CohortCustomersConfig, options?: CustomerOptions): Promise<CustomerList> {
    return this.#listed("cohortCustomers", config, options);
  }

  /**
   * Who was active, new, retained, resurrected, churned or dormant in a period of growth accounting.
   *
   * @example
   * const { customerId } = await data.growthCustomers({ period: "2025-03", part: "churned" }, { ids: "plain" });
   */
  growthCustomers(config: GrowthCustomersConfig, options?: CustomerOptions): Promise<CustomerList> {
    return this.#listed("growthCustomers", config, options);
  }

  /** Growth accounting. */
  growth(config?: GrowthConfig, options?: CallOptions): Promise<GrowthTable> {
    return this.#metric("growth", config, options);
  }

  /** The flywheel. */
  flywheel(config?: FlywheelConfig, options?: CallOptions): Promise<FlywheelTable> {
    return this.#metric("flywheel", config, options);
  }

  /** Frees the dataset; later calls reject with code `closed`. Closing twice is fine. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#engine.epoch === this.#epoch) await this.#engine.close(this.#id);
  }

  /** `await using data = await open(…)`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** `using data = await open(…)`: closes without waiting for it. */
  [Symbol.dispose](): void {
    void this.close().catch(() => undefined);
  }

  async #metric<Table>(metric: Metric, config: object | undefined, options: CallOptions | undefined): Promise<Table> {
    const json = await this.#held().call("metric", { dataset: this.#id, metric, config: jsonOf(metric, config ?? {}) }, options);
    return JSON.parse(json) as Table;
  }

  async #listed(metric: Listing, config: object | undefined, options: CustomerOptions | undefined): Promise<CustomerList> {
    return this.#held().call("listed", { dataset: this.#id, metric, config: jsonOf(metric, config ?? {}), salt: saltOf(options) }, options);
  }

  /** The engine, if it still holds this dataset. */
  #held(): Engine {
    if (this.#closed) throw new FeilunError({ code: "closed", message: "the dataset is closed" });
    if (this.#engine.epoch !== this.#epoch) throw new FeilunError({ code: "closed", message: "the dataset was lost when the wasm module failed, open it again" });
    return this.#engine;
  }
}

/** The salt of this page's pseudonyms, drawn when it is first needed. */
let sessionSalt: Uint8Array | undefined;

/** The salt of a list's pseudonyms, or null where ids are asked for. */
function saltOf({ ids = "pseudonyms", salt }: CustomerOptions = {}): Uint8Array | null {
  if (ids !== "pseudonyms" && ids !== "plain") throw new FeilunError({ code: "config", message: `ids: expected \`pseudonyms\` or \`plain\`, found \`${String(ids)}\`` });
  if (ids === "plain" && salt !== undefined) throw new FeilunError({ code: "config", message: "`salt` needs `ids` `pseudonyms`" });
  if (ids === "plain") return null;
  sessionSalt ??= crypto.getRandomValues(new Uint8Array(32));
  return salt ?? sessionSalt;
}
