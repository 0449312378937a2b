/**
 * The chart elements.
 */
import type {
  CohortConfig, CohortTable, ConcentrationConfig, ConcentrationTable, DrawOptions, Figure, FlywheelConfig, FlywheelTable, GridValue, GrowthConfig, GrowthTable, GrowthUnit,
  PrivateDomainConfig, PrivateDomainTable, RfmConfig, RfmMigration, RfmMigrationConfig, RfmTable,
} from "../generated/types.js";
import type { CallOptions, Dataset } from "../index.js";
import { ChartElement } from "./chart_element.js";

/** `<feilun-cohorts>`: a cohort table as a heatmap. */
export class FeilunCohorts extends ChartElement<CohortTable, CohortConfig> {
  protected ask(data: Dataset, options: CohortConfig, call: CallOptions): Promise<CohortTable> {
    return data.cohorts(options, call);
  }
  protected figure(result: CohortTable): Figure {
    return { chart: "cohort_heatmap", result };
  }
}

/**
 * `<feilun-curves>`: a curve for each cohort, and the pooled mean; property `curves` chooses the cohorts or slices by their labels. Attribute `form`
 * `multiples` draws a small plot per slice.
 */
export class FeilunCurves extends ChartElement<CohortTable, CohortConfig> {
  protected ask(data: Dataset, options: CohortConfig, call: CallOptions): Promise<CohortTable> {
    return data.cohorts(options, call);
  }
  #curves: readonly string[] | null = null;

  /** The cohorts or slices drawn beside the mean, by their labels; `null` draws the latest, or the largest. */
  get curves(): readonly string[] | null {
    return this.#curves;
  }
  set curves(curves: readonly string[] | null) {
    this.#curves = curves;
    this.schedule();
  }

  protected override chartOptions(): DrawOptions {
    return { curves: this.#curves && [...this.#curves] };
  }

  protected figure(result: CohortTable): Figure {
    return { chart: this.getAttribute("form") === "multiples" ? "cohort_multiples" : "retention_curves", result };
  }
}

/** `<feilun-rfm>`: the R × FM grid; attribute `grid-value` is `customers`, `share` or `net`. */
export class FeilunRfm extends ChartElement<RfmTable, RfmConfig> {
  protected ask(data: Dataset, options: RfmConfig, call: CallOptions): Promise<RfmTable> {
    return data.rfm(options, call);
  }
  protected figure(result: RfmTable): Figure {
    return { chart: "rfm_grid", result };
  }
  protected override chartOptions(): DrawOptions {
    return gridValue(this);
  }
}

/** `<feilun-migration>`: who went from which segment to which between two days; attributes `form` (`matrix`, `streams`) and `grid-value` as of `<feilun-rfm>`. */
export class FeilunMigration extends ChartElement<RfmMigration, RfmMigrationConfig> {
  protected ask(data: Dataset, options: RfmMigrationConfig, call: CallOptions): Promise<RfmMigration> {
    return data.rfmMigration(options, call);
  }
  protected figure(result: RfmMigration): Figure {
    return { chart: this.getAttribute("form") === "streams" ? "migration_streams" : "migration_matrix", result };
  }
  protected override chartOptions(): DrawOptions {
    return gridValue(this);
  }
}

/** `<feilun-concentration>`: the Lorenz curve of net. */
export class FeilunConcentration extends ChartElement<ConcentrationTable, ConcentrationConfig> {
  protected ask(data: Dataset, options: ConcentrationConfig, call: CallOptions): Promise<ConcentrationTable> {
    return data.concentration(options, call);
  }
  protected figure(result: ConcentrationTable): Figure {
    return { chart: "lorenz_curve", result };
  }
}

/** `<feilun-growth>`: growth-accounting bars; attribute `growth-unit` is `customers` or `revenue`. */
export class FeilunGrowth extends ChartElement<GrowthTable, GrowthConfig> {
  protected ask(data: Dataset, options: GrowthConfig, call: CallOptions): Promise<GrowthTable> {
    return data.growth(options, call);
  }
  protected figure(result: GrowthTable): Figure {
    return { chart: "growth_bars", result };
  }
  protected override chartOptions(): DrawOptions {
    const growthUnit = this.getAttribute("growth-unit");
    return growthUnit === null ? {} : { growthUnit: growthUnit as GrowthUnit };
  }
}

/** `<feilun-flywheel>`: the flywheel ring. */
export class FeilunFlywheel extends ChartElement<FlywheelTable, FlywheelConfig> {
  protected ask(data: Dataset, options: FlywheelConfig, call: CallOptions): Promise<FlywheelTable> {
    return data.flywheel(options, call);
  }
  protected figure(result: FlywheelTable): Figure {
    return { chart: "flywheel_ring", result };
  }
}

/** `<feilun-lags>`: the waits between the steps of the loop. */
export class FeilunLags extends ChartElement<FlywheelTable, FlywheelConfig> {
  protected ask(data: Dataset, options: FlywheelConfig, call: CallOptions): Promise<FlywheelTable> {
    return data.flywheel(options, call);
  }
  protected figure(result: FlywheelTable): Figure {
    return { chart: "lag_bars", result };
  }
}

/** `<feilun-costs>`: what new buyers cost and are worth. */
export class FeilunCosts extends ChartElement<FlywheelTable, FlywheelConfig> {
  protected ask(data: Dataset, options: FlywheelConfig, call: CallOptions): Promise<FlywheelTable> {
    return data.flywheel(options, call);
  }
  protected figure(result: FlywheelTable): Figure {
    return { chart: "cohort_costs", result };
  }
}

/** `<feilun-claims>`: trends of cost, value and members, with what the data says of them. */
export class FeilunClaims extends ChartElement<FlywheelTable, FlywheelConfig> {
  protected ask(data: Dataset, options: FlywheelConfig, call: CallOptions): Promise<FlywheelTable> {
    return data.flywheel(options, call);
  }
  protected figure(result: FlywheelTable): Figure {
    return { chart: "claim_trends", result };
  }
}

/** `<feilun-pickups>`: pickups by weekday and hour. */
export class FeilunPickups extends ChartElement<PrivateDomainTable, PrivateDomainConfig> {
  protected ask(data: Dataset, options: PrivateDomainConfig, call: CallOptions): Promise<PrivateDomainTable> {
    return data.privateDomain(options, call);
  }
  protected figure(result: PrivateDomainTable): Figure {
    return { chart: "pickup_heatmap", result };
  }
}

function gridValue(element: HTMLElement): DrawOptions {
  const gridValue = element.getAttribute("grid-value");
  return gridValue === null ? {} : { gridValue: gridValue as GridValue };
}
