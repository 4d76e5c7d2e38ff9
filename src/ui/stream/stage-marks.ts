import { hatchOutside } from '../../export/hatch';
import type { Orders } from '../../paint/orders';
import type { Range, Window } from '../../paint/window';

/** So many of the first users and items, in the order in which they came. */
export interface Taken {
  readonly users: number;
  readonly items: number;
}

/** Where a position lies on `size` pixels that show a range of them. */
const at = (position: number, { from, to }: Range, size: number) => ((position - from) / (to - from)) * size;

/** Where the first `count` positions end. */
const edge = (count: number, shown: Range, size: number) =>
  Math.min(size, Math.max(0, Math.round(at(count, shown, size))));

/** Hatches where nobody has come yet. */
export function drawUnseen(
  canvas: HTMLCanvasElement,
  { users, items }: Window,
  taken: Taken,
  dark: boolean,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const [right, bottom] = [edge(taken.items, items, width), edge(taken.users, users, height)];
  const box = { x: 0, y: 0, width, height };
  hatchOutside(context, box, right, bottom, dark, devicePixelRatio);
}

/** Marks the rows and columns that are new; `faded` 0…1. */
export function markNew(
  canvas: HTMLCanvasElement,
  { users, items }: Window,
  from: Taken,
  to: Taken,
  faded: number,
  dark: boolean,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const thin = 1.5 * devicePixelRatio;
  const [left, right] = [edge(from.items, items, width), edge(to.items, items, width)];
  const [top, bottom] = [edge(from.users, users, height), edge(to.users, users, height)];
  context.save();
  context.globalAlpha = 0.75 * (1 - faded);
  context.fillStyle = dark ? '#38b6bf' : '#0e7c86';
  if (to.items > from.items)
    context.fillRect(Math.min(left, right - thin), 0, Math.max(thin, right - left), bottom);
  if (to.users > from.users)
    context.fillRect(0, Math.min(top, bottom - thin), right, Math.max(thin, bottom - top));
  context.restore();
}

/** Frames the row and the column that one rating changed; or the one cell where it was given. */
export function lightUp(
  canvas: HTMLCanvasElement,
  { users, items }: Window,
  orders: Orders,
  { user, item }: { readonly user: number; readonly item: number },
  cellOnly: boolean,
  dark: boolean,
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
    [dark ? '#000b' : '#fffd', 2 * ratio],
    [dark ? '#ffd24a' : '#d6006c', ratio / 2],
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
