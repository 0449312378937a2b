/**
 * What pkg/build.mjs puts into builds that carry everything inside.
 */
import type { Parts } from "./embedded.js";

/** The parts of this very build. */
export declare const parts: Parts;
