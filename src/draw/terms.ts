import type { Snapshot } from '../methods/snapshot';
import { asSummand, inUnits, printedSum } from '../words/numbers';
import { type Axis, binAround } from './lens';
import type { Scene } from './scene';

/** The terms of r̂ = μ + b_x + b_y + U_x·P_y at a cell (means over a block), rating units. */
export interface Terms {
  readonly mean: number;
  readonly userBias: number;
  readonly itemBias: number;
  /** U_x·P_y */
  readonly product: number;
  /** r̂ */
  readonly prediction: number;
}

/** @param cell positions in the orders of the scene's lens */
export function termsAt(
  { lens: { users, items } }: Pick<Scene, 'lens'>,
  snapshot: Snapshot,
  cell: { readonly user: number; readonly item: number },
): Terms {
  const { mean } = snapshot;
  const userBias = meanOver(users, cell.user, (x) => snapshot.userBias[x]);
  const itemBias = meanOver(items, cell.item, (y) => snapshot.itemBias[y]);
  const { user, item } = factorsAt({ lens: { users, items } }, snapshot, cell);
  const product = user.reduce((sum, value, f) => sum + value * item[f], 0);
  return { mean, userBias, itemBias, product, prediction: mean + userBias + itemBias + product };
}

/** U_x and P_y at a cell (means over a block), factor by factor. */
export function factorsAt(
  { lens: { users, items } }: Pick<Scene, 'lens'>,
  { rank, userFactors, itemFactors }: Snapshot,
  cell: { readonly user: number; readonly item: number },
): { readonly user: Float64Array; readonly item: Float64Array } {
  const along = (axis: Axis, position: number, rows: Float32Array) =>
    Float64Array.from({ length: rank }, (_, f) => meanOver(axis, position, (x) => rows[x * rank + f]));
  return { user: along(users, cell.user, userFactors), item: along(items, cell.item, itemFactors) };
}

function meanOver(axis: Axis, position: number, value: (index: number) => number): number {
  const [from, to] = binAround(axis, position);
  let sum = 0;
  for (let p = from; p < to; p++) sum += value(axis.order[p]);
  return sum / (to - from);
}

/** Whether a model predicts more than U·P at a cell. */
export const hasBaseline = ({ mean, userBias, itemBias }: Terms): boolean =>
  mean !== 0 || userBias !== 0 || itemBias !== 0;

/** '3.61 = 3.50 + 0.20 − 0.10 + 0.01': a prediction, and what it is the sum of. */
export function readingOfPrediction(cell: Terms): string {
  const { mean, userBias, itemBias, product, prediction } = cell;
  if (!hasBaseline(cell)) return `${inUnits(prediction)} = U·P`;
  const { terms, sum } = printedSum([mean, userBias, itemBias, product]);
  return `${sum} = ${asSum(terms)}`;
}

/** '3.50 + 0.20 − 0.10' */
export const asSum = ([first, ...others]: readonly string[]): string =>
  [first, ...others.map(asSummand)].join(' ');
