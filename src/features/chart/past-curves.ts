import type uPlot from 'uplot';
import { metrics } from '../../metrics';
import type { PastRun, WorkbenchState } from '../../state/workbench';

export const visiblePast = ({ shelf }: Pick<WorkbenchState, 'shelf'>): PastRun[] =>
  shelf.filter(({ visible }) => visible);

/** Where the longest of the past runs ends on the axis. */
export function pastEnd(state: Pick<WorkbenchState, 'shelf' | 'looks'>): number {
  return Math.max(
    0,
    ...visiblePast(state).map(({ timeline }) => timeline.along(state.looks.chartAxis).at(-1) ?? 0),
  );
}

/** Thin curves of the runs that were left for others: training, and what is held out in dashes. */
export function drawPast(u: uPlot, state: WorkbenchState): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = 1.25 * ratio;
  ctx.lineJoin = 'round';
  for (const { timeline, colour } of visiblePast(state)) {
    ctx.strokeStyle = colour;
    for (const [part, dash] of [
      ['train', []],
      ['validation', [5 * ratio, 4 * ratio]],
    ] as const) {
      ctx.setLineDash([...dash]);
      drawCurve(u, timeline.along(state.looks.chartAxis), timeline.column(part, metrics[0]));
    }
  }
  ctx.restore();
}

function drawCurve(u: uPlot, xs: readonly number[], ys: readonly (number | null)[]): void {
  const { ctx } = u;
  ctx.beginPath();
  let last = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < xs.length; i++) {
    const x = u.valToPos(xs[i], 'x', true);
    // What falls onto one pixel is drawn once; the last point always.
    const value = ys[i];
    if (value === null || !Number.isFinite(value) || (x - last < 1 && i < xs.length - 1)) continue;
    last = x;
    ctx.lineTo(x, u.valToPos(value, 'y', true));
  }
  ctx.stroke();
}
