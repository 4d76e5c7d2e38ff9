import { dampedBiases } from '../kernels/baseline';
import type { Model, Side } from '../kernels/kernels';
import type { Floats, Lines } from '../ratings/lines';
import { pause, type Sliced } from '../ratings/sliced';
import type { GrowingLines, GrowingSide } from './growing-lines';
import { freshModel, knownOf, type Learner, type Surroundings } from './learner';
import { rowFinder } from './rows';
import { slicesOf } from './work';

/** Multiplications between two pauses: about 20 ms of the page. */
const workPerPause = 1 << 24;

/** Ratings that stand against a bias of 0 (`dampedBiases`). */
const damping = 5;

/** ALS anew on all that has arrived, every so many batches; in between it knows nothing new. */
export function refit(around: Surroundings, lines: GrowingLines): Learner {
  const { stream, config, seen, means } = around;
  const model = freshModel(around, 1, config.rank);
  const known = knownOf(stream, 0);
  const first = { users: model.userFactors.slice(), items: model.itemFactors.slice() };
  let batches = 0;
  let learnt = 0;
  return {
    method: 'refit',
    model,
    known,
    *learn(_, to) {
      batches++;
      if (batches % config.refitEvery !== 0 && to < stream.count && batches > 1) return;
      // Who was not there at the last refit has a zero row, and zero times zero would stay zero.
      beginRows(model.userFactors, first.users, known.users, model.rowLength);
      beginRows(model.itemFactors, first.items, known.items, model.rowLength);
      yield* solveAll(around, model, lines.compact(), means.now, config.refitIterations);
      known.users.set(seen.users);
      known.items.set(seen.items);
      learnt = to;
    },
    get kept() {
      return lines.count;
    },
    get learnt() {
      return learnt;
    },
    diverged: false,
  };
}

/** Puts the rows that a method does not know back to what they begin with. */
function beginRows(factors: Floats, first: Floats, known: Uint8Array, rowLength: number): void {
  for (let x = 0; x < known.length; x++)
    if (!known[x]) factors.set(first.subarray(x * rowLength, (x + 1) * rowLength), x * rowLength);
}

/** So many iterations of ALS, from the factors that the model has, on what is in the lines. */
export function* solveAll(
  { kernels, config }: Pick<Surroundings, 'kernels' | 'config'>,
  model: Model,
  { byUser, byItem }: { byUser: Lines; byItem: Lines },
  mean: number,
  iterations: number,
): Sliced<void> {
  model.mean = 0;
  if (config.alsBaseline === 'biases') {
    model.mean = mean;
    const { userBias, itemBias } = dampedBiases(byUser, mean, damping);
    model.userBias.set(userBias);
    model.itemBias.set(itemBias);
    yield pause;
  }
  const ratingsPerPause = Math.floor(workPerPause / (config.rank * config.rank));
  for (let i = 0; i < iterations; i++) {
    for (const [side, lines] of [
      ['users', byUser],
      ['items', byItem],
    ] as const) {
      for (const [from, to] of slicesOf(lines, ratingsPerPause)) {
        kernels.solveLines(model, side, lines, config.alsLambda, 'weighted', from, to);
        yield pause;
      }
    }
  }
}

/**
 * Fold-in, ALS's partial update: after each batch the rows of its users are solved against the items as they are,
 * then the rows of its items against the users. Everybody else stays, bit for bit.
 */
export function foldIn(around: Surroundings, lines: GrowingLines): Learner {
  const { stream, config, seen, means } = around;
  const model = freshModel(around, 1, config.rank);
  const solver = rowSolver(around, model);
  const users = rowFinder(stream.userCount, new Uint32Array(stream.userCount));
  const items = rowFinder(stream.itemCount, new Uint32Array(stream.itemCount));
  if (config.alsBaseline === 'none') model.mean = 0;
  let learnt = 0;

  function* solveRows(side: Side, rows: Uint32Array): Sliced<void> {
    const { start, arrived } = lines[side];
    let work = 0;
    for (const x of rows) {
      solver.solve(side, lines[side], x, start[x], start[x] + arrived[x]);
      work += (arrived[x] + config.rank) * config.rank * config.rank;
      if (work < workPerPause) continue;
      work = 0;
      yield pause;
    }
  }

  return {
    method: 'fold-in',
    model,
    known: seen,
    *learn(from, to) {
      const { rows: userRows } = users(stream.ratings.users, from, to);
      const { rows: itemRows } = items(stream.ratings.items, from, to);
      if (config.alsBaseline === 'biases') {
        model.mean = means.now;
        biasesOf(model.itemBias, model.userBias, lines.items, itemRows, means.now);
        biasesOf(model.userBias, model.itemBias, lines.users, userRows, means.now);
      }
      yield* solveRows('users', userRows);
      yield* solveRows('items', itemRows);
      learnt = to;
    },
    get kept() {
      return lines.count;
    },
    get learnt() {
      return learnt;
    },
    diverged: false,
  };
}

/** Damped means of what the other side's bias leaves, of those who stand in the batch. */
function biasesOf(
  bias: Floats,
  otherBias: Floats,
  { start, arrived, other, value }: GrowingSide,
  rows: Uint32Array,
  mean: number,
): void {
  for (const x of rows)
    bias[x] = dampedBias({ other, value }, start[x], start[x] + arrived[x], otherBias, mean);
}

/** Σ (r − μ − b_y) / (n + damping) over ratings first…end−1. */
export function dampedBias(
  { other, value }: Pick<GrowingSide, 'other' | 'value'>,
  first: number,
  end: number,
  otherBias: Floats,
  mean: number,
): number {
  let sum = 0;
  for (let p = first; p < end; p++) sum += value[p] - mean - otherBias[other[p]];
  return sum / (end - first + damping);
}

/** Solves one row against the other side as it stands: one line of `solveLines`, wherever its ratings lie. */
export function rowSolver({ kernels, config }: Pick<Surroundings, 'kernels' | 'config'>, model: Model) {
  const { rowLength } = model;
  const start = kernels.ratings.indices(2);
  return {
    /** The row of x from ratings first…end−1 of `lines`. */
    solve(
      side: Side,
      lines: { readonly other: Uint32Array; readonly value: Floats; readonly otherCount: number },
      x: number,
      first: number,
      end: number,
    ) {
      start[0] = first;
      start[1] = end;
      const row = { from: x * rowLength, to: (x + 1) * rowLength };
      const alone: Model =
        side === 'users'
          ? {
              ...model,
              userFactors: model.userFactors.subarray(row.from, row.to),
              userBias: model.userBias.subarray(x, x + 1),
            }
          : {
              ...model,
              itemFactors: model.itemFactors.subarray(row.from, row.to),
              itemBias: model.itemBias.subarray(x, x + 1),
            };
      const { other, value, otherCount } = lines;
      kernels.solveLines(
        alone,
        side,
        { lineCount: 1, otherCount, start, other, value, time: null },
        config.alsLambda,
        'weighted',
        0,
        1,
      );
    },
  };
}
