import { type CellImage, cellImage } from '../../draw/cell-image';
import { crispSide } from '../../draw/crisp-side';
import {
  type Colours,
  differenceValues,
  modelValues,
  paintDifference,
  paintFactors,
  paintModel,
  paintRatings,
  type View,
} from '../../draw/painter';
import { type PredictionBuffer, predictionBuffer } from '../../draw/predictions';
import type { Scene } from '../../draw/scene';
import { placeOf, type Window } from '../../draw/window';
import type { Reconstruct } from '../../kernels/simd/reconstruct';
import type { Snapshot } from '../../methods/snapshot';
import { drawLabels } from './labels';

/** Canvases of one pane; strips only where there are factors. */
export interface PaneCanvases {
  readonly matrix: HTMLCanvasElement;
  readonly users?: HTMLCanvasElement;
  readonly items?: HTMLCanvasElement;
}

/** Paints one pane's canvases, for one scene: its buffers live as long. */
export interface PanePainter {
  /** Colours the scene's cells anew. */
  paint(colours: Colours, view: View, snapshot: Snapshot | null): void;
  /** The same, with what one model predicts less what another does. */
  paintDifference(colours: Colours, left: Snapshot, right: Snapshot): void;
  /** Brings what of them is in the window onto the canvases. */
  show(window: Window): void;
}

export function panePainter(
  scene: Scene,
  canvases: PaneCanvases,
  reconstruct: Reconstruct | null,
): PanePainter {
  const matrix = cellImage(scene.width, scene.height);
  const buffer: PredictionBuffer = predictionBuffer(scene);
  let values = () => scene.mean;
  /** Of the second model, where two are compared. */
  let other: PredictionBuffer | null = null;
  let strips: { rank: number; users: CellImage; items: CellImage } | null = null;

  function paintStrips(snapshot: Snapshot) {
    const { rank } = snapshot;
    if (strips?.rank !== rank)
      strips = { rank, users: cellImage(rank, scene.height), items: cellImage(scene.width, rank) };
    const { users, items } = buffer.factors(snapshot);
    paintFactors(users, rank, false, strips.users.words);
    paintFactors(items, rank, true, strips.items.words);
  }

  return {
    paint(colours, view, snapshot) {
      if (!canvases.users) {
        paintRatings(scene, colours, view, matrix.words);
        values = () => scene.mean;
      } else if (snapshot) {
        paintModel(scene, colours, view, buffer, snapshot, matrix.words, reconstruct);
        values = () => modelValues(view, buffer, snapshot);
        paintStrips(snapshot);
      } else matrix.words.fill(colours.unknown);
    },
    paintDifference({ unknown }, left, right) {
      other ??= predictionBuffer(scene);
      const [a, b] = [
        { buffer, snapshot: left },
        { buffer: other, snapshot: right },
      ];
      paintDifference(scene, unknown, a, b, matrix.words, reconstruct);
      values = () => differenceValues(a, b);
    },
    show({ users, items }) {
      const { lens } = scene;
      const down = (size: number) => placeOf(lens.users, users, size);
      const across = (size: number) => placeOf(lens.items, items, size);
      const all = (size: number): Place => ({ at: 0, length: size });
      fill(canvases.matrix, matrix, across, down);
      drawLabels(canvases.matrix, scene, { users, items }, values, matrix.words);
      if (!strips) return;
      if (canvases.users) fill(canvases.users, strips.users, all, down);
      if (canvases.items) fill(canvases.items, strips.items, across, all);
    },
  };
}

type Place = ReturnType<typeof placeOf>;

function fill(
  canvas: HTMLCanvasElement,
  image: CellImage,
  across: (size: number) => Place,
  down: (size: number) => Place,
) {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const [x, y] = [across(width), down(height)];
  context.clearRect(0, 0, width, height);
  const whole = x.at === 0 && y.at === 0 && x.length === width && y.length === height;
  if (whole) image.draw(context, 0, 0, width, height);
  else image.stretch(context, x.at, y.at, x.length, y.length);
}

/** Thickness of a factor strip and its gap to the matrix, CSS pixels. */
export const stripThickness = 30;
export const stripGap = 4;

/**
 * Sizes a pane's canvases for the room there is; all lengths in CSS pixels, the backing stores in device pixels.
 *
 * @param cells on the longer side of the whole matrix
 */
export function sizePane(canvases: PaneCanvases, cells: number, room: number, ratio: number): void {
  // A ratings file is an overview and fills the square; a picture keeps its cells square.
  const side = crispSide(cells, room * ratio);
  const set = (canvas: HTMLCanvasElement | undefined, w: number, h: number) => {
    if (!canvas) return;
    if (canvas.width !== w) canvas.width = w;
    if (canvas.height !== h) canvas.height = h;
    canvas.style.width = `${w / ratio}px`;
    canvas.style.height = `${h / ratio}px`;
  };
  const strip = Math.round(stripThickness * ratio);
  set(canvases.matrix, side, side);
  set(canvases.users, strip, side);
  set(canvases.items, side, strip);
}
