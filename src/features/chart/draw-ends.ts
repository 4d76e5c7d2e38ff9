import type uPlot from 'uplot';
import type { Chart } from '../../draw/chart/chart';
import { type End, endsOf, roomFor, spread } from './ends';
import type { Inks } from './inks';

/** From the end of a line to its words, and from one of them to the next: CSS pixels, as large as words usually are. */
const away = 8;
const apart = 14;
/** From the last tick to the title beside the ticks, at least; and what it takes of the room under another axis. */
const besideTicks = 22;
const underAxis = 60;

/** CSS pixels that the words at the ends take of a plot that is so wide; 0: they have no room there. */
export function roomOf(chart: Chart, wide: number, inks: Inks): number {
  const widths = endsOf(chart).map(({ words }) => inks.wide(words) + away * inks.large);
  const under = chart.values.length > 1 ? underAxis * inks.large : 0;
  return roomFor(widths, inks.wide(chart.across.title) + besideTicks - under, wide);
}

/** Beside the curves, where these end: whose they are, and what they are measured against; under it, what is measured along them. */
export function drawEnds(u: uPlot, chart: Chart, inks: Inks): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const edge = u.valToPos(chart.across.range[1], 'x', true);
  const bottom = bbox.top + bbox.height - 6 * ratio;
  const ends = endsOf(chart).map((end) => ({
    ...end,
    x: u.valToPos(end.at, 'x', true),
    y: heightOf(u, end),
  }));
  ctx.save();
  ctx.font = inks.font(ratio);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4 * ratio;
  ctx.strokeStyle = inks.surface;
  // Curves that have not come to the edge yet have their names where they are.
  const atEdge = (x: number) => x + (away + inks.wide('m')) * ratio >= edge;
  for (const group of [ends.filter(({ x }) => !atEdge(x)), ends.filter(({ x }) => atEdge(x))]) {
    const within = group.map(({ y }) => Math.min(bottom, Math.max(bbox.top + 6 * ratio, y)));
    const placed = spread(within, apart * inks.large * ratio, bottom);
    for (const [i, { words, colour, x }] of group.entries()) {
      ctx.strokeText(words, x + away * ratio, placed[i]);
      ctx.fillStyle = colour === null ? inks.ink : inks.colour(colour);
      ctx.fillText(words, x + away * ratio, placed[i]);
    }
  }
  ctx.textAlign = 'right';
  ctx.textBaseline = 'top';
  ctx.fillStyle = inks.muted;
  ctx.fillText(chart.across.title, ctx.canvas.width - 2 * ratio, bbox.top + bbox.height + 9 * ratio);
  ctx.restore();
}

const heightOf = (u: uPlot, { value }: End): number =>
  value === null ? Number.POSITIVE_INFINITY : u.valToPos(value, 'y', true);
