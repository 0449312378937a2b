/**
 * Registers the elements. Where there is no registry (Node, a server render) importing does nothing.
 */
import type { DrawDetail, ErrorDetail, SelectDetail } from "./chart_element.js";
import { FeilunClaims, FeilunCohorts, FeilunConcentration, FeilunCosts, FeilunCurves, FeilunFlywheel, FeilunGrowth, FeilunLags, FeilunMigration, FeilunPickups, FeilunRfm } from "./charts.js";
import { type ExportDetail, FeilunDashboard, type FilterDetail } from "./dashboard.js";

const ELEMENTS = {
  "feilun-cohorts": FeilunCohorts,
  "feilun-curves": FeilunCurves,
  "feilun-rfm": FeilunRfm,
  "feilun-migration": FeilunMigration,
  "feilun-concentration": FeilunConcentration,
  "feilun-growth": FeilunGrowth,
  "feilun-flywheel": FeilunFlywheel,
  "feilun-lags": FeilunLags,
  "feilun-costs": FeilunCosts,
  "feilun-claims": FeilunClaims,
  "feilun-pickups": FeilunPickups,
  "feilun-dashboard": FeilunDashboard,
};

for (const [name, element] of Object.entries(ELEMENTS)) {
  if (globalThis.customElements?.get(name) === undefined) globalThis.customElements?.define(name, element);
}

declare global {
  interface HTMLElementTagNameMap {
    "feilun-cohorts": FeilunCohorts;
    "feilun-curves": FeilunCurves;
    "feilun-rfm": FeilunRfm;
    "feilun-migration": FeilunMigration;
    "feilun-concentration": FeilunConcentration;
    "feilun-growth": FeilunGrowth;
    "feilun-flywheel": FeilunFlywheel;
    "feilun-lags": FeilunLags;
    "feilun-costs": FeilunCosts;
    "feilun-claims": FeilunClaims;
    "feilun-pickups": FeilunPickups;
    "feilun-dashboard": FeilunDashboard;
  }
  interface HTMLElementEventMap {
    "feilun-select": CustomEvent<SelectDetail>;
    "feilun-error": CustomEvent<ErrorDetail>;
    "feilun-draw": CustomEvent<DrawDetail>;
    "feilun-filter": CustomEvent<FilterDetail>;
    "feilun-export": CustomEvent<ExportDetail>;
  }
}
