/**
 * The five chart elements.
 */
import type { CohortTable, DrawOptions, Figure, FlywheelTable, GridValue, GrowthTable, GrowthUnit, RfmTable } from "../generated/types.js";
import { ChartElement } from "./chart_element.js";

/** `<feilun-cohorts>`: a cohort table as a heatmap. */
export class FeilunCohorts extends ChartElement<CohortTable> {
  protected figure(result: CohortTable): Figure {
    return { chart: "cohort_heatmap", result };
  }
}

/** `<feilun-curves>`: a curve for each cohort, and the pooled mean. */
export class FeilunCurves extends ChartElement<CohortTable> {
  protected figure(result: CohortTable): Figure {
    return { chart: "retention_curves", result };
  }
}

/** `<feilun-rfm>`: the R × FM grid; attribute `grid-value` is `customers`, `share` or `net`. */
export class FeilunRfm extends ChartElement<RfmTable> {
  protected figure(result: RfmTable): Figure {
    return { chart: "rfm_grid", result };
  }
  protected override chartOptions(): DrawOptions {
    const gridValue = this.getAttribute("grid-value");
    return gridValue === null ? {} : { gridValue: gridValue as GridValue };
  }
}

/** `<feilun-growth>`: growth-accounting bars; attribute `growth-unit` is `customers` or `revenue`. */
export class FeilunGrowth extends ChartElement<GrowthTable> {
  protected figure(result: GrowthTable): Figure {
    return { chart: "growth_bars", result };
  }
  protected override chartOptions(): DrawOptions {
    const growthUnit = this.getAttribute("growth-unit");
    return growthUnit === null ? {} : { growthUnit: growthUnit as GrowthUnit };
  }
}

/** `<feilun-flywheel>`: the flywheel ring. */
export class FeilunFlywheel extends ChartElement<FlywheelTable> {
  protected figure(result: FlywheelTable): Figure {
    return { chart: "flywheel_ring", result };
  }
}
