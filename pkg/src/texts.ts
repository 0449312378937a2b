/**
 * `feilun/texts`: the product's words as data, for pages of one's own. Apart from `feilun`, because they weigh as much as all the rest of its code.
 */
export { cases } from "./generated/cases.js";
export type { Case, CaseQuestion } from "./generated/cases.js";
export { dictionary } from "./generated/dictionary.js";
export { formulas } from "./generated/formulas.js";
export { terms } from "./generated/terms.js";
export type * from "./generated/types.js";
