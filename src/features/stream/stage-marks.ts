import { hatch, type Places, spanOf } from '../../draw/hatch';
import type { Orders } from '../../draw/orders';
import type { Theme } from '../../draw/theme';
import type { Range, Window } from '../../draw/window';

/** Hatches where nobody has come yet. */
export function drawUnseen(canvas: HTMLCanvasElement, window: Window, unseen: Places, theme: Theme): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  hatch(context, { x: 0, y: 0, width, height }, window, unseen, theme, devicePixelRatio);
}

/** Marks the rows and columns that are new; `faded` 0…1. */
export function markNew(
  canvas: HTMLCanvasElement,
  window: Window,
  { users, items }: Places,
  faded: number,
  { fresh }: Theme,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const thin = 1.5 * devicePixelRatio;
  context.save();
  context.globalAlpha = 0.75 * (1 - faded);
  context.fillStyle = fresh;
  for (const range of items) {
    const { at, length } = spanOf(range, window.items, width);
    if (onScreen(range, window.items)) context.fillRect(at, 0, Math.max(thin, length), height);
  }
  for (const range of users) {
    const { at, length } = spanOf(range, window.users, height);
    if (onScreen(range, window.users)) context.fillRect(0, at, width, Math.max(thin, length));
  }
  context.restore();
}

const onScreen = (range: Range, shown: Range) => range.to > shown.from && range.from < shown.to;

/** Where a position lies on `size` pixels that show a range of them. */
const at = (position: number, { from, to }: Range, size: number) => ((position - from) / (to - from)) * size;

/** Frames the row and the column that one rating changed; or the one cell where it was given. */
export function lightUp(
  canvas: HTMLCanvasElement,
  { users, items }: Window,
  orders: Orders,
  { user, item }: { readonly user: number; readonly item: number },
  cellOnly: boolean,
  { lit }: Theme,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const ratio = devicePixelRatio;
  const band = (position: number, shown: Range, size: number) => ({
    at: at(position, shown, size),
    length: Math.max(size / (shown.to - shown.from), 2 * ratio),
  });
  const down = band(orders.users.place[user], users, height);
  const across = band(orders.items.place[item], items, width);
  context.save();
  context.lineWidth = 1.5 * ratio;
  for (const [colour, grow] of [
    [lit.around, 2 * ratio],
    [lit.frame, ratio / 2],
  ] as const) {
    context.strokeStyle = colour;
    const box = (x: number, y: number, w: number, h: number) =>
      context.strokeRect(x - grow, y - grow, w + 2 * grow, h + 2 * grow);
    if (cellOnly) box(across.at, down.at, across.length, down.length);
    else {
      box(0, down.at, width, down.length);
      box(across.at, 0, across.length, height);
    }
  }
  context.restore();
}
