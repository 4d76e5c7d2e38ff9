import { type Axis, binAt, type Lens } from '../../paint/lens';

/** So many of the first users and items, in the order in which they came. */
export interface Taken {
  readonly users: number;
  readonly items: number;
}

/** Where the first `count` positions of an axis end on `size` pixels: whole bins only. */
function edge(axis: Axis, count: number, size: number): number {
  if (count <= 0) return 0;
  return ((binAt(axis, Math.min(count, axis.to) - 1) + 1) / axis.binCount) * size;
}

/** Hatches where nobody has come yet. */
export function drawUnseen(
  canvas: HTMLCanvasElement,
  { users, items }: Lens,
  taken: Taken,
  dark: boolean,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const [right, bottom] = [edge(items, taken.items, width), edge(users, taken.users, height)];
  if (right >= width && bottom >= height) return;
  const ratio = devicePixelRatio;
  context.save();
  context.beginPath();
  context.rect(right, 0, width - right, height);
  context.rect(0, bottom, right, height - bottom);
  context.clip();
  context.fillStyle = dark ? '#1c2027' : '#f1f2f5';
  context.fillRect(0, 0, width, height);
  context.strokeStyle = dark ? '#343b46' : '#d3d8df';
  context.lineWidth = ratio;
  context.beginPath();
  for (let x = -height; x < width; x += 7 * ratio) {
    context.moveTo(x, height);
    context.lineTo(x + height, 0);
  }
  context.stroke();
  context.restore();
}

/** Marks the rows and columns that are new; `faded` 0…1. */
export function markNew(
  canvas: HTMLCanvasElement,
  { users, items }: Lens,
  from: Taken,
  to: Taken,
  faded: number,
  dark: boolean,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const thin = 1.5 * devicePixelRatio;
  const [left, right] = [edge(items, from.items, width), edge(items, to.items, width)];
  const [top, bottom] = [edge(users, from.users, height), edge(users, to.users, height)];
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
  { users, items }: Lens,
  { user, item }: { readonly user: number; readonly item: number },
  cellOnly: boolean,
  dark: boolean,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const ratio = devicePixelRatio;
  const band = (axis: Axis, who: number, size: number) => {
    const bin = binAt(axis, axis.place[who]);
    return { at: (bin / axis.binCount) * size, length: Math.max(size / axis.binCount, 2 * ratio) };
  };
  const [down, across] = [band(users, user, height), band(items, item, width)];
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
