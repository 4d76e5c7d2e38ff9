import type uPlot from 'uplot';
import { frameAt } from '../../runs/timeline';
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
  for (const { name, steps } of marks) {
    const places = (['als', 'sgd'] as const).map(
      (method) => frameAt(runs[method].timeline, 'step', steps[method])?.[looks.chartAxis] ?? 0,
    );
    const x = u.valToPos(Math.max(...places), 'x', true);
    if (x > bbox.left + bbox.width + 1) continue;
    const y = bbox.top + bbox.height;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x - 4 * ratio, y - 8 * ratio);
    ctx.lineTo(x + 4 * ratio, y - 8 * ratio);
    ctx.fill();
    ctx.fillText(name, x + 7 * ratio, y - 8 * ratio);
  }
  ctx.restore();
}
