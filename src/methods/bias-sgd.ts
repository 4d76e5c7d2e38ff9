import { meanOf } from '../kernels/baseline';
import { hasFiniteErrors } from '../metrics/moment';
import { seededRandom, seedOf, shuffledIndices } from '../ratings/random';
import { scaleSpan } from '../ratings/rating-set';
import { pause, type Sliced } from '../ratings/sliced';
import { liveSettings, noPast } from './changes';
import type { LiveSettings, RunConfig } from './config';
import { flopsOfObservations } from './flops';
import { beginRows, emptyModel, fillInitialFactors } from './initial-factors';
import type { AtOnce, Method } from './method';
import { onlineSgd } from './online';
import { ratingUnit, stepsOn } from './rating-unit';
import { copyModel, measureModel, pieceSize, type Run, trainingRmse } from './run';
import { rateIn, usualSteps } from './schedules';
import { blockedFrom, blockedVisits, shuffledVisits, visitAt, visitBytes } from './visits';
import type { Piece } from './work';

/** An error beyond this many rating spans, or an RMSE beyond this many times the first one, is divergence. */
const divergence = 10;

/** So much of an epoch tells whether a learning rate holds. */
const trialSize = 4 * pieceSize;

/** Bias-SGD: one observation at a time. */
export const biasSgd: Method = {
  id: 'sgd',
  name: 'B-SGD',
  title: 'bias-SGD',
  words: 'One observation at a time: one row and one column move. Keeps no ratings.',
  colours: ['#b3541a', '#ee9a5a'],
  step: { one: 'epoch', many: 'epochs', digits: 2 },
  formula: () => 'R ≈ μ + b + U·P',
  atOnce: {
    settings: [
      ...['rank', 'lambda', 'learningRate', 'schedule', 'rateLoss', 'rateEvery'],
      ...['factorRateTimes', 'biasLambdaTimes', 'sgdInitial', 'initialNoise', 'seed', 'epochs'],
    ] as const,
    limit: 'epochs',
    initial: 'sgdInitial',
    unit: 'observation',
    sweeps: false,
    inspects: 'observations',
    unitsPerStep: (trainingCount) => trainingCount,
    // Measuring large data takes a good part of the time that it takes to learn them.
    momentsPerStep: (trainingCount) => (trainingCount < blockedFrom ? 8 : 1),
    orderOf: (config, count, epoch) =>
      count < blockedFrom ? shuffledIndices(count, randomOf(config, epoch)) : null,
    room: visitBytes,
    flops: flopsOfObservations,
    foldsIn: 'visits',
    begin: sgdRun,
  },
  arriving: {
    settings: ['factorRate', 'learningRate', 'lambda', 'rank'],
    takesOwnRatings: true,
    begin: (around) => onlineSgd(around, around.config.rank),
  },
};

const orderSeedOf = ({ seed }: Pick<RunConfig, 'seed'>) => seed ^ 0x5bd1e995;

/** Every epoch has an order of its own, whichever came before: a run can begin in any. */
const randomOf = (config: Pick<RunConfig, 'seed'>, epoch: number) =>
  seededRandom(seedOf(orderSeedOf(config), epoch));

/**
 * Bias-SGD (kernels/bias-sgd.ts) in seeded random order: truly one observation at a time, or, on large data, block
 * by block. μ is the mean of the training ratings. γ and λ act as on ratings in stars (`stepsOn`).
 */
function* sgdRun(
  ...[kernels, ratings, split, config, past = noPast]: Parameters<AtOnce['begin']>
): Sliced<Run> {
  const unit = ratingUnit(ratings.scale);
  const span = scaleSpan(ratings.scale);
  const count = split.trainingCount;
  const model = emptyModel(kernels, ratings, config.rank, unit);
  model.mean = meanOf(split.byUser.value) / unit;
  const visits =
    count < blockedFrom
      ? shuffledVisits(kernels, split)
      : yield* blockedVisits(kernels, split, config.rank, seededRandom(orderSeedOf(config) ^ 0x1b873593));
  yield pause;
  beginRows(model, split, past.from, config, span, 0);
  yield pause;
  const work = { ...ratings, rank: config.rank, trainingCount: count, complete: false };
  const begun = past.from?.observations ?? 0;
  const live = liveSettings(config, past.changes, begun);
  /** The epoch that `visits` has the order of. */
  let epochBegun = -1;
  let firstRmse = past.firstRmse ?? Number.NaN;

  const limit = (divergence * span) / unit;
  const steps = { ...usualSteps, ...config };
  /** What the kernel is told of γ and λ in an epoch, and of how large an error may be. */
  function stepsFor(settings: LiveSettings, epoch: number, limit: number) {
    const rate = rateIn(epoch, settings.learningRate, steps);
    const { learningRate, lambda, factorRate, factorLambda } = stepsOn(ratings.scale, unit, {
      ...{ learningRate: rate, factorRate: rate * steps.factorRateTimes },
      ...{ lambda: settings.lambda, biasLambda: settings.lambda * steps.biasLambdaTimes },
    });
    return [learningRate, lambda, limit, factorRate, factorLambda] as const;
  }

  function beginEpochOf(unit: number) {
    const epoch = Math.floor(unit / count);
    if (epoch !== epochBegun) visits.begin(randomOf(config, epoch));
    epochBegun = epoch;
  }

  return {
    method: 'sgd',
    unitsPerStep: count,
    unitsPerLook: visits.perLook,
    unitsDone: begun,
    diverged: null,
    *advance(units) {
      const end = this.unitsDone + units;
      while (this.unitsDone < end && !this.diverged) {
        const from = this.unitsDone % count;
        beginEpochOf(this.unitsDone);
        const units = Math.min(end, live.next(this.unitsDone)) - this.unitsDone;
        const to = Math.min(count, from + units, visits.order ? from + pieceSize : count);
        for (const batch of visits.batches(from, to)) {
          const through = batch.reduce((sum, [low, high]) => sum + high - low, this.unitsDone);
          const toldKernel = stepsFor(live.begin(this.unitsDone, through), epochBegun, limit);
          const reached = (yield batch.map(
            ([low, high]): Piece => ({
              call: 'learn',
              args: [model, visits.triples, visits.order, low, high, ...toldKernel],
            }),
          )) as readonly number[];
          for (const [i, [low, high]] of batch.entries()) {
            this.unitsDone += reached[i] - low;
            if (reached[i] < high) this.diverged = 'grew';
          }
          if (this.diverged) return;
        }
      }
    },
    apply: live.apply,
    *measure(seconds) {
      const moment = yield* measureModel(model, split, ratings.scale, {
        step: this.unitsDone / count,
        observations: this.unitsDone,
        flops: flopsOfObservations(work, this.unitsDone),
        seconds,
      });
      const error = trainingRmse(moment);
      if (Number.isNaN(firstRmse)) firstRmse = error;
      if (!hasFiniteErrors(moment)) this.diverged = 'not-finite';
      // A first guess that is perfect leaves room for a span.
      else if (error > divergence * Math.max(firstRmse, span / 100)) this.diverged = 'grew';
      return moment;
    },
    copy: (moment, room) => ({ ...moment, method: 'sgd', ...copyModel(model, room) }),
    visit(unit) {
      beginEpochOf(unit);
      return visitAt(visits, unit % count);
    },
    proposeLearningRate() {
      const { lambda, learningRate } = live.at(this.unitsDone);
      // An epoch, or its first part, that stays finite at half the rate tried next is a safe place to go on from.
      for (let rate = learningRate / 2; rate > 1e-6; rate /= 2) {
        visits.begin(randomOf(config, 0));
        model.userBias.fill(0);
        model.itemBias.fill(0);
        fillInitialFactors(model, config, span, 0);
        const { triples, order } = visits;
        const toldKernel = stepsFor({ lambda, learningRate: rate }, 0, (2 * span) / unit);
        const learns = ([low, high]: readonly [number, number]) =>
          kernels.learn(model, triples, order, low, high, ...toldKernel) === high;
        const holds = visits.batches(0, Math.min(count, trialSize)).flat().every(learns);
        if (holds) return Number((rate / 2).toPrecision(1));
      }
      return 1e-6;
    },
  };
}
