import type { Box } from '../../draw/cell-image';
import { crispSide } from '../../draw/crisp-side';
import { type Axis, binAround } from '../../draw/lens';
import { type Pane, pane as paneOf } from '../../draw/pane';
import type { Scene } from '../../draw/scene';
import type { Colours, Theme } from '../../draw/theme';
import type { Range, Window } from '../../draw/window';
import { drawLabels } from './labels';
import { showLit } from './lit';
import type { PaneCanvases, PanePicture, StagePicture } from './model';
import type { Cell } from './slice';

/** The elements of a pane that are written to without React. */
export interface PaneElements extends PaneCanvases {
  /** Of the pane. */
  readonly id: string;
  readonly crosshair: HTMLElement;
  readonly lit: HTMLElement;
  readonly reading: HTMLElement | null;
}

/** How a whole stage is shown: the colours that its palette and theme come to, and what of the matrices is on screen. */
export interface Shown {
  readonly colours: Colours;
  readonly theme: Theme;
  readonly window: Window;
  /** Under the crosshair, where it is on screen. */
  readonly cell: Cell | null;
}

/** Keeps one pane on the screen true to pictures: paints only what has changed since the one before. */
export function screenPane(elements: PaneElements) {
  const { matrix, users, items } = elements;
  let made: { readonly scene: Scene; readonly painter: Pane } | null = null;
  /** What its canvases were drawn by. */
  let drawn: readonly unknown[] = [];

  function painterFor({ scene, reconstruct }: StagePicture): Pane {
    if (made?.scene !== scene) {
      made = { scene, painter: paneOf(scene, reconstruct) };
      drawn = [];
    }
    return made.painter;
  }

  function draw(painter: Pane, scene: Scene, window: Window) {
    fill(matrix, (context, box) => painter.draw(context, window, box));
    drawLabels(matrix, scene, window, painter.values, painter.words);
    fill(users, (context, box) => painter.drawStrip(context, window, 'users', box));
    fill(items, (context, box) => painter.drawStrip(context, window, 'items', box));
  }

  return {
    id: elements.id,
    show(picture: StagePicture, { subject, version, over, lit, reading }: PanePicture, shown: Shown): void {
      const { colours, theme, window, cell } = shown;
      const painter = painterFor(picture);
      const changed = painter.paint(colours, picture.view, subject, version);
      const inputs = [picture.window, theme, ...(over?.inputs ?? [])];
      if (changed || inputs.length !== drawn.length || inputs.some((input, i) => input !== drawn[i])) {
        drawn = inputs;
        draw(painter, picture.scene, window);
        over?.draw(elements, window, theme);
      }
      showLit(elements.lit, lit ?? null, picture.scene, window);
      showCrosshair(elements, picture.scene, window, cell);
      if (elements.reading) write(elements.reading, (cell && reading?.(cell)) ?? '');
    },
    /** Shows nothing. */
    clear(): void {
      for (const canvas of [matrix, users, items]) fill(canvas, () => {});
      drawn = [];
    },
    /**
     * Sizes the canvases for the room there is; all lengths in CSS pixels, the backing stores in device pixels.
     *
     * @param cells on the longer side of the whole matrix
     */
    resize(cells: number, room: number, ratio: number): void {
      // A ratings file is an overview and fills the square; a picture keeps its cells square.
      const side = crispSide(cells, room * ratio);
      const strip = Math.round(stripThickness * ratio);
      setSize(matrix, side, side, ratio);
      setSize(users, strip, side, ratio);
      setSize(items, side, strip, ratio);
      drawn = [];
    },
    /** Moves the pane by less than a device pixel so that its cells lie on whole ones: canvases between them blur. */
    align(ratio: number): void {
      const grid = matrix.closest<HTMLElement>('.pane-grid');
      if (!grid) return;
      grid.style.translate = 'none';
      const { left, top } = matrix.getBoundingClientRect();
      const toWhole = (length: number) => Math.round(length * ratio) / ratio - length;
      grid.style.translate = `${toWhole(left)}px ${toWhole(top + scrollY)}px`;
    },
  };
}

/** Thickness of a factor strip and its gap to the matrix, CSS pixels. */
export const stripThickness = 30;
export const stripGap = 4;

export function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function fill(
  canvas: HTMLCanvasElement | null,
  draw: (context: CanvasRenderingContext2D, box: Box) => void,
): void {
  const context = canvas?.getContext('2d');
  if (!canvas || !context) return;
  const { width, height } = canvas;
  context.clearRect(0, 0, width, height);
  draw(context, { x: 0, y: 0, width, height });
}

function setSize(canvas: HTMLCanvasElement | null, width: number, height: number, ratio: number): void {
  if (!canvas) return;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  canvas.style.width = `${width / ratio}px`;
  canvas.style.height = `${height / ratio}px`;
}

function showCrosshair(
  { crosshair, matrix }: PaneElements,
  { lens }: Scene,
  window: Window,
  cell: Cell | null,
): void {
  crosshair.hidden = !cell;
  if (!cell) return;
  const [x, y] = [
    middleOf(lens.items, cell.item, window.items),
    middleOf(lens.users, cell.user, window.users),
  ];
  crosshair.style.setProperty('--x', `${x * matrix.clientWidth}px`);
  crosshair.style.setProperty('--y', `${y * matrix.clientHeight}px`);
}

/** Where the middle of a position's bin lies in what is shown, 0…1. */
function middleOf(axis: Axis, position: number, shown: Range): number {
  const [from, to] = binAround(axis, position);
  return ((from + to) / 2 - shown.from) / (shown.to - shown.from);
}
