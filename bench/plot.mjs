// Measurements → one SVG: for each file a bar per engine, load and the three first answers, with its spread.

import { TITLES, median, valuesOf } from "./report.mjs";

const COLORS = { feilun: "#1f6f54", typed_arrays: "#c98a1b", duckdb: "#3d5a98", arquero: "#8a8a8a" };
const PARTS = ["load", "cohorts", "rfm", "wheel"];
const [WIDTH, LEFT, RIGHT, BAR, GAP] = [860, 210, 90, 20, 26];

export function plot(rounds) {
  const bars = rounds.flatMap(({ file, runs }) => Object.entries(runs).map(([engine, of], nth) => ({ file, engine, of, isFirst: nth === 0 })));
  const seconds = (values) => median(values) / 1000;
  const longest = (file) => Math.max(...bars.filter((bar) => bar.file === file).map(({ of }) => Math.max(...valuesOf(of, "load + cohorts + rfm + wheel")) / 1000));
  let y = 24;
  const drawn = bars.map(({ file, engine, of, isFirst }) => {
    if (isFirst) y += GAP;
    const scale = (WIDTH - LEFT - RIGHT) / longest(file);
    let x = LEFT;
    const parts = PARTS.map((part, nth) => {
      const width = seconds(valuesOf(of, part)) * scale;
      const rect = `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${BAR - 4}" fill="${COLORS[engine]}" fill-opacity="${1 - nth * 0.2}"/>`;
      x += width;
      return rect;
    });
    const total = seconds(valuesOf(of, "load + cohorts + rfm + wheel"));
    const head = isFirst ? `<text x="10" y="${y - 8}" font-weight="bold">${file}</text>` : "";
    const label = `<text x="${LEFT - 8}" y="${y + 13}" text-anchor="end">${TITLES[engine]}</text>`;
    const value = `<text x="${(x + 6).toFixed(1)}" y="${y + 13}">${total.toPrecision(3)} s</text>`;
    y += BAR;
    return head + label + parts.join("") + value;
  });
  const title = `Load, cohorts, RFM, wheel (dark to light), seconds; each file has its own scale`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 10}" font-family="system-ui, sans-serif" font-size="13"><rect width="100%" height="100%" fill="#fff"/><text x="10" y="18">${title}</text>${drawn.join("")}</svg>\n`;
}
