import type { Damping } from '../kernels/baseline';
import { als } from '../methods/als';
import { biasSgd } from '../methods/bias-sgd';
import type { RunConfig } from '../methods/config';
import type { StreamConfig } from '../methods/stream-config';
import type { Counting } from '../metrics/tally';
import type { RatingInfo } from '../ratings/rating-set';

/** A data set, recognised by its counts and its scale: what a file is called says little. */
export interface DataShape extends Pick<RatingInfo, 'userCount' | 'itemCount' | 'ratingCount'> {
  readonly name: string;
  /** Of the scale, rating units. */
  readonly min: number;
  readonly max: number;
}

/** What somebody else has measured. */
export interface Figure {
  /** Of a stream: after so many ratings. */
  readonly after?: number;
  /** Rating units. */
  readonly rmse: number;
  readonly mae: number;
}

/** How a figure was found, as far as it is ours to do: a run, or biases alone, on every fold; or a stream. */
export type Protocol =
  | { readonly kind: 'run'; readonly folds: number; readonly config: RunConfig; readonly steps: number }
  | { readonly kind: 'biases'; readonly folds: number; readonly damping: Damping }
  /** Each rating is predicted before it is learnt. */
  | { readonly kind: 'stream'; readonly config: StreamConfig };

/** Figures that somebody has published, and all that is needed to find them once more. */
export interface Published {
  readonly id: string;
  /** Whose, of what, on what. */
  readonly name: string;
  readonly source: string;
  readonly data: DataShape;
  /** What was done, in a sentence. */
  readonly words: string;
  readonly protocol: Protocol;
  /** Which errors count. */
  readonly counting: Counting;
  /** In a stream one for each place; else a single one, of the mean over the folds. */
  readonly figures: readonly Figure[];
  /** How far a figure of ours may be from theirs, rating units: several spreads of seeds and folds. */
  readonly tolerance: number;
  /** Where what we do is not what they did. */
  readonly differs: readonly string[];
}

const movieLens100k: DataShape = {
  ...{ name: 'MovieLens 100K', userCount: 943, itemCount: 1682, ratingCount: 100_000 },
  ...{ min: 1, max: 5 },
};
const movieLens1m: DataShape = {
  ...{ name: 'MovieLens 1M', userCount: 6040, itemCount: 3706, ratingCount: 1_000_209 },
  ...{ min: 1, max: 5 },
};

/** Seed of the folds, of first factors and of the order of visits. */
export const publishedSeed = 1;

const run: Omit<RunConfig, 'method' | 'rank' | 'lambda' | 'initialNoise'> = {
  ...{ regularisation: 'weighted', baseline: 'none', initial: 'normal' },
  ...{ learningRate: 0.005, seed: publishedSeed, holdOutShare: 0 },
};

const surprise = 'https://github.com/NicolasHug/Surprise#benchmarks';
/** As Surprise has it: predictions are cut to the scale; who is new has a bias of 0. */
const asSurprise: Counting = { cold: 'bias', clip: true };

const svd: Pick<Published, 'source' | 'words' | 'protocol' | 'counting' | 'tolerance'> = {
  source: surprise,
  words:
    'B-SGD with 100 factors, 20 epochs, γ 0.005, λ 0.02, factors begun with a standard deviation of 0.1; 5 folds; predictions cut to the scale.',
  protocol: {
    ...{ kind: 'run', folds: 5, steps: 20 },
    // σ² = noise · span / √k: 0.1² on five stars.
    config: { ...run, method: biasSgd.id, rank: 100, lambda: 0.02, initialNoise: 0.025 },
  },
  counting: asSurprise,
  // Over draws of folds and first factors a mean of five folds spreads by about 0.001 on 100,000 ratings, and theirs is
  // one draw, too: three spreads of the difference of two.
  tolerance: 0.004,
};

const ownDraws = 'Folds and first factors are drawn by another generator.';
const ownOrder =
  'Surprise visits the ratings in one order in every epoch; here each epoch has an order of its own.';

/** Every figure that can be reproduced, in the order in which they are offered. */
export const published: readonly Published[] = [
  {
    ...{ id: 'surprise-svd-100k', name: 'Surprise, SVD, MovieLens 100K', data: movieLens100k },
    ...svd,
    figures: [{ rmse: 0.934, mae: 0.737 }],
    differs: [ownOrder, ownDraws],
  },
  {
    ...{ id: 'surprise-biases-100k', name: 'Surprise, BaselineOnly, MovieLens 100K', data: movieLens100k },
    source: surprise,
    words:
      'μ and biases alone, in 10 rounds of damped averages, 15 ratings of μ against those of a user and 10 against those of an item; 5 folds; predictions cut to the scale.',
    protocol: { kind: 'biases', folds: 5, damping: { users: 15, items: 10, rounds: 10 } },
    counting: asSurprise,
    figures: [{ rmse: 0.944, mae: 0.748 }],
    tolerance: 0.003,
    differs: ['Folds are drawn by another generator.'],
  },
  {
    ...{ id: 'surprise-svd-1m', name: 'Surprise, SVD, MovieLens 1M', data: movieLens1m },
    ...svd,
    figures: [{ rmse: 0.873, mae: 0.686 }],
    tolerance: 0.003,
    differs: [
      'Surprise visits the ratings in one order in every epoch; here, from half a million ratings on, an epoch goes through blocks of users and items, in another order of blocks each time.',
      ownDraws,
    ],
  },
  {
    ...{ id: 'river-100k', name: 'river, BiasedMF, MovieLens 100K', data: movieLens100k },
    source:
      'https://riverml.xyz/latest/examples/matrix-factorization-for-recommender-systems/part-1/#biased-matrix-factorization-biasedmf',
    words:
      'B-SGD with 10 factors in one pass by time, each rating predicted before it is learnt; no λ; predictions cut to the scale. river’s 0.025 and 0.05 multiply the slope of ε², which is 2ε: here γ is 0.05 for biases and 0.1 for factors.',
    protocol: {
      kind: 'stream',
      config: {
        ...{ order: 'time', batchSize: 1, methods: [biasSgd.id], rank: 10 },
        ...{ learningRate: 0.05, factorRate: 0.1, lambda: 0, seed: publishedSeed },
        ...{ alsLambda: 0.15, alsBaseline: 'biases', refitEvery: 10_000, refitIterations: 5 },
        ...{ passes: 1, decay: 1, step: 'bounded', defects: [], drift: { users: 0, at: 0.5 } },
      },
    },
    counting: asSurprise,
    figures: [
      { after: 25_000, rmse: 0.961, mae: 0.762 },
      { after: 50_000, rmse: 0.949, mae: 0.752 },
      { after: 100_000, rmse: 0.948, mae: 0.749 },
    ],
    tolerance: 0.005,
    differs: [
      'Factors begin with a standard deviation of 0.08, and not of 0.1.',
      'Of a pair of whom one is new, nothing but μ and the bias that is known is said; river adds a product of random factors, about 0.03.',
      'Ratings of the same second are in another order.',
    ],
  },
  {
    ...{ id: 'spark-als-100k', name: 'Spark, ALS, MovieLens 100K', data: movieLens100k },
    source:
      'https://github.com/recommenders-team/recommenders/blob/main/examples/00_quick_start/als_movielens.ipynb',
    words:
      'ALS of rank 10, 15 iterations, regParam 0.05: λ weighted by count, no mean and no biases. A quarter is held out; pairs of whom one is new are left out; predictions are not cut.',
    protocol: {
      ...{ kind: 'run', folds: 4, steps: 15 },
      // Rows begin with a length of about 1, as Spark's do: σ² = 1/k.
      config: { ...run, method: als.id, rank: 10, lambda: 0.05, initialNoise: 0.079 },
    },
    counting: { cold: 'drop', clip: false },
    figures: [{ rmse: 0.967, mae: 0.753 }],
    tolerance: 0.01,
    differs: [
      'The figure is of one quarter held out; here each of the four quarters is, in turn.',
      'Spark solves the items first in every iteration; here users are.',
      ownDraws,
    ],
  },
];

/** The figures of this id; the first where there are none. */
export const publishedOf = (id: string): Published => published.find((one) => one.id === id) ?? published[0];

/** Whether ratings are those that figures are of, as far as counts and the scale tell. */
export const isDataOf = (
  { userCount, itemCount, ratingCount, min, max }: DataShape,
  ratings: Pick<RatingInfo, 'userCount' | 'itemCount' | 'ratingCount' | 'scale'>,
): boolean =>
  ratings.userCount === userCount &&
  ratings.itemCount === itemCount &&
  ratings.ratingCount === ratingCount &&
  ratings.scale.min === min &&
  ratings.scale.max === max;
