/**
 * `feilun/elements`: importing it registers the dashboard and one custom element per chart.
 */
import "./define.js";

export { ChartElement, type DrawDetail, type ElementConfig, type ErrorDetail, type SelectDetail } from "./chart_element.js";
export { FeilunClaims, FeilunCohorts, FeilunConcentration, FeilunCosts, FeilunCurves, FeilunFlywheel, FeilunGrowth, FeilunLags, FeilunMigration, FeilunPickups, FeilunRfm } from "./charts.js";
export { type DashboardConfig, type ExportDetail, FeilunDashboard, type FilterDetail } from "./dashboard.js";
