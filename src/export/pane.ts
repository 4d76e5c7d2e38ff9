import type { Reconstruct } from '../kernels/simd/reconstruct';
import { type Colours, paintDifference, paintModel, paintRatings, type View } from '../paint/painter';
import { type PredictionBuffer, predictionBuffer } from '../paint/predictions';
import type { Scene } from '../paint/scene';
import { placeOf, type Window } from '../paint/window';
import type { Snapshot } from '../runs/snapshot';
import { type CellImage, type Context2d, cellImage } from './cell-image';

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
  { cells }: Pane,
  { lens }: Scene,
  window: Window | null,
  x: number,
  y: number,
  width: number,
  height: number,
): void {
  if (!window) {
    cells.draw(context, x, y, width, height);
    return;
  }
  const across = placeOf(lens.items, window.items, width);
  const down = placeOf(lens.users, window.users, height);
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  cells.stretch(context, x + across.at, y + down.at, across.length, down.length);
  context.restore();
}
