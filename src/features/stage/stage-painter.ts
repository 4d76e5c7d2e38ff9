import { type Axis, binAt, firstOfBin, mostBinsOf } from '../../draw/lens';
import type { Scene } from '../../draw/scene';
import { inUnits, termsAt } from '../../draw/terms';
import { coloursFor, isDark } from '../../draw/theme';
import { viewOf } from '../../draw/views';
import { type Counts, including, type Range, type Window, wholeWindow } from '../../draw/window';
import { comparedFrames, shownFrame } from '../../state/film';
import type { Cell, LoadedData, Workbench, WorkbenchState } from '../../state/workbench';
import type { Actions } from '../actions';
import { isInScene, readCell } from './cell-reading';
import { windowNow } from './gestures';
import { showLit } from './lit';
import {
  type PaneCanvases,
  type PanePainter,
  panePainter,
  sizePane,
  stripGap,
  stripThickness,
} from './pane-painter';

export const paneNames = ['ratings', 'als', 'sgd'] as const;
export type PaneName = (typeof paneNames)[number];

/** The elements of the stage that are written to without React. */
export interface StageElements {
  readonly host: HTMLElement;
  readonly panes: Readonly<
    Record<PaneName, PaneCanvases & { crosshair: HTMLElement; lit: HTMLElement; reading: HTMLElement }>
  >;
  readonly where: HTMLElement;
}

/** Whether nothing that a painting was made from has changed. */
export const same = (before: unknown[] | undefined, now: unknown[]) =>
  before?.every((input, i) => input === now[i]) ?? false;

/** Cells on the longer side of the whole: a picture's own; of a file, those of its overview. */
function wholeCells({ source, ratings }: LoadedData): number {
  return Math.min(
    source === 'picture' ? mostBinsOf.picture : mostBinsOf.file,
    Math.max(ratings.userCount, ratings.itemCount),
  );
}

/** Moves a pane by less than a device pixel so that its cells lie on whole ones: canvases between them blur. */
function alignToPixels(matrix: HTMLCanvasElement, ratio: number) {
  const grid = matrix.closest<HTMLElement>('.pane-grid');
  if (!grid) return;
  grid.style.translate = 'none';
  const { left, top } = matrix.getBoundingClientRect();
  const toWhole = (length: number) => Math.round(length * ratio) / ratio - length;
  grid.style.translate = `${toWhole(left)}px ${toWhole(top + scrollY)}px`;
}

/**
 * Keeps the canvases true to the store: at most one painting per frame and only of what changed.
 * Returns how to end it.
 */
export function paintStage(workbench: Workbench, elements: StageElements): () => void {
  let painters: Record<PaneName, PanePainter> | null = null;
  let scene: Scene | null = null;
  let shown: Partial<Record<PaneName, unknown[]>> = {};
  let colours: { key: string; value: ReturnType<typeof coloursFor> } | null = null;
  let sized = '';
  let frame = 0;

  function resize(cells: number) {
    const ratio = devicePixelRatio;
    const columns = elements.host.clientWidth < 620 ? 2 : 3;
    const gap = columns === 3 ? 24 : 12;
    const room = (elements.host.clientWidth - gap * (columns - 1)) / columns - stripThickness - stripGap;
    const high = columns === 3 ? elements.host.clientHeight - 66 - stripThickness : room;
    const side = Math.max(60, Math.min(room, high));
    const key = `${side} ${ratio} ${cells}`;
    if (key === sized) return;
    sized = key;
    shown = {};
    for (const name of paneNames) sizePane(elements.panes[name], cells, side, ratio);
    for (const name of paneNames) alignToPixels(elements.panes[name].matrix, ratio);
  }

  function paint() {
    frame = 0;
    const state = workbench.getState();
    const { data, looks, window, reconstruct } = state;
    if (!data || !state.scene) return;
    if (state.scene !== scene) {
      scene = state.scene;
      painters = {
        ratings: panePainter(scene, elements.panes.ratings, reconstruct),
        als: panePainter(scene, elements.panes.als, reconstruct),
        sgd: panePainter(scene, elements.panes.sgd, reconstruct),
      };
    }
    resize(wholeCells(data));
    const onScreen = window ?? wholeWindow(data.ratings);
    elements.host.dataset.zoomed = String(window !== null);
    const key = `${looks.palette} ${isDark(looks.theme)}`;
    if (colours?.key !== key) colours = { key, value: coloursFor(looks.palette, isDark(looks.theme)) };
    for (const name of paneNames) {
      const snapshot = name === 'ratings' ? null : shownFrame(state, name);
      const compared = name === 'ratings' ? comparedFrames(state) : null;
      const subject = compared ? ([compared.left, compared.right] as const) : snapshot;
      const changed = painters?.[name].paint(
        colours.value,
        viewOf(looks.view),
        name === 'ratings' && !compared ? 'ratings' : subject,
      );
      if (changed) delete shown[name];
      if (same(shown[name], [window])) continue;
      shown[name] = [window];
      painters?.[name].show(onScreen);
    }
    showReadings(elements, state, scene, onScreen);
  }

  const request = () => {
    frame ||= requestAnimationFrame(paint);
  };
  const unsubscribe = workbench.subscribe(request);
  const observer = new ResizeObserver(request);
  observer.observe(elements.host);
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', request);
  request();
  return () => {
    unsubscribe();
    observer.disconnect();
    system.removeEventListener('change', request);
    cancelAnimationFrame(frame);
  };
}

function write(element: HTMLElement, text: string) {
  if (element.textContent !== text) element.textContent = text;
}

/** The linked crosshair and the numbers under each pane. */
function showReadings(elements: StageElements, state: WorkbenchState, scene: Scene, onScreen: Window): void {
  const { crosshair: pointed, window, data } = state;
  const cell = pointed && isInScene(scene, pointed) && isOnScreen(onScreen, pointed) ? pointed : null;
  for (const name of paneNames) {
    const { crosshair, lit, matrix, reading } = elements.panes[name];
    showLit(lit, name, state, scene, onScreen);
    crosshair.hidden = !cell;
    if (!cell) {
      write(reading, '');
      continue;
    }
    crosshair.style.setProperty(
      '--x',
      `${middleOf(scene.lens.items, cell.item, onScreen.items) * matrix.clientWidth}px`,
    );
    crosshair.style.setProperty(
      '--y',
      `${middleOf(scene.lens.users, cell.user, onScreen.users) * matrix.clientHeight}px`,
    );
    const compared = name === 'ratings' ? comparedFrames(state) : null;
    if (compared) {
      const [left, right] = [compared.left, compared.right].map(
        (one) => termsAt(scene, one, cell).prediction,
      );
      write(reading, `${inUnits(left)} − ${inUnits(right)} = ${inUnits(left - right)}`);
      continue;
    }
    if (name === 'ratings') {
      const { rating, heldOut } = readCell(scene, cell);
      write(reading, rating === null ? 'not known' : `r = ${inUnits(rating)}${heldOut ? ' (held out)' : ''}`);
      continue;
    }
    const snapshot = shownFrame(state, name);
    if (!snapshot) continue;
    write(reading, viewOf(state.looks.view).reading(termsAt(scene, snapshot, cell)));
  }
  const idle = matchMedia('(pointer: coarse)').matches
    ? 'Touch a cell to compare; pinch to zoom.'
    : 'Point at a cell to compare; scroll to zoom.';
  write(
    elements.where,
    cell ? readCell(scene, cell).where : window && data ? captionOf(scene, onScreen, data.ratings) : idle,
  );
}

/** Where the middle of a position's bin lies in what is shown, 0…1. */
function middleOf(axis: Axis, position: number, shown: Range): number {
  const bin = binAt(axis, position);
  const middle = (firstOfBin(axis, bin) + firstOfBin(axis, bin + 1)) / 2;
  return (middle - shown.from) / (shown.to - shown.from);
}

function isOnScreen({ users, items }: Window, { user, item }: Cell): boolean {
  return user + 1 > users.from && user < users.to && item + 1 > items.from && item < items.to;
}

/** 'users 1–40 of 6,040 · items 12–51 of 3,706', in the order they stand in, and how many share a pixel. */
function captionOf({ lens }: Scene, { users, items }: Window, { userCount, itemCount }: Counts): string {
  const part = (what: string, { from, to }: Range, count: number) =>
    `${what} ${(Math.floor(from) + 1).toLocaleString('en')}–${Math.ceil(to).toLocaleString('en')} of ${count.toLocaleString('en')}`;
  const down = Math.round((lens.users.to - lens.users.from) / lens.users.binCount);
  const across = Math.round((lens.items.to - lens.items.from) / lens.items.binCount);
  const blocks = down * across > 1 ? ` · ${down} × ${across} to a cell` : '';
  return `${part('users', users, userCount)} · ${part('items', items, itemCount)}${blocks}`;
}

/** The cell under a pointer, or null outside. */
export function cellAt(
  matrix: HTMLCanvasElement,
  workbench: Workbench,
  clientX: number,
  clientY: number,
): Cell | null {
  const shown = windowNow(workbench);
  if (!shown) return null;
  const box = matrix.getBoundingClientRect();
  const across = (clientX - box.left) / box.width;
  const down = (clientY - box.top) / box.height;
  if (!(across >= 0 && across < 1 && down >= 0 && down < 1)) return null;
  const { users, items } = shown;
  return {
    user: Math.floor(users.from + down * (users.to - users.from)),
    item: Math.floor(items.from + across * (items.to - items.from)),
  };
}

/** Moves the crosshair by so many cells of the picture, the window after it; from the middle where there is none. */
export function moveCrosshair(workbench: Workbench, actions: Actions, rows: number, columns: number): void {
  const { data, crosshair, scene, window } = workbench.getState();
  const shown = windowNow(workbench);
  if (!data || !scene || !shown) return;
  const middle = ({ from, to }: Range) => Math.floor((from + to) / 2);
  const from = crosshair ?? { user: middle(shown.users), item: middle(shown.items) };
  const step = (axis: Axis, position: number, by: number) => {
    const count = axis.order.length;
    if (axis.to - axis.from === count) {
      const bin = Math.min(axis.binCount - 1, Math.max(0, binAt(axis, position) + by));
      return firstOfBin(axis, bin);
    }
    const cells = Math.max(1, Math.round((axis.to - axis.from) / axis.binCount));
    return Math.min(count - 1, Math.max(0, position + by * cells));
  };
  const cell = {
    user: step(scene.lens.users, from.user, rows),
    item: step(scene.lens.items, from.item, columns),
  };
  if (window) {
    const users = including(window.users, data.ratings.userCount, cell.user);
    const items = including(window.items, data.ratings.itemCount, cell.item);
    if (users !== window.users || items !== window.items) actions.show({ users, items });
  }
  actions.pointAt(cell);
}

/** Where the crosshair is in what is shown, 0…1; the middle where there is none. */
export function crosshairShare(workbench: Workbench): { down: number; across: number } {
  const { crosshair } = workbench.getState();
  const shown = windowNow(workbench);
  if (!crosshair || !shown || !isOnScreen(shown, crosshair)) return { down: 0.5, across: 0.5 };
  const share = (position: number, { from, to }: Range) => (position + 0.5 - from) / (to - from);
  return { down: share(crosshair.user, shown.users), across: share(crosshair.item, shown.items) };
}
