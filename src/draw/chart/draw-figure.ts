import type { Context2d } from '../cell-image';
import { fontOf } from '../theme';
import type { Figure } from './figure';

/** Draws a figure with its corner at a place, device pixels. */
export function drawFigure(context: Context2d, { shapes }: Figure, left: number, top: number): void {
  context.save();
  context.translate(left, top);
  context.lineJoin = 'round';
  context.textBaseline = 'alphabetic';
  for (const shape of shapes) {
    context.beginPath();
    if (shape.kind === 'line') {
      context.strokeStyle = shape.stroke;
      context.lineWidth = shape.width;
      context.setLineDash(shape.dash ? [...shape.dash] : []);
      for (const [x, y] of shape.points) context.lineTo(x, y);
      context.stroke();
    } else if (shape.kind === 'dot') {
      context.fillStyle = shape.fill;
      context.arc(shape.x, shape.y, shape.r, 0, 2 * Math.PI);
      context.fill();
    } else {
      context.setLineDash([]);
      context.font = fontOf(shape.weight, shape.size);
      context.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor;
      if (shape.halo) {
        context.strokeStyle = shape.halo;
        context.lineWidth = shape.size / 3;
        context.strokeText(shape.text, shape.x, shape.y);
      }
      context.fillStyle = shape.fill;
      context.fillText(shape.text, shape.x, shape.y);
    }
  }
  context.restore();
}
