// A line of one figure over the weeks, as SVG; the same numbers stand in the table below it for those who read.
import { html, svg } from "lit";
import { say, spoken } from "./words.js";

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [330, 150, 40, 12, 12, 24];

/** `points` are {week, value}, value null where there was nothing; `top` the largest value shown, null as the data has it. */
export function plot(title, points, show, top = null) {
  const values = points.map((point) => point.value).filter((value) => value !== null);
  const high = top ?? Math.max(1, ...values) * 1.15;
  const x = (n) => LEFT + (points.length < 2 ? 0.5 : n / (points.length - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (value) => TOP + (1 - value / high) * (HEIGHT - TOP - BOTTOM);
  const last = points.findLast((point) => point.value !== null);
  return html`<figure class="plot">
    <figcaption>${title}<b>${last ? show(last.value) : "–"}</b></figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${spokenLine(title, points, show)}>
      ${[0, 0.5, 1].map(
        (part) => svg`<line class="grid" x1=${LEFT} x2=${WIDTH - RIGHT} y1=${y(high * part)} y2=${y(high * part)} />
          <text class="axis" x=${LEFT - 6} y=${y(high * part) + 4} text-anchor="end">${show(high * part)}</text>`,
      )}
      ${pieces(points).map((piece) => svg`<polyline class="curve" points=${piece.map(([n, value]) => `${x(n)},${y(value)}`).join(" ")} />`)}
      ${points.map((point, n) => (point.value === null ? "" : svg`<circle class="dot" cx=${x(n)} cy=${y(point.value)} r="3.5"><title>${point.week}: ${show(point.value)}</title></circle>`))}
      ${points.map((point, n) =>
        n === 0 || n === points.length - 1
          ? svg`<text class="axis" x=${x(n)} y=${HEIGHT - 6} text-anchor=${n === 0 && points.length > 1 ? "start" : "end"}>${weekName(point.week)}</text>`
          : "",
      )}
    </svg>
  </figure>`;
}

/** Runs of weeks that have a value: a gap is a gap. */
function pieces(points) {
  const runs = [[]];
  points.forEach((point, n) => (point.value === null ? runs.push([]) : runs.at(-1).push([n, point.value])));
  return runs.filter((run) => run.length > 1);
}

const spokenLine = (title, points, show) =>
  `${title}: ${points.map((point) => `${weekName(point.week)} ${point.value === null ? "–" : show(point.value)}`).join(", ")}`;

export const weekName = (week) => say("week", { number: Number(week.split("-W")[1]) });

export const percent = (value) => (value === null ? "–" : `${Math.round(value * 100)} %`);

export const decimal = (value) =>
  value === null ? "–" : new Intl.NumberFormat(spoken() === "da" ? "da-DK" : "en-GB", { maximumFractionDigits: 1 }).format(value);
