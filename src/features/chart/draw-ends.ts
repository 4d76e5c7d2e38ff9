import type uPlot from 'uplot';
import type { Chart } from '../../draw/chart/chart';
import type { Inks } from './inks';

/** From the end of a curve to its name, and from one name to the next: CSS pixels, as wide as words usually are. */
const away = 9;
const apart = 14;

/** Places of names from top to bottom, each as near to its own as the others let it, none nearer than `least` to the next. */
export function spread(wanted: readonly number[], least: number, bottom: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const placed = [...wanted];
  let limit = Number.NEGATIVE_INFINITY;
  for (const i of order) {
    placed[i] = Math.max(wanted[i], limit);
    limit = placed[i] + least;
  }
  limit = bottom;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i], limit);
    limit = placed[i] - least;
  }
  return placed;
}

/** At the end of every curve of the first axis, whose it is. */
export function drawEnds(u: uPlot, { curves, named, marks }: Chart, inks: Inks): void {
  if (!named) return;
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const ends = curves.flatMap(({ past, by = 0, run, colour, xs, ys }) => {
    const last = ys.findLastIndex((value) => value !== null);
    if (past || by !== 0 || last < 0) return [];
    return [{ run, colour, x: u.valToPos(xs[last], 'x', true), y: u.valToPos(ys[last]!, 'y', true) }];
  });
  // What ticks are is written under them.
  const rows = marks.some(({ kind, words }) => kind === 'tick' && words !== '') ? 2 : 1;
  const bottom = bbox.top + bbox.height - (rows * apart - 6) * ratio * inks.large;
  const within = ends.map(({ y }) => Math.min(bottom, Math.max(bbox.top + 6 * ratio, y)));
  const placed = spread(within, apart * inks.large * ratio, bottom);
  ctx.save();
  ctx.font = inks.font(ratio);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4 * ratio;
  ctx.strokeStyle = inks.surface;
  for (const [i, { run, colour, x }] of ends.entries()) {
    const right = bbox.left + bbox.width - ctx.measureText(run).width;
    const at = Math.max(bbox.left, Math.min(right, x + away * ratio));
    ctx.strokeText(run, at, placed[i]);
    ctx.fillStyle = inks.colour(colour);
    ctx.fillText(run, at, placed[i]);
  }
  ctx.restore();
}
