import { type Axis, binAround, binAt } from '../../draw/lens';
import type { Scene } from '../../draw/scene';
import type { Counts, Range, Window } from '../../draw/window';
import { counted, grouped } from '../../words/numbers';
import type { Cell } from './slice';

/** What is under the crosshair: the cell in words, and what is known there. */
export interface Reading {
  readonly where: string;
  /** Mean of the known ratings, rating units; null where none is known. */
  readonly rating: number | null;
  readonly heldOut: boolean;
}

export function readCell(scene: Scene, cell: Cell): Reading {
  const { users, items } = scene.lens;
  const pixel = binAt(users, cell.user) * scene.width + binAt(items, cell.item);
  const known = scene.known[pixel];
  return {
    where: `${place('user', users, scene.ratings.userIds, cell.user)}, ${itemPlace(scene, cell.item)}`,
    rating: known > 0 ? scene.mean[pixel] : null,
    heldOut: scene.heldOut[pixel] > 0,
  };
}

/** An item by its title where it has one. */
function itemPlace({ lens: { items }, ratings: { itemIds, itemTitles } }: Scene, position: number): string {
  const [from, to] = binAround(items, position);
  const title = to - from === 1 ? itemTitles?.[items.order[from]] : null;
  return title
    ? `${title.title} (item ${labelOf(items, itemIds, from)})`
    : place('item', items, itemIds, position);
}

/** Whether a scene has the cell. */
export function isInScene({ lens }: Scene, { user, item }: Cell): boolean {
  return user >= lens.users.from && user < lens.users.to && item >= lens.items.from && item < lens.items.to;
}

function place(what: string, axis: Axis, ids: readonly string[] | null, position: number): string {
  const [from, to] = binAround(axis, position);
  return to - from > 1 ? counted(to - from, what) : `${what} ${labelOf(axis, ids, from)}`;
}

/** The id of who stands at a position; without ids, its number in the source. */
export function labelOf(axis: Axis, ids: readonly string[] | null, position: number): string {
  const index = axis.order[position];
  return ids ? ids[index] : String(index + 1);
}

/** 'users 1–40 of 6,040 · items 12–51 of 3,706', in the order they stand in, and how many share a pixel. */
export function readWindow(
  { lens }: Scene,
  { users, items }: Window,
  { userCount, itemCount }: Counts,
): string {
  const part = (what: string, { from, to }: Range, count: number) =>
    `${what} ${grouped(Math.floor(from) + 1)}–${grouped(Math.ceil(to))} of ${grouped(count)}`;
  const down = Math.round((lens.users.to - lens.users.from) / lens.users.binCount);
  const across = Math.round((lens.items.to - lens.items.from) / lens.items.binCount);
  const blocks = down * across > 1 ? ` · ${grouped(down)} × ${grouped(across)} to a cell` : '';
  return `${part('users', users, userCount)} · ${part('items', items, itemCount)}${blocks}`;
}
