import { streamMethodIds, streamMethods } from '../methods';
import type { MethodId } from '../methods/method';
import type { ArrivalOrder, SparkDefect, StreamConfig } from '../methods/stream-config';
import { choice, linear, log, type SettingList, several, type ValuesOf } from './setting';
import { changerOf, defaultsOf } from './values';

/** What the stream lab is set to; λ in rating units, shares 0…1. */
export const streamSettings = {
  batchSize: {
    ...log(1, 100_000, 1000, 1),
    ...{ label: 'Batch size', unit: 'ratings' },
    info: 'Ratings that arrive together. Each batch is predicted first (the prequential error), then learnt. Begins the stream anew.',
    effect: 'restart',
  },
  interval: {
    ...linear(0, 5, 0, 0.1),
    ...{ label: 'Interval', unit: 's' },
    info: 'Time from one batch to the next while it plays; 0: as fast as they are learnt.',
    effect: 'machine',
  },
  rank: {
    ...linear(1, 64, 10),
    label: 'Rank',
    info: 'k, the number of factors of every user and item, for all methods of the lab.',
    effect: 'restart',
  },
  learningRate: {
    ...log(1e-4, 1, 0.03),
    label: 'γ of biases',
    info: 'How far a bias moves after each rating; ratings are scaled to a span of five inside.',
    effect: 'restart',
  },
  factorRate: {
    ...log(1e-4, 1, 0.15),
    label: 'γ of factors',
    info: 'The same for factors. In a single pass factors learn something only when theirs is larger; the published code has two rates as well.',
    effect: 'restart',
  },
  lambda: {
    ...log(1e-4, 10, 0.02),
    label: 'λ per rating',
    info: 'The price of large factors and biases, per observation.',
    effect: 'restart',
  },
  alsLambda: {
    ...log(1e-4, 10, 0.15),
    label: 'λ of ALS',
    info: 'Weighted by the number of ratings of each row (ALS-WR), for fold-in, refits and the dashed line.',
    effect: 'restart',
  },
  passes: {
    ...linear(1, 10, 1),
    label: 'Mini-batch passes',
    info: 'How often mini-batch B-SGD goes over each batch before it lets go of it.',
    effect: 'restart',
  },
  decay: {
    ...linear(0.5, 1, 0.9, 0.01),
    label: 'γ decay',
    info: 'What γ is multiplied by from one pass to the next.',
    effect: 'restart',
  },
  /** null: about twenty times in a stream. */
  refitEvery: {
    ...log(1, 10_000, 10, 1),
    fallback: null as number | null,
    ...{ label: 'Refit every', unit: 'batches' },
    info: 'A full refit of ALS on everything that has arrived follows every so many batches; five iterations from where it was.',
    effect: 'restart',
  },
  driftUsers: {
    ...linear(0, 1, 0, 0.01),
    ...{ label: 'Users who turn', unit: '%', shown: 100 },
    info: 'From a moment on, so many users rate the other way round, low for high; so do their held-out ratings. Who recovers?',
    effect: 'restart',
  },
  driftAt: {
    ...linear(0, 1, 0.5, 0.01),
    ...{ label: 'Turn after', unit: '%', shown: 100 },
    info: 'The share of the stream that has arrived when their taste turns.',
    effect: 'restart',
  },
  seed: {
    ...linear(0, 9999, 1),
    label: 'Seed',
    info: 'Of the shuffled order, of first factors, and of who drifts: same seed, same bits.',
    effect: 'restart',
  },
  order: {
    ...choice<ArrivalOrder>({ time: 'By time', random: 'Random', user: 'By user' }, 'time'),
    ...{ label: 'Order', spoken: 'Order of arrival' },
    info: 'By time: as the ratings were given. Random: shuffled, from the seed. By user: one user after the other, each by time where it is known.',
    effect: 'restart',
  },
  methods: {
    ...several<MethodId>(
      Object.fromEntries(streamMethods.map(({ id, name, words }) => [id, [name, words]])),
      ['sgd', 'mini-batch', 'fold-in', 'refit', 'biases', 'mean'],
      1,
    ),
    ...{ label: 'Methods', areMethods: true, effect: 'learners' },
  },
  alsBaseline: {
    ...choice({ biases: 'mean + biases', none: 'none (Spark)' }, 'biases'),
    label: 'Baseline',
    info: 'What ALS leaves aside: μ and damped biases, or nothing, as Spark does.',
    effect: 'restart',
  },
  step: {
    ...choice({ bounded: 'bounded', summed: 'plain sum' }, 'bounded'),
    label: 'Mini-batch step',
    info: "Summed: γ times the sum of a row's gradients, as in the post; diverges where a user or an item has many ratings in one batch. Bounded: about as far as that many single steps would go.",
    effect: 'restart',
  },
  defects: {
    ...several<SparkDefect>(
      {
        copies: [
          'A factor per rating',
          'New factors come from a join over ratings, so who brings c ratings is kept c times, and every further batch multiplies the copies. Here they are one row that counts as often.',
        ],
        forgets: [
          'Forgets who is absent',
          'Factors are joined with the gradients of the batch: users and items that it does not mention are dropped.',
        ],
        'frozen-mean': ['μ of the first batch', 'The new mean is computed, and the old one kept.'],
        clips: ['ε from clipped r̂', 'Predictions are cut to the scale before the error is taken.'],
        divides: [
          'Divides by the batch',
          'Summed gradients are divided by all ratings of the batch, so that a row with few of them hardly moves.',
        ],
        decays: ['γ · 0.9ⁱ anew', 'γ fades from pass to pass, and is as it was in the next batch.'],
        'heavy-lambda': ['λ = 10', 'Two hundred times what is usual for B-SGD.'],
      },
      ['forgets', 'frozen-mean', 'clips', 'divides', 'decays', 'heavy-lambda'],
      0,
    ),
    label: 'Defects of Spark’s code',
    effect: 'learners',
  },
} as const satisfies SettingList;

/** Where they stand on the panels, from top to bottom; what is not here has a place of its own. */
export const streamPanels = {
  stream: ['order', 'batchSize', 'interval'],
  methods: ['rank'],
  sgd: ['learningRate', 'factorRate', 'lambda', 'passes', 'decay', 'step'],
  als: ['refitEvery', 'alsLambda', 'alsBaseline'],
  drift: ['driftUsers', 'driftAt', 'seed'],
} as const satisfies Record<string, readonly (keyof StreamSettings)[]>;

export type StreamSettings = ValuesOf<typeof streamSettings>;

export const streamDefaults: StreamSettings = defaultsOf(streamSettings);

/** The settings with a change; null where the change is out of bounds. */
export const changedStream = changerOf(streamSettings);

/** Refits in a stream, where nobody says otherwise. */
const usualRefits = 20;
const refitIterations = 5;

export function refitEveryOf({ refitEvery, batchSize }: StreamSettings, ratingCount: number): number {
  return refitEvery ?? Math.max(1, Math.round(ratingCount / batchSize / usualRefits));
}

/** @param timed whether it is known when ratings were given: without that, "by time" is shuffled */
export function streamConfig(settings: StreamSettings, ratingCount: number, timed: boolean): StreamConfig {
  const { interval: _, driftUsers, driftAt, order, methods, ...same } = settings;
  return {
    ...same,
    order: order === 'time' && !timed ? 'random' : order,
    methods: streamMethodIds.filter((method) => methods.includes(method)),
    refitEvery: refitEveryOf(settings, ratingCount),
    refitIterations,
    drift: { users: driftUsers, at: driftAt },
  };
}
