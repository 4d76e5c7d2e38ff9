import { type Axis, binAt, firstOfBin } from '../../draw/lens';
import type { Scene } from '../../draw/scene';
import type { Range, Window } from '../../draw/window';
import type { Lit } from './model';

/** Lights up the row and the column that a single step has changed. */
export function showLit(element: HTMLElement, changed: Lit | null, { lens }: Scene, shown: Window): void {
  const row =
    changed === null || changed.user === null ? null : bandOf(lens.users, changed.user, shown.users);
  const column =
    changed === null || changed.item === null ? null : bandOf(lens.items, changed.item, shown.items);
  element.hidden = !row && !column;
  element.dataset.row = String(row !== null);
  element.dataset.column = String(column !== null);
  for (const [band, at, size] of [
    [row, '--y', '--h'],
    [column, '--x', '--w'],
  ] as const) {
    if (!band) continue;
    element.style.setProperty(at, `${100 * band.from}%`);
    element.style.setProperty(size, `${100 * (band.to - band.from)}%`);
  }
}

/** Where the bin of a user or item lies in what is shown, 0…1; null where it is not shown. */
function bandOf(axis: Axis, index: number, shown: Range): Range | null {
  const place = axis.place[index];
  if (place < axis.from || place >= axis.to) return null;
  const bin = binAt(axis, place);
  const share = (position: number) => (position - shown.from) / (shown.to - shown.from);
  const [from, to] = [share(firstOfBin(axis, bin)), share(firstOfBin(axis, bin + 1))];
  return to > 0 && from < 1 ? { from, to } : null;
}
