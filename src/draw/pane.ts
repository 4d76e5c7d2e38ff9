import type { Reconstruct } from '../kernels/simd/reconstruct';
import type { Snapshot } from '../methods/snapshot';
import { type CellImage, type Context2d, cellImage } from './cell-image';
import type { Axis } from './lens';
import { type Colours, paintDifference, paintModel, paintRatings, type View } from './painter';
import { type PredictionBuffer, predictionBuffer } from './predictions';
import type { Scene } from './scene';
import { placeOf, type Range, type Window } from './window';

/** A model, the ratings, what one model predicts less what another does, or nothing that is known. */
export type Subject = Snapshot | 'ratings' | readonly [left: Snapshot, right: Snapshot] | null;

/** Paints the ratings, or one model after the other, and keeps its buffers between them. */
export interface Pane {
  readonly cells: CellImage;
  /** Colours the cells anew. */
  paint(colours: Colours, view: View, what: Subject): void;
}

export function pane(scene: Scene, reconstruct: Reconstruct | null): Pane {
  const cells = cellImage(scene.width, scene.height);
  const buffer = predictionBuffer(scene);
  let other: PredictionBuffer | null = null;
  return {
    cells,
    paint(colours, view, what) {
      if (what === 'ratings') paintRatings(scene, colours, view, cells.words);
      else if (what && 'length' in what) {
        other ??= predictionBuffer(scene);
        const [left, right] = what;
        const [a, b] = [
          { buffer, snapshot: left },
          { buffer: other, snapshot: right },
        ];
        paintDifference(scene, colours.unknown, a, b, cells.words, reconstruct);
      } else if (what) paintModel(scene, colours, view, buffer, what, cells.words, reconstruct);
      else cells.words.fill(colours.unknown);
    },
  };
}

/** Draws what of the cells is in a window into a rectangle of device pixels; without a window, all of them. */
export function drawPane(
  context: Context2d,
  { cells }: Pick<Pane, 'cells'>,
  { lens }: Scene,
  window: Window | null,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const whole = (size: number) => ({ at: 0, length: size });
  const across = window ? placeOf(lens.items, window.items, width) : whole(width);
  const down = window ? placeOf(lens.users, window.users, height) : whole(height);
  drawPart(context, cells, window !== null, x, y, width, height, across, down);
}

/** The same for strips: of users down the side, of items along the top. */
export function drawStrip(
  context: Context2d,
  cells: CellImage,
  { lens }: Scene,
  window: Window | null,
  side: 'users' | 'items',
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  const place = (axis: 'users' | 'items', size: number) =>
    window && axis === side ? placeOf(lens[axis], window[axis], size) : { at: 0, length: size };
  drawPart(
    context,
    cells,
    window !== null,
    x,
    y,
    width,
    height,
    place('items', width),
    place('users', height),
  );
}

type Place = ReturnType<typeof placeOf>;

function drawPart(
  context: Context2d,
  cells: CellImage,
  isPart: boolean,
  x: number,
  y: number,
  width: number,
  height: number,
  across: Place,
  down: Place,
): void {
  if (!isPart) {
    cells.draw(context, x, y, width, height);
    return;
  }
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  cells.stretch(context, x + across.at, y + down.at, across.length, down.length);
  context.restore();
}

/** Cells of a scene that are in a window, whole ones; without a window, all of them. */
export function cellsShown(scene: Pick<Scene, 'lens' | 'width' | 'height'>, window: Window | null) {
  if (!window) return { width: scene.width, height: scene.height };
  const count = (axis: Axis, { from, to }: Range) =>
    Math.max(1, Math.round(((to - from) * axis.binCount) / (axis.to - axis.from)));
  const { users, items } = scene.lens;
  return { width: count(items, window.items), height: count(users, window.users) };
}
