/**
 * `feilun/elements`: importing it registers one custom element per chart.
 */
import "./define.js";

export { ChartElement, type SelectDetail } from "./chart_element.js";
export { FeilunCohorts, FeilunCurves, FeilunFlywheel, FeilunGrowth, FeilunRfm } from "./charts.js";
