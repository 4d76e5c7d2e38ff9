import { streamIds, streamMethodIds, streamMethods } from '../methods';
import { type ArrivalOrder, type StreamConfig, sparkDefects } from '../methods/stream-config';
import { ofStars } from './fitting';
import {
  choice,
  choiceOfMethods,
  lambda,
  linear,
  log,
  percent,
  type SettingList,
  several,
  type ValuesOf,
} from './setting';
import { changerOf, defaultsOf } from './values';

/** What the stream lab is set to; λ in rating units, shares 0…1. */
export const streamSettings = {
  batchSize: log(1, 100_000, 1000, {
    step: 1,
    label: 'Batch size',
    unit: 'ratings',
    info: 'Ratings that arrive together. Each batch is predicted first (the prequential error), then learnt. Begins the stream anew.',
  }),
  /** null: the whole stream in about twenty seconds. */
  speed: {
    ...log(1, 1e7, 5000, { step: 1, label: 'Speed', unit: 'ratings a second', effect: 'machine' }),
    info: 'How fast ratings arrive while it plays, or as fast as they can be learnt, where that is slower.',
    fallback: null as number | null,
  },
  rank: linear(1, 128, 10, {
    label: 'Rank',
    info: 'k, the number of factors of every user and item, for all methods of the lab.',
  }),
  learningRate: log(1e-4, 1, 0.03, {
    label: 'γ of biases',
    info: 'How far a bias moves after each rating; it counts as on ratings in stars, however large the scale is.',
  }),
  factorRate: log(1e-4, 1, 0.15, {
    label: 'γ of factors',
    info: 'The same for factors. In a single pass factors learn something only when theirs is larger; the published code has two rates as well.',
  }),
  lambda: lambda(0.02, (rated) => ofStars(0.02, rated), {
    label: 'λ per rating',
    info: 'The price of large factors and biases, per observation.',
  }),
  alsLambda: lambda(0.15, (rated) => ofStars(0.15, rated), {
    label: 'λ of ALS',
    info: 'Weighted by the number of ratings of each row (ALS-WR), for fold-in, refits and the dashed line.',
  }),
  passes: linear(1, 10, 1, {
    label: 'Mini-batch passes',
    info: 'How often mini-batch B-SGD goes over each batch before it lets go of it.',
  }),
  decay: linear(0.5, 1, 0.9, {
    step: 0.01,
    label: 'γ decay',
    info: 'What γ is multiplied by from one pass to the next.',
  }),
  /** null: about twenty times in a stream. */
  refitEvery: {
    ...log(1, 10_000, 10, { step: 1, label: 'Refit every', unit: 'batches' }),
    info: 'A full refit of ALS on everything that has arrived follows every so many batches; five iterations from where it was.',
    fallback: null as number | null,
  },
  driftUsers: linear(0, 1, 0, {
    step: 0.01,
    label: 'Users who turn',
    ...percent,
    info: 'From a moment on, so many users rate the other way round, low for high; so do their held-out ratings. Who recovers?',
  }),
  driftAt: linear(0, 1, 0.5, {
    step: 0.01,
    label: 'Turn after',
    ...percent,
    info: 'The share of the stream that has arrived when their taste turns.',
  }),
  seed: linear(0, 9999, 1, {
    label: 'Seed',
    info: 'Of the shuffled order, of first factors, and of who drifts: same seed, same bits.',
  }),
  order: choice<ArrivalOrder>({ time: 'By time', random: 'Random', user: 'By user' }, 'time', {
    label: 'Order',
    spoken: 'Order of arrival',
    info: 'By time: as the ratings were given, those of one second as they stand in the file. Random: shuffled, from the seed. By user: one user after the other, each by time where it is known.',
  }),
  methods: choiceOfMethods(streamMethods, streamIds, { fewest: 1, effect: 'learners' }),
  alsBaseline: choice({ biases: 'mean + biases', none: 'none (Spark)' }, 'biases', {
    label: 'Baseline',
    info: 'What ALS leaves aside: μ and damped biases, or nothing, as Spark does.',
  }),
  step: choice({ bounded: 'bounded', summed: 'plain sum' }, 'bounded', {
    label: 'Mini-batch step',
    info: "Summed: γ times the sum of a row's gradients; diverges where a user or an item has many ratings in one batch. Bounded: about as far as that many single steps would go.",
  }),
  defects: several(sparkDefects, ['forgets', 'frozen-mean', 'clips', 'divides', 'decays', 'heavy-lambda'], {
    fewest: 0,
    label: 'Defects of Spark’s code',
    effect: 'learners',
  }),
} as const satisfies SettingList;

/** Where they stand on the panels, from top to bottom; what is not here has a place of its own. */
export const streamPanels = {
  stream: ['order', 'batchSize', 'speed'],
  methods: ['rank'],
  sgd: ['learningRate', 'factorRate', 'lambda', 'passes', 'decay', 'step'],
  als: ['refitEvery', 'alsLambda', 'alsBaseline'],
  drift: ['driftUsers', 'driftAt', 'seed'],
} as const satisfies Record<string, readonly (keyof StreamSettings)[]>;

export type StreamSettings = ValuesOf<typeof streamSettings>;

/** Of pictures; those of files follow from their ratings. */
export const streamDefaults: StreamSettings = defaultsOf(streamSettings);

/** The settings with a change; null where the change is out of bounds. */
export const changedStream = changerOf(streamSettings);

/** Seconds that a stream takes, where nobody says otherwise. */
const usualSeconds = 20;

/** Ratings that arrive in a second, of so many in all. */
export const speedOf = ({ speed }: Pick<StreamSettings, 'speed'>, ratingCount: number): number =>
  speed ?? Math.max(1, Math.round(ratingCount / usualSeconds));

/** Refits in a stream, where nobody says otherwise. */
const usualRefits = 20;
const refitIterations = 5;

export function refitEveryOf({ refitEvery, batchSize }: StreamSettings, ratingCount: number): number {
  return refitEvery ?? Math.max(1, Math.round(ratingCount / batchSize / usualRefits));
}

/** @param timed whether it is known when ratings were given: without that, "by time" is shuffled */
export function streamConfig(settings: StreamSettings, ratingCount: number, timed: boolean): StreamConfig {
  const { speed: _, driftUsers, driftAt, order, methods, ...same } = settings;
  return {
    ...same,
    order: order === 'time' && !timed ? 'random' : order,
    methods: streamMethodIds.filter((method) => methods.includes(method)),
    refitEvery: refitEveryOf(settings, ratingCount),
    refitIterations,
    drift: { users: driftUsers, at: driftAt },
  };
}
