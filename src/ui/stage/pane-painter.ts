import { type CellImage, cellImage } from '../../export/cell-image';
import { crispSide } from '../../paint/crisp-side';
import { type Colours, paintFactors, paintModel, paintRatings, type View } from '../../paint/painter';
import { type PredictionBuffer, predictionBuffer } from '../../paint/predictions';
import type { Scene } from '../../paint/scene';
import type { Snapshot } from '../../runs/snapshot';

/** Canvases of one pane; strips only where there are factors. */
export interface PaneCanvases {
  readonly matrix: HTMLCanvasElement;
  readonly users?: HTMLCanvasElement;
  readonly items?: HTMLCanvasElement;
}

/** Paints one pane's canvases. Buffers live as long as the scene. */
export interface PanePainter {
  readonly buffer: PredictionBuffer;
  paint(colours: Colours, view: View, snapshot: Snapshot | null): void;
}

export function panePainter(scene: Scene, canvases: PaneCanvases): PanePainter {
  const matrix = cellImage(scene.width, scene.height);
  const buffer = predictionBuffer(scene);
  let strips: { rank: number; users: CellImage; items: CellImage } | null = null;

  function paintStrips(snapshot: Snapshot) {
    if (!canvases.users || !canvases.items) return;
    const { rank } = snapshot;
    if (strips?.rank !== rank)
      strips = { rank, users: cellImage(rank, scene.height), items: cellImage(scene.width, rank) };
    const { users, items } = buffer.factors(snapshot);
    paintFactors(users, rank, false, strips.users.words);
    paintFactors(items, rank, true, strips.items.words);
    fill(canvases.users, strips.users);
    fill(canvases.items, strips.items);
  }

  return {
    buffer,
    paint(colours, view, snapshot) {
      if (!canvases.users) paintRatings(scene, colours, view, matrix.words);
      else if (snapshot) paintModel(scene, colours, view, buffer, snapshot, matrix.words);
      else matrix.words.fill(colours.unknown);
      fill(canvases.matrix, matrix);
      if (snapshot) paintStrips(snapshot);
    },
  };
}

function fill(canvas: HTMLCanvasElement, image: CellImage) {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.clearRect(0, 0, canvas.width, canvas.height);
  image.draw(context, 0, 0, canvas.width, canvas.height);
}

/** Thickness of a factor strip and its gap to the matrix, CSS pixels. */
export const stripThickness = 30;
export const stripGap = 4;

/** Sizes a pane's canvases for the room there is; all lengths in CSS pixels, the backing stores in device pixels. */
export function sizePane(canvases: PaneCanvases, scene: Scene, room: number, ratio: number): void {
  const longer = Math.max(scene.width, scene.height);
  const side = crispSide(longer, room * ratio);
  // A ratings file is an overview and fills the square; a picture keeps its cells square.
  const width = side;
  const height = side;
  const set = (canvas: HTMLCanvasElement | undefined, w: number, h: number) => {
    if (!canvas) return;
    if (canvas.width !== w) canvas.width = w;
    if (canvas.height !== h) canvas.height = h;
    canvas.style.width = `${w / ratio}px`;
    canvas.style.height = `${h / ratio}px`;
  };
  const strip = Math.round(stripThickness * ratio);
  set(canvases.matrix, width, height);
  set(canvases.users, strip, height);
  set(canvases.items, width, strip);
}
