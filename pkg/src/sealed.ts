/**
 * The sealed page's script: worker inside, wasm module and sample in data blocks of the page, nothing ever asked for. In an iframe it listens to the page
 * around.
 */
import { isFramed } from "./frame/framed.js";
import { embedParts, inflated } from "./embedded.js";
import { FeilunDashboard } from "./elements/index.js";
import { serveHost } from "./frame/guest.js";
import { parts } from "./parts.js";

function block(id: string): string {
  return document.getElementById(id)?.textContent ?? "";
}

/** The sample's bytes: the low ones of every two, then the high ones (build/sealed.mjs). */
async function sample(): Promise<Blob> {
  const halves = new Uint8Array(await inflated(block("sample")));
  const middle = Math.ceil(halves.length / 2);
  return new Blob([halves.map((_, at) => halves[(at % 2) * middle + (at >> 1)]!)]);
}

embedParts({ worker: parts.worker, wasm: block("wasm") });
for (const element of document.querySelectorAll("feilun-dashboard")) {
  if (!(element instanceof FeilunDashboard)) continue;
  element.sampleFiles = { "cdnow.arrow": sample };
  if (isFramed) serveHost(element);
}
