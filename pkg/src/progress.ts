/**
 * Steps of a running load → progress with an estimate of the time left.
 */

/** How far a load is. */
export interface Progress {
  /** `download`: a response arrives; `read`: columns are decoded; `arrange`: orders are sorted into customer histories. */
  phase: "download" | "read" | "arrange";
  /** Bytes of this phase so far. */
  bytesRead: number;
  /** Bytes of this phase in all, `null` where unknown. */
  bytesTotal: number | null;
  /** Rows decoded so far. */
  rowsRead: number;
  /** Estimated milliseconds until this phase ends, `null` while there is nothing to go by. */
  msLeft: number | null;
}

const SETTLING_MS = 200;

/** Adds the estimate, by the mean speed of the phase since it began. `arranged` is the share of its work that is done, else the bytes tell. */
export function estimator(onProgress: (progress: Progress) => void): (progress: Omit<Progress, "msLeft">, arranged?: number | null) => void {
  let phase: Progress["phase"] | undefined;
  let began = 0;
  return (progress, arranged = null) => {
    if (progress.phase !== phase) {
      phase = progress.phase;
      began = performance.now();
    }
    const [done, all] = arranged === null ? [progress.bytesRead, progress.bytesTotal] : [arranged, 1];
    onProgress({ ...progress, msLeft: timeLeft(performance.now() - began, done, all) });
  };
}

function timeLeft(elapsed: number, read: number, total: number | null): number | null {
  if (total === null || read <= 0 || elapsed < SETTLING_MS) return null;
  return Math.max(0, Math.round((elapsed * (total - read)) / read));
}
