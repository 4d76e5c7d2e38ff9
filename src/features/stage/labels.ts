import { binAt } from '../../draw/lens';
import type { Scene } from '../../draw/scene';
import type { Window } from '../../draw/window';
import { significant } from '../../words/numbers';
import { labelOf } from './cell-reading';

/** From this size on, CSS pixels, cells get the names of their users and items, and their values. */
const labelledFrom = 24;
const valuedFrom = 32;

/** A value in the little room of a cell. */
const inCell = (value: number) => significant(value, 3);

/** Names of users and items along the edges, and values in the cells, where there is room for them. */
export function drawLabels(
  canvas: HTMLCanvasElement,
  scene: Scene,
  { users, items }: Window,
  valuesOf: () => Float32Array,
  words: Uint32Array,
): void {
  const context = canvas.getContext('2d');
  const ratio = canvas.width / (canvas.clientWidth || canvas.width);
  const cellWidth = canvas.width / (items.to - items.from);
  const cellHeight = canvas.height / (users.to - users.from);
  if (!context || Math.min(cellWidth, cellHeight) < labelledFrom * ratio) return;
  const { lens, ratings } = scene;
  if (lens.users.binCount < lens.users.to - lens.users.from) return;
  context.save();
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  const rows = within(lens.users, users);
  const columns = within(lens.items, items);
  context.font = `${10 * ratio}px ${getComputedStyle(canvas).fontFamily}`;
  const band = 14 * ratio;
  const nameOf = (row: number) => labelOf(lens.users, ratings.userIds, row);
  const margin = Math.min(
    Math.max(...rows.map((row) => context.measureText(nameOf(row)).width)) + 6 * ratio,
    canvas.width / 4,
  );
  if (Math.min(cellWidth, cellHeight) >= valuedFrom * ratio) {
    const values = valuesOf();
    for (const row of rows) {
      // Names stand before values where both will not fit.
      if ((row + 0.5 - users.from) * cellHeight < band + 6 * ratio) continue;
      for (const column of columns) {
        if ((column + 0.5 - items.from) * cellWidth < margin + 10 * ratio) continue;
        const pixel = binAt(lens.users, row) * scene.width + binAt(lens.items, column);
        if (!Number.isFinite(values[pixel])) continue;
        context.fillStyle = isBright(words[pixel]) ? '#000c' : '#fffd';
        const x = (column + 0.5 - items.from) * cellWidth;
        const y = (row + 0.5 - users.from) * cellHeight;
        context.fillText(inCell(values[pixel]), x, y, cellWidth - 2 * ratio);
      }
    }
  }
  const tag = (text: string, x: number, y: number, width: number) => {
    context.fillStyle = '#000a';
    context.fillRect(x - width / 2, y - band / 2, width, band);
    context.fillStyle = '#fff';
    context.fillText(text, x, y, width - 4 * ratio);
  };
  for (const column of columns) {
    const x = (column + 0.5 - items.from) * cellWidth;
    tag(labelOf(lens.items, ratings.itemIds, column), x, band / 2, cellWidth - ratio);
  }
  for (const row of rows) {
    if ((row + 0.5 - users.from) * cellHeight < 1.5 * band) continue;
    tag(nameOf(row), margin / 2, (row + 0.5 - users.from) * cellHeight, margin);
  }
  context.restore();
}

/** Whole positions of an axis that a range shows, at least in part. */
function within(axis: { from: number; to: number }, shown: { from: number; to: number }): number[] {
  const from = Math.max(axis.from, Math.floor(shown.from));
  const to = Math.min(axis.to, Math.ceil(shown.to));
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** Whether black is easier to read on an RGBA word than white. */
function isBright(word: number): boolean {
  return 0.299 * (word & 255) + 0.587 * ((word >> 8) & 255) + 0.114 * ((word >> 16) & 255) > 140;
}
