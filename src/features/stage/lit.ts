import { type Axis, binAt, firstOfBin } from '../../draw/lens';
import type { Scene } from '../../draw/scene';
import type { Range, Window } from '../../draw/window';
import type { WorkbenchState } from '../../state/workbench';
import type { PaneName } from './stage-painter';

/** The user and the item that the inspector's step changes, as it is shown in a pane; null: none. */
function changedIn(name: PaneName, { solved, rows, observed, panes }: WorkbenchState) {
  if (name === 'als') {
    // Lit once it is solved: before, nothing has changed there.
    if (!solved || rows?.line !== solved.line || panes.als !== null) return null;
    return solved.side === 'users' ? { user: solved.line, item: null } : { user: null, item: solved.line };
  }
  if (!observed || (name === 'sgd' && panes.sgd !== null)) return null;
  return { user: observed.user, item: observed.item };
}

/** Lights up the row and the column that a single step has changed. */
export function showLit(
  element: HTMLElement,
  name: PaneName,
  state: WorkbenchState,
  { lens }: Scene,
  shown: Window,
): void {
  const changed = changedIn(name, state);
  const row = changed?.user == null ? null : bandOf(lens.users, changed.user, shown.users);
  const column = changed?.item == null ? null : bandOf(lens.items, changed.item, shown.items);
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
