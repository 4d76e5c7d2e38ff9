import type uPlot from 'uplot';
import { frameAt } from '../../sessions/track';
import type { WorkbenchState } from '../../state/workbench';

/** Flags where frames were given a name: at the later of both methods' places. */
export function drawMarks(u: uPlot, { marks, runs, looks }: WorkbenchState, ink: string, font: string): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = font.replace(/^(\d+)px/, (_, size) => `${Number(size) * ratio}px`);
  ctx.fillStyle = ink;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  const flags = marks.map(({ name, steps }) => {
    const places = (['als', 'sgd'] as const).map(
      (method) => frameAt(runs[method].timeline, 'step', steps[method])?.[looks.chartAxis] ?? 0,
    );
    return { name, x: u.valToPos(Math.max(...places), 'x', true) };
  });
  flags.sort((a, b) => a.x - b.x);
  const y = bbox.top + bbox.height;
  for (const [i, { name, x }] of flags.entries()) {
    if (x > bbox.left + bbox.width + 1) continue;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x - 4 * ratio, y - 8 * ratio);
    ctx.lineTo(x + 4 * ratio, y - 8 * ratio);
    ctx.fill();
    // A name that would reach into the next flag, or out of the chart, is left to the list.
    const end = Math.min(bbox.left + bbox.width, (flags[i + 1]?.x ?? Number.POSITIVE_INFINITY) - 6 * ratio);
    const at = x + 7 * ratio;
    if (at + ctx.measureText(name).width <= end) ctx.fillText(name, at, y - 8 * ratio);
  }
  ctx.restore();
}
