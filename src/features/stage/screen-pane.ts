import type { Box, Context2d } from '../../draw/cell-image';
import { crispSide } from '../../draw/cell-image';
import { type Axis, binAround } from '../../draw/lens';
import { type Pane, type PanePart, pane as paneOf } from '../../draw/pane';
import type { Scene } from '../../draw/scene';
import type { Colours, Theme } from '../../draw/theme';
import { placeOf, type Range, type Window } from '../../draw/window';
import { drawLabels } from './labels';
import { showLit } from './lit';
import type { PanePicture, StagePicture } from './model';
import { restingOn } from './resting';
import type { Cell } from './slice';

/** The elements of a pane that are written to without React. */
export interface PaneElements {
  /** Of the pane. */
  readonly id: string;
  readonly matrix: HTMLCanvasElement;
  /** Strips, where there are factors. */
  readonly users: HTMLCanvasElement | null;
  readonly items: HTMLCanvasElement | null;
  readonly crosshair: HTMLElement;
  readonly lit: HTMLElement;
  readonly reading: HTMLElement | null;
  readonly breakdown: HTMLElement | null;
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
  const rest = restingOn(elements.breakdown);
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

  /** Empties the canvases, and has something drawn on each. */
  function redraw(draw?: (part: PanePart, context: Context2d, box: Box) => void) {
    for (const part of ['matrix', 'users', 'items'] as const) {
      const context = elements[part]?.getContext('2d');
      if (!context) continue;
      const { width, height } = context.canvas;
      context.clearRect(0, 0, width, height);
      draw?.(part, context, { x: 0, y: 0, width, height });
    }
  }

  return {
    id: elements.id,
    show(
      picture: StagePicture,
      { subject, version, over, lit, reading, breakdown }: PanePicture,
      shown: Shown,
    ): void {
      const { colours, theme, window, cell } = shown;
      const painter = painterFor(picture);
      const changed = painter.paint(colours, picture.view, subject, version);
      const inputs = [picture.window, theme, ...(over?.inputs ?? [])];
      if (changed || inputs.length !== drawn.length || inputs.some((input, i) => input !== drawn[i])) {
        drawn = inputs;
        redraw((part, context, box) => {
          painter.draw(context, part, window, box);
          if (part === 'matrix') drawLabels(matrix, picture.scene, window, painter.values, painter.words);
          over?.draw(part, context, box, window, theme);
        });
      }
      showLit(elements.lit, lit ?? null, picture.scene, window);
      showCrosshair(elements, picture.scene, window, cell);
      if (elements.reading) write(elements.reading, (cell && reading?.(cell)) ?? '');
      const { from, to } = window.users;
      const isLow = cell !== null && cell.user - from > (to - from) / 2;
      rest(cell, isLow, cell && breakdown ? () => breakdown(cell) : undefined);
    },
    /** Shows nothing. */
    clear(): void {
      redraw();
      rest(null, false);
      drawn = [];
    },
    /**
     * Sizes the canvases for the room there is; all lengths in CSS pixels, the backing stores in device pixels.
     *
     * @param cells on the longer side of the whole matrix
     * @param room the side of the square that there is for it
     * @param thick how thick its strips of factors are, beside it and above it
     */
    resize(
      cells: number,
      room: number,
      thick: { readonly strip: number; readonly above: number },
      ratio: number,
    ): void {
      // A ratings file is an overview and fills the square; a picture keeps its cells square.
      const side = crispSide(cells, room * ratio);
      setSize(matrix, side, side, ratio);
      setSize(users, Math.round(thick.strip * ratio), side, ratio);
      setSize(items, side, Math.round(thick.above * ratio), ratio);
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

export function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
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
  const middle = (axis: Axis, position: number, shown: Range, size: number) => {
    const [from, to] = binAround(axis, position);
    return `${placeOf({ from: (from + to) / 2, to }, shown, size).at}px`;
  };
  crosshair.style.setProperty('--x', middle(lens.items, cell.item, window.items, matrix.clientWidth));
  crosshair.style.setProperty('--y', middle(lens.users, cell.user, window.users, matrix.clientHeight));
}
