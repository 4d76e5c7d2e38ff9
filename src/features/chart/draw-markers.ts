import type uPlot from 'uplot';
import type { Chart } from '../../draw/chart/chart';
import { markerSide } from '../../draw/chart/markers';
import type { Inks } from './inks';

/** From one marker of a curve to its next, and how large they are: CSS pixels. */
const apart = 96;
const side = 8;

/** Markers on curves, at places where something was measured; those of different curves beside one another. */
export function drawMarkers(u: uPlot, { curves }: Chart, inks: Inks): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio;
  const marked = curves.filter(({ past }) => !past);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const [i, { marker, colour, xs, ys, by = 0 }] of marked.entries()) {
    if (!marker) continue;
    const shape = new Path2D(marker);
    let next = bbox.left + ((i + 0.5) / marked.length) * apart * ratio;
    for (let k = 0; k < xs.length; k++) {
      const x = u.valToPos(xs[k], 'x', true);
      const value = ys[k];
      if (x < next || value === null) continue;
      next = x + apart * ratio;
      stamp(
        ctx,
        shape,
        x,
        u.valToPos(value, by === 0 ? 'y' : `y${by}`, true),
        inks.colour(colour),
        inks.surface,
      );
    }
  }
  ctx.restore();
}

function stamp(
  ctx: CanvasRenderingContext2D,
  shape: Path2D,
  x: number,
  y: number,
  ink: string,
  around: string,
) {
  const scale = (side / markerSide) * devicePixelRatio;
  ctx.save();
  ctx.translate(x - (markerSide / 2) * scale, y - (markerSide / 2) * scale);
  ctx.scale(scale, scale);
  ctx.strokeStyle = around;
  ctx.lineWidth = 2;
  ctx.setLineDash([]);
  ctx.stroke(shape);
  ctx.fillStyle = ink;
  ctx.fill(shape);
  ctx.restore();
}
