import type { Context2d } from './cell-image';

/** A rectangle of a canvas, in its pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Hatches a box but for its first `right` × `bottom` pixels: where nobody has come yet.
 *
 * @param pixels of the canvas in one of the page
 */
export function hatchOutside(
  context: Context2d,
  { x, y, width, height }: Box,
  right: number,
  bottom: number,
  dark: boolean,
  pixels: number,
): void {
  if (right >= width && bottom >= height) return;
  context.save();
  context.beginPath();
  context.rect(x + right, y, width - right, height);
  context.rect(x, y + bottom, right, height - bottom);
  context.clip();
  context.fillStyle = dark ? '#1c2027' : '#f1f2f5';
  context.fillRect(x, y, width, height);
  context.strokeStyle = dark ? '#343b46' : '#d3d8df';
  context.lineWidth = pixels;
  context.beginPath();
  for (let at = -height; at < width; at += 7 * pixels) {
    context.moveTo(x + at, y + height);
    context.lineTo(x + at + height, y);
  }
  context.stroke();
  context.restore();
}
