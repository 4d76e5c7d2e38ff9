import type { Side } from '../kernels/kernels';
import type { Floats } from '../ratings/lines';
import { pause, type Sliced } from '../ratings/sliced';
import type { GrowingLines, GrowingSide } from './growing-lines';
import { freshModel, type Learner, type Surroundings } from './learner';
import type { Method } from './method';
import { rowFinder } from './rows';
import { dampedBias, rowSolver, workPerPause } from './solving';

/** ALS for the rows of a batch alone. */
export const foldIn: Method = {
  id: 'fold-in',
  name: 'Fold-in',
  title: 'fold-in',
  words: 'ALS’s partial update: the rows of a batch are solved exactly, all others stay. Keeps all ratings.',
  colours: ['#2f7d3a', '#6cc97a'],
  step: { one: 'batch', many: 'batches', digits: 0 },
  formula: (baseline) => (baseline === 'none' ? 'R ≈ U·P' : 'R ≈ μ + b + U·P'),
  arriving: { solvesRows: true, begin: foldInLearner },
};

/**
 * Fold-in, ALS's partial update: after each batch the rows of its users are solved against the items as they are,
 * then the rows of its items against the users. Everybody else stays, bit for bit.
 */
function foldInLearner(around: Surroundings, lines: GrowingLines): Learner {
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
