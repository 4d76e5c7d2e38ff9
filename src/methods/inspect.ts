import { normalEquations, penalty, sidesOf } from '../kernels/als';
import type { Side } from '../kernels/kernels';
import { type NormalEquations, rowSolvers } from '../kernels/row-solvers';
import type { Split } from '../ratings/hold-out';
import type { RunConfig } from './config';
import { atOnceOf } from './index';
import type { Snapshot } from './snapshot';
import type { Observation } from './visits';

/** How ALS solves one row: all in rating units, computed in float64 as the page kernels do. */
export interface SolvedRow {
  readonly side: Side;
  /** The user, or the item. */
  readonly line: number;
  readonly lineCount: number;
  /** λ on the diagonal. */
  readonly penalty: number;
  /** What it knows: the other side, the rating, and the prediction with the old row and with the new one. */
  readonly known: readonly {
    readonly other: number;
    readonly rating: number;
    readonly before: number;
    readonly after: number;
  }[];
  /** P_ΩᵀP_Ω + λ′I, rank × rank, and P_Ωᵀ r. */
  readonly system: NormalEquations['gram'];
  readonly rightSide: NormalEquations['rightSide'];
  readonly oldRow: Float64Array;
  readonly newRow: Float64Array;
}

/** The half-sweep that follows a frame of ALS solves this side. */
export function sideAfter({ step }: Snapshot): Side {
  return Number.isInteger(step) ? 'users' : 'items';
}

/** What the half-sweep after a frame makes of one row. Reads the frame and what the row knows; writes neither. */
export function solveRow(
  frame: Snapshot,
  split: Pick<Split, 'byUser' | 'byItem'>,
  { lambda, regularisation }: Pick<RunConfig, 'lambda' | 'regularisation'>,
  line: number,
): SolvedRow {
  const side = sideAfter(frame);
  const { rank: k } = frame;
  const model = { ...frame, rowLength: k, unit: 1 };
  const { target, source, baseline } = sidesOf(model, side);
  const lines = side === 'users' ? split.byUser : split.byItem;
  const [first, end] = [lines.start[line], lines.start[line + 1]];
  const equations = normalEquations(model, side, lines, lambda, regularisation, line);
  const { solver = 'exact' } = atOnceOf(frame.method);
  const oldRow = Float64Array.from(target.subarray(line * k, (line + 1) * k));
  const newRow = end > first ? rowSolvers[solver](equations, k) : new Float64Array(k);
  const known = Array.from({ length: end - first }, (_, i) => {
    const other = lines.other[first + i];
    const predictionBy = (row: Float64Array) =>
      row.reduce((sum, value, f) => sum + value * source[other * k + f], baseline(line, other));
    const rating = lines.value[first + i];
    return { other, rating, before: predictionBy(oldRow), after: predictionBy(newRow) };
  });
  return {
    ...{ side, line, lineCount: lines.lineCount, known, oldRow, newRow },
    penalty: penalty(lambda, regularisation, end - first),
    system: equations.gram,
    rightSide: equations.rightSide,
  };
}

/** The frame with one row solved: a copy. */
export function withRow(frame: Snapshot, { side, line, newRow }: SolvedRow): Snapshot {
  const key = side === 'users' ? 'userFactors' : 'itemFactors';
  const factors = frame[key].slice();
  factors.set(newRow, line * frame.rank);
  return { ...frame, [key]: factors };
}

/** One observation of B-SGD, in rating units: what was predicted, and what it changed. */
export interface Observed extends Observation {
  /** Observations before it. */
  readonly unit: number;
  readonly mean: number;
  readonly product: number;
  readonly prediction: number;
  /** ε = r − r̂ */
  readonly error: number;
  readonly userBias: readonly [before: number, after: number];
  readonly itemBias: readonly [before: number, after: number];
  readonly userRow: readonly [before: Float32Array, after: Float32Array];
  readonly itemRow: readonly [before: Float32Array, after: Float32Array];
}

/** What an observation did between the frames before and after it. Copies what it needs of them. */
export function observe(before: Snapshot, after: Snapshot, visit: Observation): Observed {
  const { rank: k, mean } = before;
  const { user, item } = visit;
  const rowsAt = ({ userFactors, itemFactors }: Snapshot) =>
    [userFactors.slice(user * k, (user + 1) * k), itemFactors.slice(item * k, (item + 1) * k)] as const;
  const [[oldUser, oldItem], [newUser, newItem]] = [rowsAt(before), rowsAt(after)];
  const product = oldUser.reduce((sum, value, f) => sum + value * oldItem[f], 0);
  const prediction = mean + before.userBias[user] + before.itemBias[item] + product;
  return {
    ...visit,
    unit: before.observations,
    mean,
    product,
    prediction,
    error: visit.value - prediction,
    userBias: [before.userBias[user], after.userBias[user]],
    itemBias: [before.itemBias[item], after.itemBias[item]],
    userRow: [oldUser, newUser],
    itemRow: [oldItem, newItem],
  };
}
