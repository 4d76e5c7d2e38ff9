import type { Model } from '../kernels/kernels';
import { methodOf } from '../methods';
import { predictionOf } from '../methods/measure';
import { divergence } from '../methods/online';
import { stepsOn } from '../methods/rating-unit';
import type { Snapshot } from '../methods/snapshot';
import { setBias, solveAll, solveAlone } from '../methods/solving';
import type { Observation } from '../methods/visits';
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
export interface OwnRating extends Observation {
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

/** Who learns single ratings, after one of them was learnt or taken back. */
export interface Rated {
  readonly snapshot: Snapshot;
  /** Ratings that can be taken back. */
  readonly undoable: number;
}

export interface Rater {
  /** Learns the rating, one step; null where nobody can, or who can has diverged. */
  rate(rating: Observation): Work<(Rated & { readonly rating: OwnRating }) | null>;
  /** Puts both rows back as they were, bit for bit; null where there is nothing to undo, or the stream has gone on. */
  undo(): Rated | null;
}

/** A part of a model, and what stood there before. */
type Part = readonly [now: Floats, before: Floats];

interface Saved {
  readonly rating: Observation;
  readonly batch: number;
  readonly parts: readonly Part[];
  readonly seen: readonly [user: number, item: number];
}

/** What one observation changes of a model: two biases, then two rows of factors. */
function partsOf(model: Model, { user, item }: Observation) {
  const { rowLength, userBias, itemBias, userFactors, itemFactors } = model;
  const part = (now: Floats): Part => [now, now.slice()];
  return [
    part(userBias.subarray(user, user + 1)),
    part(itemBias.subarray(item, item + 1)),
    part(userFactors.subarray(user * rowLength, (user + 1) * rowLength)),
    part(itemFactors.subarray(item * rowLength, (item + 1) * rowLength)),
  ] as const;
}

const putBack = (parts: readonly Part[]) => {
  for (const [now, before] of parts) now.set(before);
};

/** Takes a person's own ratings. The mean stays as it is: one observation changes one row and one column, nothing else. */
export function raterOf(lab: Lab, now: () => number): Rater {
  const { around, lines, scratch } = lab;
  const { kernels, config, scale, seen } = around;
  const that = (can: 'takesOwnRatings' | 'solvesRows') =>
    lab.members.find(({ method }) => methodOf(method).arriving?.[can]);
  const taker = that('takesOwnRatings');
  const one = {
    users: kernels.ratings.indices(1),
    items: kernels.ratings.indices(1),
    values: kernels.ratings.floats(1),
  };
  const saved: Saved[] = [];
  const last = () => {
    const newest = saved.at(-1);
    return newest?.batch === lab.unitsDone ? newest : undefined;
  };

  /** What solving both rows, with the rating among theirs, makes of it, on the model as it is, which is put back. */
  function foldedIn(model: Model, rating: Observation): Alternative {
    const { user, item } = rating;
    const parts = partsOf(model, rating);
    const begun = now();
    for (const [side, x] of [['users', user] as const, ['items', item] as const]) {
      if (config.alsBaseline === 'biases') setBias(model, side, lines, x);
      solveAlone(around, model, side, lines, x);
    }
    const prediction = predictionOf(model, user, item);
    const seconds = now() - begun;
    putBack(parts);
    return { prediction, seconds, users: 1, items: 1 };
  }

  /** What others would have made of the rating: ALS on all that has arrived goes on from the factors of the model. */
  function* alternatives(model: Model, rating: Observation): Work<Pick<OwnRating, 'foldIn' | 'refit'>> {
    const known = (arrived: Uint32Array) => arrived.reduce((sum, count) => sum + Number(count > 0), 0);
    const [users, items] = [known(lines.users.arrived), known(lines.items.arrived)];
    lines.put(rating);
    const foldIn = foldedIn(model, rating);
    const all = lines.compact();
    lines.takeAway(rating);
    scratch.userFactors.set(model.userFactors);
    scratch.itemFactors.set(model.itemFactors);
    const begun = now();
    yield* solveAll(around, scratch, all, around.means.now, config.refitIterations);
    const seconds = now() - begun;
    return {
      foldIn,
      refit: { prediction: predictionOf(scratch, rating.user, rating.item), seconds, users, items },
    };
  }

  return {
    *rate(rating) {
      if (!taker || taker.learner.diverged) return null;
      const { method, learner } = taker;
      const { user, item, value } = rating;
      const { model } = learner;
      if (!last()) saved.length = 0;
      const knowsBoth = seen.users[user] === 1 && seen.items[item] === 1;
      // Whom it does not know has no factors yet: those that wait for them are random.
      const before = predictionOf(knowsBoth ? model : { ...model, rank: 0 }, user, item);
      const parts = partsOf(model, rating);
      const { userBias, itemBias, userFactors, itemFactors } = model;
      const all = [userBias, itemBias, userFactors, itemFactors].map((array): Part => [array, array.slice()]);
      one.users[0] = user;
      one.items[0] = item;
      one.values[0] = value;
      const { learningRate, lambda, factorRate, factorLambda } = stepsOn(scale, model.unit, config);
      const begun = now();
      const reached = kernels.learn(
        ...([model, one, null, 0, 1, learningRate, lambda] as const),
        ...([(divergence * scaleSpan(scale)) / model.unit, factorRate, factorLambda] as const),
      );
      const seconds = now() - begun;
      if (reached === 0) return null;
      saved.push({ rating, batch: lab.unitsDone, parts, seen: [seen.users[user], seen.items[item]] });
      seen.users[user] = 1;
      seen.items[item] = 1;
      yield pause;
      const base = that('solvesRows')?.learner.model;
      const learnt = {
        ...{ user, item, value, before, after: predictionOf(model, user, item), seconds },
        changedUsers: changed(all[0], all[2], model.rowLength),
        changedItems: changed(all[1], all[3], model.rowLength),
        userRow: rowChange(parts[0], parts[2], model.unit),
        itemRow: rowChange(parts[1], parts[3], model.unit),
        ...(base ? yield* alternatives(base, rating) : { foldIn: null, refit: null }),
      };
      return { rating: learnt, snapshot: lab.snapshot(method), undoable: saved.length };
    },
    undo() {
      const newest = last();
      if (!newest || !taker) return null;
      saved.pop();
      putBack(newest.parts);
      const { user, item } = newest.rating;
      [seen.users[user], seen.items[item]] = newest.seen;
      return { snapshot: lab.snapshot(taker.method), undoable: saved.length };
    },
  };
}

/** Rows whose bias or factors are not the same, bit for bit. */
function changed([bias, biasBefore]: Part, [factors, factorsBefore]: Part, rowLength: number): number[] {
  const rows = new Set<number>();
  for (let x = 0; x < bias.length; x++) if (!Object.is(bias[x], biasBefore[x])) rows.add(x);
  for (let i = 0; i < factors.length; i++)
    if (!Object.is(factors[i], factorsBefore[i])) rows.add(Math.floor(i / rowLength));
  return [...rows].sort((a, b) => a - b);
}

function rowChange([[bias], [biasBefore]]: Part, [factors, before]: Part, unit: number): RowChange {
  let squares = 0;
  for (let f = 0; f < factors.length; f++) squares += (factors[f] - before[f]) ** 2;
  return { biasBefore: unit * biasBefore, biasAfter: unit * bias, moved: Math.sqrt(unit * squares) };
}
