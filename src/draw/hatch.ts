import type { Box, Context2d } from './cell-image';
import type { Theme } from './theme';
import type { Range, Window } from './window';

/** Where a range of positions lies on `size` pixels that show others, in whole pixels; empty outside. */
export function spanOf({ from, to }: Range, shown: Range, size: number): { at: number; length: number } {
  const pixel = (position: number) =>
    Math.min(size, Math.max(0, Math.round(((position - shown.from) / (shown.to - shown.from)) * size)));
  const at = pixel(from);
  return { at, length: pixel(to) - at };
}

/** Ranges of positions, ascending. */
export interface Places {
  readonly users: readonly Range[];
  readonly items: readonly Range[];
}

/**
 * Hatches rows and columns of a box that shows a window of a matrix: where nobody has come yet.
 *
 * @param pixels of the canvas in one of the page
 */
export function hatch(
  context: Context2d,
  { x, y, width, height }: Box,
  window: Window,
  { users, items }: Places,
  { unseen: { ground, lines } }: Theme,
  pixels: number,
): void {
  const rows = users.map((range) => spanOf(range, window.users, height)).filter(({ length }) => length > 0);
  const columns = items.map((range) => spanOf(range, window.items, width)).filter(({ length }) => length > 0);
  if (rows.length + columns.length === 0) return;
  context.save();
  context.beginPath();
  for (const { at, length } of rows) context.rect(x, y + at, width, length);
  for (const { at, length } of columns) context.rect(x + at, y, length, height);
  context.clip();
  context.fillStyle = ground;
  context.fillRect(x, y, width, height);
  context.strokeStyle = lines;
  context.lineWidth = pixels;
  context.beginPath();
  for (let at = -height; at < width; at += 7 * pixels) {
    context.moveTo(x + at, y + height);
    context.lineTo(x + at + height, y);
  }
  context.stroke();
  context.restore();
}
