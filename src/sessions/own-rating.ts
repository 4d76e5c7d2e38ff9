import type { Model } from '../kernels/kernels';
import { methodOf } from '../methods';
import type { Extra } from '../methods/growing-lines';
import { predictionOf } from '../methods/measure';
import type { MethodId } from '../methods/method';
import { divergence } from '../methods/online';
import { dampedBias, rowSolver, solveAll } from '../methods/solving';
import type { Work } from '../methods/work';
import type { Floats } from '../ratings/lines';
import { scaleSpan } from '../ratings/rating-set';
import { pause } from '../ratings/sliced';
import type { Lab } from './lab';

/** A row of a model before and after one observation: rating units. */
interface RowChange {
  readonly biasBefore: number;
  readonly biasAfter: number;
  /** ‖ΔU_x‖, how far its factors moved. */
  readonly moved: number;
}

/** What another way would have made of the same rating. */
interface Alternative {
  readonly prediction: number;
  readonly seconds: number;
  /** Users and items whose rows it changes. */
  readonly users: number;
  readonly items: number;
}

/** One rating of somebody's own, learnt by B-SGD. */
export interface OwnRating extends Extra {
  readonly before: number;
  readonly after: number;
  readonly seconds: number;
  /** Rows that differ, bit for bit, from before. */
  readonly changedUsers: readonly number[];
  readonly changedItems: readonly number[];
  readonly userRow: RowChange;
  readonly itemRow: RowChange;
  /** null where no ALS is going that could have done it. */
  readonly foldIn: Alternative | null;
  readonly refit: Alternative | null;
}

export interface Rater {
  /** Who learns it; null where nobody who can is on. */
  readonly method: MethodId | null;
  /** Learns the rating, one step; null where nobody can, or who can has diverged. */
  rate(rating: Extra): Work<OwnRating | null>;
  /** Puts both rows back as they were, bit for bit; false where there is nothing to undo, or the stream has gone on. */
  undo(): boolean;
  /** Ratings that can be undone. */
  readonly undoable: number;
}

interface Saved {
  readonly rating: Extra;
  readonly batch: number;
  readonly rows: readonly [Floats, number, Floats][];
  readonly seen: readonly [user: number, item: number];
}

/** Takes a person's own ratings. The mean stays as it is: one observation changes one row and one column, nothing else. */
export function raterOf(lab: Lab, now: () => number): Rater {
  const { around, lines, scratch } = lab;
  const { kernels, config, scale, seen } = around;
  const learner = lab.learners.find(({ method }) => methodOf(method).arriving?.takesOwnRatings);
  const one = {
    users: kernels.ratings.indices(1),
    items: kernels.ratings.indices(1),
    values: kernels.ratings.floats(1),
  };
  const longest = (starts: Uint32Array) => {
    let most = 0;
    for (let x = 0; x + 1 < starts.length; x++) most = Math.max(most, starts[x + 1] - starts[x]);
    return most;
  };
  const length = 1 + Math.max(longest(lines.users.start), longest(lines.items.start));
  const row = { other: kernels.ratings.indices(length), value: kernels.ratings.floats(length) };
  const saved: Saved[] = [];

  function partsOf(model: Model, { user, item }: Extra): [Floats, number, number][] {
    const { rowLength } = model;
    return [
      [model.userBias, user, user + 1],
      [model.itemBias, item, item + 1],
      [model.userFactors, user * rowLength, (user + 1) * rowLength],
      [model.itemFactors, item * rowLength, (item + 1) * rowLength],
    ];
  }
  const rowsOf = (model: Model, rating: Extra): [Floats, number, Floats][] =>
    partsOf(model, rating).map(([array, from, to]) => [array, from, array.slice(from, to)]);
  const putBack = (rows: readonly [Floats, number, Floats][]) => {
    for (const [array, at, values] of rows) array.set(values, at);
  };

  /** Solves both rows with the rating among theirs, on the model as it is, and puts them back. */
  function foldedIn(model: Model, { user, item, value }: Extra): Alternative {
    const rows = rowsOf(model, { user, item, value });
    const begun = now();
    const solver = rowSolver(around, model);
    for (const [side, x, y] of [
      ['users', user, item],
      ['items', item, user],
    ] as const) {
      const { start, arrived, other, value: values, otherCount } = lines[side];
      const [from, to] = [start[x], start[x] + arrived[x]];
      row.other.set(other.subarray(from, to));
      row.value.set(values.subarray(from, to));
      row.other[to - from] = y;
      row.value[to - from] = value;
      const [bias, otherBias] =
        side === 'users' ? [model.userBias, model.itemBias] : [model.itemBias, model.userBias];
      if (config.alsBaseline === 'biases') bias[x] = dampedBias(row, 0, to - from + 1, otherBias, model.mean);
      solver.solve(side, { ...row, otherCount }, x, 0, to - from + 1);
    }
    const prediction = predictionOf(model, user, item);
    const seconds = now() - begun;
    putBack(rows);
    return { prediction, seconds, users: 1, items: 1 };
  }

  /** ALS on all that has arrived and the rating, from the factors of the model. */
  function* refitted(model: Model, rating: Extra): Work<Alternative> {
    scratch.userFactors.set(model.userFactors);
    scratch.itemFactors.set(model.itemFactors);
    const all = lines.compact(rating);
    const begun = now();
    yield* solveAll(around, scratch, all, around.means.now, config.refitIterations);
    const seconds = now() - begun;
    const users = lines.users.arrived.reduce((sum, count) => sum + Number(count > 0), 0);
    const items = lines.items.arrived.reduce((sum, count) => sum + Number(count > 0), 0);
    return { prediction: predictionOf(scratch, rating.user, rating.item), seconds, users, items };
  }

  return {
    method: learner?.method ?? null,
    get undoable() {
      const last = saved.at(-1);
      return last && last.batch === lab.unitsDone ? saved.length : 0;
    },
    *rate(rating) {
      if (!learner || learner.diverged) return null;
      const { user, item, value } = rating;
      const { model } = learner;
      if (saved.some(({ batch }) => batch !== lab.unitsDone)) saved.length = 0;
      const before = predictionOf(model, user, item);
      const rows = rowsOf(model, rating);
      const all = [model.userBias, model.itemBias, model.userFactors, model.itemFactors].map((array) =>
        array.slice(),
      );
      one.users[0] = user;
      one.items[0] = item;
      one.values[0] = value;
      const begun = now();
      const reached = kernels.learn(
        ...([model, one, null, 0, 1, config.learningRate, config.lambda / model.unit] as const),
        ...([(divergence * scaleSpan(scale)) / model.unit, config.factorRate] as const),
      );
      const seconds = now() - begun;
      if (reached === 0) return null;
      saved.push({ rating, batch: lab.unitsDone, rows, seen: [seen.users[user], seen.items[item]] });
      seen.users[user] = 1;
      seen.items[item] = 1;
      yield pause;
      const base = lab.learners.find(({ method }) => methodOf(method).arriving?.solvesRows)?.model;
      const [userBias, itemBias, userFactors, itemFactors] = all;
      return {
        ...{ user, item, value, before, after: predictionOf(model, user, item), seconds },
        changedUsers: changed(userBias, model.userBias, userFactors, model.userFactors, model.rowLength),
        changedItems: changed(itemBias, model.itemBias, itemFactors, model.itemFactors, model.rowLength),
        userRow: rowChange(userBias, model.userBias, userFactors, model.userFactors, model, user),
        itemRow: rowChange(itemBias, model.itemBias, itemFactors, model.itemFactors, model, item),
        foldIn: base ? foldedIn(base, rating) : null,
        refit: base ? yield* refitted(base, rating) : null,
      };
    },
    undo() {
      const last = saved.at(-1);
      if (!last || last.batch !== lab.unitsDone) return false;
      saved.pop();
      putBack(last.rows);
      const { user, item } = last.rating;
      [seen.users[user], seen.items[item]] = last.seen;
      return true;
    },
  };
}

/** Rows whose bias or factors are not the same, bit for bit. */
function changed(
  bias: Floats,
  biasNow: Floats,
  factors: Floats,
  factorsNow: Floats,
  rowLength: number,
): number[] {
  const rows = new Set<number>();
  for (let x = 0; x < bias.length; x++) if (!Object.is(bias[x], biasNow[x])) rows.add(x);
  for (let i = 0; i < factors.length; i++)
    if (!Object.is(factors[i], factorsNow[i])) rows.add(Math.floor(i / rowLength));
  return [...rows].sort((a, b) => a - b);
}

function rowChange(
  bias: Floats,
  biasNow: Floats,
  factors: Floats,
  factorsNow: Floats,
  { unit, rowLength }: Model,
  x: number,
): RowChange {
  let squares = 0;
  for (let f = x * rowLength; f < (x + 1) * rowLength; f++) squares += (factorsNow[f] - factors[f]) ** 2;
  return { biasBefore: unit * bias[x], biasAfter: unit * biasNow[x], moved: Math.sqrt(unit * squares) };
}
