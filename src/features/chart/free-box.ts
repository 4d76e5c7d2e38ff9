import type uPlot from 'uplot';
import { type Chart, type Curve, mainCurves } from '../../draw/chart/chart';

/** A rectangle of the canvas, device pixels. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlap = (a: Box, b: Box) =>
  a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;

/**
 * The first of some boxes that no curve goes through and nothing else has taken. Where there is none, words over a curve
 * can still be read, and words over words cannot: then the first that is not taken, or else the first.
 */
export function freeBox(
  u: Pick<uPlot, 'valToPos'>,
  chart: Chart,
  boxes: readonly Box[],
  taken: readonly Box[],
): Box {
  const curves = mainCurves(chart);
  const left = boxes.filter((box) => !taken.some((other) => overlap(box, other)));
  const isFree = (box: Box) => !curves.some((curve) => crosses(u, curve, box));
  return left.find(isFree) ?? left[0] ?? boxes[0];
}

/** Whether a curve may go through a box: whether the rectangle around one of its pieces meets it. */
function crosses(u: Pick<uPlot, 'valToPos'>, { xs, ys }: Curve, box: Box): boolean {
  let before: { readonly x: number; readonly y: number } | null = null;
  for (let i = 0; i < xs.length; i++) {
    const value = ys[i];
    if (value === null) continue;
    const now = { x: u.valToPos(xs[i], 'x', true), y: u.valToPos(value, 'y', true) };
    const from = before ?? now;
    const piece = {
      ...{ left: from.x, right: now.x },
      ...{ top: Math.min(from.y, now.y), bottom: Math.max(from.y, now.y) },
    };
    if (overlap(piece, box)) return true;
    before = now;
  }
  return false;
}
