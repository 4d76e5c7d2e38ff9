import type { Scene } from '../../paint/scene';
import { coloursFor, sceneFor } from '../../state/scene-memo';
import type { Cell, Workbench, WorkbenchState } from '../../state/workbench';
import type { Actions } from '../actions';
import { readCell, terms } from './cell-reading';
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
  readonly panes: Readonly<Record<PaneName, PaneCanvases & { crosshair: HTMLElement; reading: HTMLElement }>>;
  readonly where: HTMLElement;
}

/** Whether the page is dark now: the chosen theme, or the system's. */
export function isDark(theme: WorkbenchState['looks']['theme']): boolean {
  return theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
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
  let painted: Partial<Record<PaneName, unknown[]>> = {};
  let colours: { key: string; value: ReturnType<typeof coloursFor> } | null = null;
  let sized = '';
  let frame = 0;

  function resize(current: Scene) {
    const ratio = devicePixelRatio;
    const columns = elements.host.clientWidth < 620 ? 2 : 3;
    const gap = columns === 3 ? 24 : 12;
    const room = (elements.host.clientWidth - gap * (columns - 1)) / columns - stripThickness - stripGap;
    const high = columns === 3 ? elements.host.clientHeight - 66 - stripThickness : room;
    const side = Math.max(60, Math.min(room, high));
    const key = `${side} ${ratio} ${current.width} ${current.height}`;
    if (key === sized) return;
    sized = key;
    painted = {};
    for (const name of paneNames) sizePane(elements.panes[name], current, side, ratio);
    for (const name of paneNames) alignToPixels(elements.panes[name].matrix, ratio);
  }

  function paint() {
    frame = 0;
    const { data, looks, runs, crosshair } = workbench.getState();
    if (!data) return;
    const current = sceneFor(data);
    if (current !== scene) {
      scene = current;
      sized = '';
      painters = {
        ratings: panePainter(current, elements.panes.ratings),
        als: panePainter(current, elements.panes.als),
        sgd: panePainter(current, elements.panes.sgd),
      };
    }
    resize(current);
    const key = `${looks.palette} ${isDark(looks.theme)}`;
    if (colours?.key !== key) colours = { key, value: coloursFor(looks.palette, isDark(looks.theme)) };
    for (const name of paneNames) {
      const snapshot = name === 'ratings' ? null : runs[name].timeline.latest;
      const inputs = [snapshot, looks.view, key];
      if (painted[name]?.every((input, i) => input === inputs[i])) continue;
      painted[name] = inputs;
      painters?.[name].paint(colours.value, looks.view, snapshot);
    }
    showReadings(elements, current, crosshair, runs);
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

const rounded = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(1) : value.toFixed(2));
const signed = (value: number) => `${value < 0 ? '−' : '+'} ${rounded(Math.abs(value))}`;

function write(element: HTMLElement, text: string) {
  if (element.textContent !== text) element.textContent = text;
}

/** The linked crosshair and the numbers under each pane. */
function showReadings(
  elements: StageElements,
  scene: Scene,
  cell: Cell | null,
  runs: WorkbenchState['runs'],
): void {
  for (const name of paneNames) {
    const { crosshair, matrix, reading } = elements.panes[name];
    crosshair.hidden = !cell;
    if (!cell) {
      write(reading, '');
      continue;
    }
    const cellWidth = matrix.clientWidth / scene.width;
    const cellHeight = matrix.clientHeight / scene.height;
    crosshair.style.setProperty('--x', `${(cell.column + 0.5) * cellWidth}px`);
    crosshair.style.setProperty('--y', `${(cell.row + 0.5) * cellHeight}px`);
    if (name === 'ratings') {
      const { rating, heldOut } = readCell(scene, cell);
      write(reading, rating === null ? 'not known' : `r = ${rounded(rating)}${heldOut ? ' (held out)' : ''}`);
      continue;
    }
    const snapshot = runs[name].timeline.latest;
    if (!snapshot) continue;
    const { mean, userBias, itemBias, product, prediction } = terms(scene, snapshot, cell);
    const withBaseline = mean !== 0 || userBias !== 0 || itemBias !== 0;
    const sum = withBaseline
      ? `${rounded(mean)} ${signed(userBias)} ${signed(itemBias)} ${signed(product)}`
      : 'U·P';
    write(reading, `${rounded(prediction)} = ${sum}`);
  }
  write(
    elements.where,
    cell ? readCell(scene, cell).where : 'Point at a cell to compare; arrow keys move the crosshair.',
  );
}

/** The cell under a pointer, or null outside. */
export function cellAt(
  matrix: HTMLCanvasElement,
  workbench: Workbench,
  clientX: number,
  clientY: number,
): Cell | null {
  const { data } = workbench.getState();
  if (!data) return null;
  const scene = sceneFor(data);
  const box = matrix.getBoundingClientRect();
  const column = Math.floor(((clientX - box.left) / box.width) * scene.width);
  const row = Math.floor(((clientY - box.top) / box.height) * scene.height);
  return row >= 0 && column >= 0 && row < scene.height && column < scene.width ? { row, column } : null;
}

/** Moves the crosshair by so many cells; from the middle where there is none. */
export function moveCrosshair(workbench: Workbench, actions: Actions, rows: number, columns: number): void {
  const { data, crosshair } = workbench.getState();
  if (!data) return;
  const { height, width } = sceneFor(data);
  const from = crosshair ?? { row: height >> 1, column: width >> 1 };
  const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, value));
  actions.pointAt({ row: within(from.row + rows, height), column: within(from.column + columns, width) });
}
