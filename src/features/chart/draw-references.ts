import type uPlot from 'uplot';
import { placeOn } from '../../metrics/moment';
import type { Workbench } from '../../state/workbench';
import { referenceLines } from './reference-lines';

/** Dashed reference lines with their labels, and thin lines where a setting changed. */
export function drawReferences(
  u: uPlot,
  workbench: Workbench,
  { line, ink, halo }: { line: string; ink: string; halo: string },
  font: string,
) {
  const { ctx, bbox } = u;
  const state = workbench.getState();
  const ratio = devicePixelRatio;
  ctx.save();
  ctx.font = font.replace(/^(\d+)px/, (_, size) => `${Number(size) * ratio}px`);
  ctx.lineWidth = ratio;
  const dash = [6 * ratio, 5 * ratio];
  /** Words over curves: a halo of the surface keeps them legible. */
  const write = (words: string, x: number, y: number) => {
    ctx.setLineDash([]);
    ctx.lineWidth = 4 * ratio;
    ctx.lineJoin = 'round';
    ctx.strokeStyle = halo;
    ctx.strokeText(words, x, y);
    ctx.fillText(words, x, y);
    ctx.lineWidth = ratio;
    ctx.strokeStyle = line;
  };
  ctx.strokeStyle = line;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'alphabetic';
  let taken = Number.NEGATIVE_INFINITY;
  for (const { value, label } of referenceLines(state).sort((a, b) => b.value - a.value)) {
    const y = u.valToPos(value, 'y', true);
    if (y < bbox.top - 1 || y > bbox.top + bbox.height + 1) continue;
    ctx.setLineDash(dash);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
    const above = y - 5 * ratio;
    const baseline = above - 12 * ratio < taken ? y + 14 * ratio : above;
    ctx.fillStyle = ink;
    write(`${label} ${Number(value.toPrecision(4))}`, bbox.left + bbox.width - 6 * ratio, baseline);
    taken = baseline;
  }
  ctx.setLineDash([]);
  ctx.textAlign = 'left';
  const { chartAxis } = state.looks;
  for (const mark of state.runs.sgd.timeline.marks) {
    const x = Math.round(u.valToPos(placeOn(mark, chartAxis), 'x', true));
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    write(mark.label, x + 4 * ratio, bbox.top + 12 * ratio);
  }
  ctx.restore();
}
