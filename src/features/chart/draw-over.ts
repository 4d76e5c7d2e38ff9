import type uPlot from 'uplot';
import { type Chart, type ChartMark, type Curve, strokes } from '../../draw/chart/chart';
import type { Inks } from './inks';

/** Thin curves of the runs that were left for others. */
export function drawPast(u: uPlot, { curves }: Chart, { colour }: Inks): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = 1.25 * ratio;
  ctx.lineJoin = 'round';
  for (const curve of curves.filter(({ past }) => past)) {
    ctx.strokeStyle = colour(curve.colour);
    ctx.setLineDash(strokes[curve.stroke].dash.map((length) => length * ratio));
    trace(u, curve);
  }
  ctx.restore();
}

function trace(u: uPlot, { xs, ys }: Curve): void {
  const { ctx } = u;
  ctx.beginPath();
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < xs.length; i++) {
    const x = u.valToPos(xs[i], 'x', true);
    const value = ys[i];
    // What falls onto one pixel is drawn once; the last point always.
    if (value === null || (x - last < 1 && i < xs.length - 1)) continue;
    last = x;
    ctx.lineTo(x, u.valToPos(value, 'y', true));
  }
  ctx.stroke();
}

/** Over the curves the dashed lines that they are measured against, and what happened on the way, whose words stand above. */
export function drawOver(u: uPlot, { across, references, marks }: Chart, inks: Inks): void {
  const { ctx, bbox } = u;
  const bottom = bbox.top + bbox.height;
  ctx.save();
  for (const { value } of references) {
    const y = u.valToPos(value, 'y', true);
    const isSeen = y >= bbox.top - 1 && y <= bottom + 1;
    if (isSeen) stroke(u, [bbox.left, y], [u.valToPos(across.range[1], 'x', true), y], [6, 5], inks);
  }
  const placed = marks.map((mark) => ({ ...mark, x: u.valToPos(mark.at, 'x', true) }));
  for (const { kind, x, value } of placed) {
    if (kind === 'cross') drawCross(u, x, value ?? 0, inks);
    // A tick is short, where something is done again and again.
    const top = kind === 'tick' ? bottom - 9 * devicePixelRatio : bbox.top;
    if (kind !== 'flag' && kind !== 'cross')
      stroke(u, [Math.round(x), top], [Math.round(x), bottom], dashes[kind], inks);
  }
  writeAbove(
    u,
    placed.filter(({ kind, words }) => kind === 'flag' || (kind === 'line' && words !== '')),
    inks,
  );
  ctx.restore();
}

const dashes = { line: [], tick: [], dashes: [2, 2] };

/** Where a curve ends before the others; beyond the scale, at its edge. */
function drawCross(u: uPlot, x: number, value: number, inks: Inks): void {
  const { top, height } = u.bbox;
  const side = 3.5 * devicePixelRatio;
  const y = Math.min(top + height - side, Math.max(top + side, u.valToPos(value, 'y', true)));
  const ink = { ...inks, reference: inks.ink };
  stroke(u, [x - side, y - side], [x + side, y + side], [], ink);
  stroke(u, [x - side, y + side], [x + side, y - side], [], ink);
}

/** Over the plot, where curves do not come: what changed, and the names that somebody gave to frames, under flags. */
function writeAbove(
  { ctx, bbox }: uPlot,
  marks: readonly (ChartMark & { readonly x: number })[],
  { font, ink }: Inks,
): void {
  const ratio = devicePixelRatio;
  ctx.font = font(ratio);
  ctx.fillStyle = ink;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  const row = marks.toSorted((a, b) => a.x - b.x);
  const y = bbox.top;
  for (const [i, { kind, words, x }] of row.entries()) {
    if (x > bbox.left + bbox.width + 1) continue;
    if (kind === 'flag') {
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.lineTo(x - 4 * ratio, y - 8 * ratio);
      ctx.lineTo(x + 4 * ratio, y - 8 * ratio);
      ctx.fill();
    }
    // Words that would reach into the next ones, or out of the chart, are left to the lists.
    const end = Math.min(ctx.canvas.width, (row[i + 1]?.x ?? Number.POSITIVE_INFINITY) - 6 * ratio);
    const start = x + (kind === 'flag' ? 7 : 0) * ratio;
    if (start + ctx.measureText(words).width <= end) ctx.fillText(words, start, y);
  }
}

type Point = readonly [x: number, y: number];

function stroke({ ctx }: uPlot, from: Point, to: Point, dash: readonly number[], { reference }: Inks): void {
  const ratio = devicePixelRatio;
  ctx.lineWidth = ratio;
  ctx.strokeStyle = reference;
  ctx.setLineDash(dash.map((length) => length * ratio));
  ctx.beginPath();
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
}
