import type uPlot from 'uplot';
import { type Chart, type ChartMark, type Curve, referenceWords, strokes } from '../../draw/chart/chart';
import { type Box, freeBox } from './free-box';
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

/** Over the curves: the dashed reference lines with their words, and what happened on the way. */
export function drawOver(u: uPlot, chart: Chart, inks: Inks): void {
  u.ctx.save();
  drawReferences(u, chart, inks);
  for (const mark of chart.marks) {
    if (mark.kind === 'tick') drawTick(u, mark, inks);
    else if (mark.kind !== 'flag') drawUpright(u, mark, inks);
  }
  drawFlags(
    u,
    chart.marks.filter(({ kind }) => kind === 'flag'),
    inks,
  );
  u.ctx.restore();
}

function drawReferences(u: uPlot, chart: Chart, inks: Inks): void {
  const { references, named } = chart;
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const right = bbox.left + bbox.width;
  const bottom = bbox.top + bbox.height;
  ctx.font = inks.font(ratio);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'alphabetic';
  const taken: Box[] = [];
  for (const { value, label, under = false } of [...references].sort((a, b) => b.value - a.value)) {
    const y = u.valToPos(value, 'y', true);
    if (y < bbox.top - 1 || y > bottom + 1) continue;
    stroke(u, [bbox.left, y], [right, y], [6, 5], inks);
    const words = referenceWords(label, value);
    const size = { width: ctx.measureText(words).width, height: 12 * ratio * inks.large };
    const box = freeBox(u, chart, candidates(u, y, size, { under, atTheLeft: named ?? false }), taken);
    taken.push(box);
    write(u, words, box.left, box.bottom - 2 * ratio, inks);
  }
}

/** Where words of a line may stand: right, left or between, above it or under it; what is best comes first. */
function candidates(
  { bbox }: uPlot,
  y: number,
  { width, height }: { readonly width: number; readonly height: number },
  { under, atTheLeft }: { readonly under: boolean; readonly atTheLeft: boolean },
): Box[] {
  const gap = 6 * devicePixelRatio;
  const [left, right] = [bbox.left + gap, bbox.left + bbox.width - gap - width];
  // At the right curves have their names, where they are named.
  const across = atTheLeft ? [left] : [right, left, (left + right) / 2];
  const [above, below] = [y - gap / 2 - height, y + gap / 2];
  const down = (under ? [below, above] : [above, below]).filter(
    (top) => top >= bbox.top && top + height <= bbox.top + bbox.height,
  );
  const tops = down.length > 0 ? down : [above];
  return across.flatMap((x) => tops.map((top) => ({ left: x, right: x + width, top, bottom: top + height })));
}

/** From top to bottom, where something changed. */
function drawUpright(u: uPlot, { at, words, kind }: ChartMark, inks: Inks): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const x = Math.round(u.valToPos(at, 'x', true));
  stroke(u, [x, bbox.top], [x, bbox.top + bbox.height], kind === 'dashes' ? [2, 2] : [], inks);
  ctx.textAlign = 'left';
  if (words) write(u, words, x + 4 * ratio, bbox.top + 12 * ratio, inks);
}

/** A little way up from the bottom, where something is done again and again. */
function drawTick(u: uPlot, { at, words }: ChartMark, inks: Inks): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const bottom = bbox.top + bbox.height;
  const x = Math.round(u.valToPos(at, 'x', true));
  stroke(u, [x, bottom - 9 * ratio], [x, bottom], [], inks);
  ctx.textAlign = 'right';
  // What ticks are is said once, where no curve comes.
  if (words) write(u, words, bbox.left + bbox.width - 4 * ratio, bottom - 4 * ratio, inks);
}

/** At the bottom, where somebody gave frames a name. */
function drawFlags(u: uPlot, marks: readonly ChartMark[], { font, ink }: Inks): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  ctx.font = font(ratio);
  ctx.fillStyle = ink;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  const flags = marks.map(({ at, words }) => ({ words, x: u.valToPos(at, 'x', true) }));
  flags.sort((a, b) => a.x - b.x);
  const y = bbox.top + bbox.height;
  for (const [i, { words, x }] of flags.entries()) {
    if (x > bbox.left + bbox.width + 1) continue;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x - 4 * ratio, y - 8 * ratio);
    ctx.lineTo(x + 4 * ratio, y - 8 * ratio);
    ctx.fill();
    // A name that would reach into the next flag, or out of the chart, is left to the list.
    const end = Math.min(bbox.left + bbox.width, (flags[i + 1]?.x ?? Number.POSITIVE_INFINITY) - 6 * ratio);
    const start = x + 7 * ratio;
    if (start + ctx.measureText(words).width <= end) ctx.fillText(words, start, y - 8 * ratio);
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

/** Words over curves: a halo of the surface keeps them legible. */
function write({ ctx }: uPlot, words: string, x: number, y: number, { font, ink, surface }: Inks): void {
  const ratio = devicePixelRatio;
  ctx.font = font(ratio);
  ctx.setLineDash([]);
  ctx.lineWidth = 4 * ratio;
  ctx.lineJoin = 'round';
  ctx.strokeStyle = surface;
  ctx.strokeText(words, x, y);
  ctx.fillStyle = ink;
  ctx.fillText(words, x, y);
}
