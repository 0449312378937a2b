// One measurement in one tab: from cold to ready, from a File to every job's answer. Times in milliseconds.

import { JOBS, canonical } from "./jobs.mjs";

/** Median of so many re-queries each; the first time of a job is its own number. */
const AGAIN = 3;
/** A job that takes longer is asked again only once. */
const SLOW_MS = 1000;

const name = new URLSearchParams(location.search).get("engine");

async function timed(work) {
  const begun = performance.now();
  const value = await work();
  return [value, performance.now() - begun];
}

window.measure = async () => {
  const [file] = document.querySelector("input").files;
  const [engine, script] = await timed(() => import(`./engines/${name}.mjs`));
  const [, started] = await timed(() => engine.ready());
  const [data, load] = await timed(() => engine.load(file));
  const times = { ready: script + started, load };
  const answers = {};
  let all = load;
  for (const [title, job] of Object.entries(JOBS)) {
    const [result, first] = await timed(() => engine.run(data, job));
    answers[title] = canonicalParts(engine.answer(result, job));
    if (job.first) all += first;
    times[title] = first;
  }
  for (const [title, job] of Object.entries(JOBS)) {
    const again = [];
    for (let nth = 0; nth < (times[title] > SLOW_MS ? 1 : AGAIN); nth++) again.push((await timed(() => engine.run(data, job)))[1]);
    times[`${title}, again`] = again.sort((a, b) => a - b)[again.length >> 1];
  }
  return { times: { ...times, "load + cohorts + rfm + wheel": all, "load + cohorts": times.load + times.cohorts }, answers };
};

/** Each part of an answer as text: an engine may answer some of them. */
function canonicalParts(answer) {
  return Object.fromEntries(Object.entries(answer).map(([part, value]) => [part, canonical(value)]));
}

window.isLoaded = true;
