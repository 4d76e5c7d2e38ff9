import type { Box, Context2d } from '../../draw/cell-image';
import { type Axis, binAt, firstOfBin, type Lens } from '../../draw/lens';
import type { PanePart, Subject } from '../../draw/pane';
import type { Scene } from '../../draw/scene';
import type { Theme } from '../../draw/theme';
import type { View } from '../../draw/views/view';
import { type Counts, including, type Range, type Window, wholeWindow } from '../../draw/window';
import type { Reconstruct } from '../../kernels/simd/reconstruct';
import type { Looks } from '../../state/looks';
import type { Breakdown } from './breakdown';
import type { Cell } from './slice';

/** What a stage shows of an experiment, and what can be done on it: the race and the stream each have one. */
export interface StageModel {
  /** Tells of every change of what is shown; returns how to end it. */
  subscribe(changed: () => void): () => void;
  /** What is to be painted now; null: nothing. */
  picture(): StagePicture | null;
  /** What of the matrices is on screen; null: there are none. Quick: asked at every move of a pointer. */
  viewed(): Viewed | null;
  /** Brings a part of the matrices onto all panes; null: the whole. */
  show(window: Window | null): void;
  /** The pointer is over a cell; null: over none. */
  pointAt(cell: Cell | null): void;
  /** A cell was clicked, and not dragged. */
  choose?(cell: Cell): void;
}

/** Users and items, who of them is on screen, and where they stand. */
export interface Viewed {
  readonly counts: Counts;
  /** Null: the whole. */
  readonly window: Window | null;
  readonly lens: Lens;
  /** Where rows and columns are marked in all panes; null: nowhere. */
  readonly crosshair: Cell | null;
}

/** A stage at one moment. */
export interface StagePicture extends Omit<Viewed, 'lens'> {
  readonly scene: Scene;
  /** On the longer side of the whole, as they are seen there. */
  readonly cells: number;
  readonly view: View;
  readonly looks: Pick<Looks, 'palette' | 'theme'>;
  readonly reconstruct: Reconstruct | null;
  /** By the id of the pane. */
  readonly panes: Readonly<Record<string, PanePicture>>;
  /** What is said above the panes; of the cell under the crosshair, where it is on screen. */
  where(cell: Cell | null): string;
  /** Milliseconds until something has changed by itself; 0: at the next frame. */
  readonly again?: number;
}

/** A pane at one moment. */
export interface PanePicture {
  readonly subject: Subject;
  /** Of the ratings of a scene to which more are added. */
  readonly version?: number;
  readonly lit?: Lit | null;
  readonly over?: Overlay;
  /** The cell under the crosshair in numbers. */
  reading?(cell: Cell): string;
  /** What a prediction at it is made of. */
  breakdown?(cell: Cell): Breakdown;
}

/** The user and the item that a single step has changed, by index; null: none. */
export interface Lit {
  readonly user: number | null;
  readonly item: number | null;
}

/** What is drawn over the cells of a pane, again whenever one of its inputs is another. */
export interface Overlay {
  readonly inputs: readonly unknown[];
  draw(part: PanePart, context: Context2d, box: Box, window: Window, theme: Theme): void;
}

export const windowOf = ({ window, counts }: Pick<Viewed, 'window' | 'counts'>): Window =>
  window ?? wholeWindow(counts);

/** The cell under a pointer, or null outside. */
export function cellAt(
  matrix: HTMLCanvasElement,
  viewed: Viewed | null,
  { clientX, clientY }: { readonly clientX: number; readonly clientY: number },
): Cell | null {
  if (!viewed) return null;
  const box = matrix.getBoundingClientRect();
  const across = (clientX - box.left) / box.width;
  const down = (clientY - box.top) / box.height;
  if (!(across >= 0 && across < 1 && down >= 0 && down < 1)) return null;
  const { users, items } = windowOf(viewed);
  const at = ({ from, to }: Range, share: number) => Math.floor(from + share * (to - from));
  return { user: at(users, down), item: at(items, across) };
}

export function isOnScreen({ users, items }: Window, { user, item }: Cell): boolean {
  return user + 1 > users.from && user < users.to && item + 1 > items.from && item < items.to;
}

/** Where the crosshair is in what is shown, 0…1; the middle where there is none. */
export function crosshairShare(viewed: Viewed | null): { down: number; across: number } {
  const shown = viewed && windowOf(viewed);
  if (!viewed?.crosshair || !shown || !isOnScreen(shown, viewed.crosshair)) return { down: 0.5, across: 0.5 };
  const share = (position: number, { from, to }: Range) => (position + 0.5 - from) / (to - from);
  const { user, item } = viewed.crosshair;
  return { down: share(user, shown.users), across: share(item, shown.items) };
}

/** Moves the crosshair by so many cells of the picture, the window after it; from the middle where there is none. */
export function moveCrosshair(model: StageModel, rows: number, columns: number): void {
  const viewed = model.viewed();
  if (!viewed) return;
  const { counts, window, lens, crosshair } = viewed;
  const shown = windowOf(viewed);
  const middle = ({ from, to }: Range) => Math.floor((from + to) / 2);
  const from = crosshair ?? { user: middle(shown.users), item: middle(shown.items) };
  const cell = { user: stepped(lens.users, from.user, rows), item: stepped(lens.items, from.item, columns) };
  if (window) {
    const users = including(window.users, counts.userCount, cell.user);
    const items = including(window.items, counts.itemCount, cell.item);
    if (users !== window.users || items !== window.items) model.show({ users, items });
  }
  model.pointAt(cell);
}

/** The position so many cells further on. */
function stepped(axis: Axis, position: number, by: number): number {
  const count = axis.order.length;
  if (axis.to - axis.from === count) {
    const bin = Math.min(axis.binCount - 1, Math.max(0, binAt(axis, position) + by));
    return firstOfBin(axis, bin);
  }
  const cells = Math.max(1, Math.round((axis.to - axis.from) / axis.binCount));
  return Math.min(count - 1, Math.max(0, position + by * cells));
}
