/**
 * feilun: cohort retention, RFM segments and growth-flywheel metrics from Arrow files. Nothing is fetched before the first call.
 */
export { type AttachOptions, type BesideOrders, type CallOptions, type CustomerOptions, Dataset } from "./dataset.js";
export { type EngineOptions, type Thread, type WasmInput, configure } from "./engines.js";
export { type ErrorCode, FeilunError } from "./error.js";
export type * from "./generated/types.js";
export { type OpenOptions, draw, inspect, open } from "./open.js";
export type { Progress } from "./progress.js";
export type { Source } from "./source.js";
export { type Transitions, transitionsOf } from "./time_zone.js";
