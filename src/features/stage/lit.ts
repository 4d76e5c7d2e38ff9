import { type Axis, binAround } from '../../draw/lens';
import type { Scene } from '../../draw/scene';
import { placeOf, type Range, type Window } from '../../draw/window';
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
    element.style.setProperty(at, `${band.at}%`);
    element.style.setProperty(size, `${band.length}%`);
  }
}

/** Where the bin of a user or item lies in what is shown, percent; null where it is not shown. */
function bandOf(axis: Axis, index: number, shown: Range): { at: number; length: number } | null {
  const place = axis.place[index];
  if (place < axis.from || place >= axis.to) return null;
  const [from, to] = binAround(axis, place);
  const band = placeOf({ from, to }, shown, 100);
  return band.at + band.length > 0 && band.at < 100 ? band : null;
}
