import { firstOfBin } from '../../paint/lens';
import type { Scene } from '../../paint/scene';
import type { Snapshot } from '../../runs/snapshot';
import type { Cell } from '../../state/workbench';

/** What is under the crosshair: the cell in words, and what is known there. */
export interface Reading {
  readonly where: string;
  /** Mean of the known ratings, rating units; null where none is known. */
  readonly rating: number | null;
  readonly heldOut: boolean;
}

export function readCell(scene: Scene, cell: Cell): Reading {
  const pixel = cell.row * scene.width + cell.column;
  const known = scene.known[pixel];
  return {
    where: `${place('user', scene.lens.users, scene.ratings.userIds, cell.row)}, ${place('item', scene.lens.items, scene.ratings.itemIds, cell.column)}`,
    rating: known > 0 ? scene.mean[pixel] : null,
    heldOut: scene.heldOut[pixel] > 0,
  };
}

function place(
  what: string,
  axis: { order: Uint32Array; binCount: number },
  ids: readonly string[] | null,
  bin: number,
): string {
  const first = firstOfBin(axis.order.length, axis.binCount, bin);
  const count = firstOfBin(axis.order.length, axis.binCount, bin + 1) - first;
  const index = axis.order[first];
  return count > 1 ? `${count} ${what}s` : `${what} ${ids ? ids[index] : index + 1}`;
}

/** The terms of r̂ = μ + b_x + b_y + U_x·P_y at a cell (means over a block), rating units. */
export function terms(scene: Scene, snapshot: Snapshot, cell: Cell) {
  const userBias = meanOver(scene.lens.users, cell.row, (x) => snapshot.userBias[x]);
  const itemBias = meanOver(scene.lens.items, cell.column, (y) => snapshot.itemBias[y]);
  let product = 0;
  for (let f = 0; f < snapshot.rank; f++) {
    product +=
      meanOver(scene.lens.users, cell.row, (x) => snapshot.userFactors[x * snapshot.rank + f]) *
      meanOver(scene.lens.items, cell.column, (y) => snapshot.itemFactors[y * snapshot.rank + f]);
  }
  const { mean } = snapshot;
  return { mean, userBias, itemBias, product, prediction: mean + userBias + itemBias + product };
}

function meanOver(
  axis: { order: Uint32Array; binCount: number },
  bin: number,
  value: (index: number) => number,
): number {
  const from = firstOfBin(axis.order.length, axis.binCount, bin);
  const to = firstOfBin(axis.order.length, axis.binCount, bin + 1);
  let sum = 0;
  for (let p = from; p < to; p++) sum += value(axis.order[p]);
  return sum / (to - from);
}
