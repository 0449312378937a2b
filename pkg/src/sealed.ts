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

embedParts({ worker: parts.worker, wasm: block("wasm") });
for (const element of document.querySelectorAll("feilun-dashboard")) {
  if (!(element instanceof FeilunDashboard)) continue;
  element.sampleFiles = { "cdnow.arrow": async () => new Blob([await inflated(block("sample"))]) };
  if (isFramed) serveHost(element);
}
