import type { Order, Orders } from './orders';
import type { Range, Window } from './window';

/**
 * Which users and items stand where on the picture, and how many share a line of it. Bin b of `binCount` holds
 * positions from + ⌊b·n/binCount⌋ … of the order, n = to − from; with as many bins as positions every row of pixels
 * is one user.
 */
export interface Lens {
  readonly users: Axis;
  readonly items: Axis;
}

/** Bins a side of the whole, at most: a picture's are its cells, a file's are blocks. */
export const mostBinsOf = { picture: 512, file: 400 } as const;

/** Positions from…to−1, whole numbers, in so many bins. */
interface Bins extends Range {
  readonly binCount: number;
}

export interface Axis extends Order, Bins {}

/** A window under so many bins a side at most; cells that are cut by its edge are in it as a whole. */
export function lensOf({ users, items }: Orders, window: Window, mostBins: number): Lens {
  return { users: axisOf(users, window.users, mostBins), items: axisOf(items, window.items, mostBins) };
}

function axisOf(order: Order, { from, to }: Range, mostBins: number): Axis {
  const [first, end] = [Math.floor(from), Math.ceil(to)];
  return { ...order, from: first, to: end, binCount: Math.min(end - first, mostBins) };
}

/** Whether pixels are means over blocks, and not single cells. */
export const areBlocks = (lens: Lens): boolean =>
  [lens.users, lens.items].some(({ from, to, binCount }) => binCount < to - from);

/** Whether what is laid out under a lens serves a window: it is all there, in cells or in bins that are fine enough. */
export function serves({ users, items }: Lens, window: Window, mostBins: number): boolean {
  const side = (axis: Axis, { from, to }: Range) => {
    const covered = axis.from <= Math.floor(from) && axis.to >= Math.ceil(to);
    const single = axis.binCount === axis.to - axis.from;
    return covered && (single || (to - from) * axis.binCount >= 0.6 * mostBins * (axis.to - axis.from));
  };
  return side(users, window.users) && side(items, window.items);
}

/** The position at which bin b begins. */
export function firstOfBin({ from, to, binCount }: Bins, b: number): number {
  return from + Math.floor((b * (to - from)) / binCount);
}

/** The bin that a position is in: the last that does not begin after it. */
export function binAt({ from, to, binCount }: Bins, position: number): number {
  return Math.floor(((position - from + 1) * binCount - 1) / (to - from));
}

/** Where the bin that a position is in begins, and where the next one does. */
export function binAround(axis: Axis, position: number): [from: number, to: number] {
  const bin = binAt(axis, position);
  return [firstOfBin(axis, bin), firstOfBin(axis, bin + 1)];
}

/** Of each user (or item), its bin; −1 outside. */
export function binsOf(axis: Axis): Int32Array {
  const bins = new Int32Array(axis.order.length).fill(-1);
  for (let p = axis.from; p < axis.to; p++) bins[axis.order[p]] = binAt(axis, p);
  return bins;
}

/**
 * Averages rows of factors (or biases, rank 1) over the bins of an axis. Predictions are linear in each side, so
 * the product of averaged rows is exactly the average prediction over a block: large matrices cost no more.
 *
 * @param out binCount × rank, row-major; overwritten
 */
export type Averaging = (rows: Float32Array, rank: number, out: Float32Array) => void;

/** How to average over an axis: rows are read as they stand in memory where most are needed, else one by one. */
export function averagingOver(axis: Axis): Averaging {
  const { order, from, to, binCount } = axis;
  const bins = 4 * (to - from) > order.length ? binsOf(axis) : null;
  return (rows, rank, out) => {
    out.fill(0);
    if (bins) {
      for (let x = 0; x < bins.length; x++)
        if (bins[x] >= 0) addRow(rows, x * rank, rank, out, bins[x] * rank);
    } else {
      for (let b = 0; b < binCount; b++)
        for (let p = firstOfBin(axis, b); p < firstOfBin(axis, b + 1); p++)
          addRow(rows, order[p] * rank, rank, out, b * rank);
    }
    for (let b = 0; b < binCount; b++) {
      const count = firstOfBin(axis, b + 1) - firstOfBin(axis, b);
      if (count > 1) for (let f = b * rank; f < (b + 1) * rank; f++) out[f] /= count;
    }
  };
}

function addRow(rows: Float32Array, from: number, rank: number, out: Float32Array, to: number): void {
  for (let f = 0; f < rank; f++) out[to + f] += rows[from + f];
}
