import type { Box } from '../../draw/cell-image';
import { crispSide } from '../../draw/crisp-side';
import { type Pane, pane } from '../../draw/pane';
import type { Scene } from '../../draw/scene';
import type { Window } from '../../draw/window';
import type { Reconstruct } from '../../kernels/simd/reconstruct';
import { drawLabels } from './labels';

/** Canvases of one pane; strips only where there are factors. */
export interface PaneCanvases {
  readonly matrix: HTMLCanvasElement;
  readonly users?: HTMLCanvasElement;
  readonly items?: HTMLCanvasElement;
}

/** Paints one pane's canvases, for one scene: its buffers live as long. */
export interface PanePainter extends Pick<Pane, 'paint'> {
  /** Brings what of the cells is in the window onto the canvases. */
  show(window: Window): void;
}

export function panePainter(
  scene: Scene,
  { matrix, users, items }: PaneCanvases,
  reconstruct: Reconstruct | null,
): PanePainter {
  const painter = pane(scene, reconstruct);
  const fill = (
    canvas: HTMLCanvasElement | undefined,
    draw: (context: CanvasRenderingContext2D, box: Box) => void,
  ) => {
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const { width, height } = canvas;
    context.clearRect(0, 0, width, height);
    draw(context, { x: 0, y: 0, width, height });
  };
  return {
    paint: painter.paint,
    show(window) {
      fill(matrix, (context, box) => painter.draw(context, window, box));
      drawLabels(matrix, scene, window, painter.values, painter.words);
      fill(users, (context, box) => painter.drawStrip(context, window, 'users', box));
      fill(items, (context, box) => painter.drawStrip(context, window, 'items', box));
    },
  };
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
