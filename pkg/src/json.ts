/**
 * Options and figures → JSON text, as they travel to the wasm module.
 */
import { FeilunError, messageOf } from "./error.js";

/** The value as JSON; what has no JSON form (a cycle, a bigint) is a `config` error. */
export function jsonOf(what: string, value: object): string {
  try {
    return JSON.stringify(value);
  } catch (thrown) {
    throw new FeilunError({ code: "config", message: `${what}: ${messageOf(thrown)}` }, { cause: thrown });
  }
}
