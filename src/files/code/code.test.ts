import { describe, expect, test } from 'vitest';
import type { RunConfig } from '../../methods/config';
import { asPredicted, type Counting } from '../../metrics/tally';
import { libraries } from '.';
import { implicit } from './implicit';
import type { CodeWanted } from './library';
import { spark } from './spark';
import { surprise } from './surprise';

const wantedOf = (
  method: string,
  change: Partial<RunConfig> = {},
  scale = { min: 1, max: 5, step: 1 },
  counting: Counting = asPredicted,
): CodeWanted => ({
  ...{ name: 'A run', steps: 20, counting },
  config: {
    ...{ method, rank: 16, lambda: 0.1, regularisation: 'weighted', baseline: 'none', learningRate: 0.005 },
    ...{ initial: 'normal', initialNoise: 0.01, seed: 7, holdOutShare: 0.2, ...change },
  },
  ratings: { name: 'ratings.csv', userCount: 100, itemCount: 400, ratingCount: 2000, scale },
});

test.each(libraries)(
  '$name has a program for each of its methods, and nothing in it that no run has',
  (library) => {
    for (const method of library.methods) {
      const code = library.codeOf(wantedOf(method));
      expect(code).toContain(`pip install ${library.packages}`);
      expect(code).toContain('sample(frac=0.2, random_state=7)');
      expect(code).not.toMatch(/undefined|NaN|\[object/);
    }
  },
);

test('a name of a file ends no comment', () => {
  const wanted = wantedOf('sgd');
  const code = surprise.codeOf({ ...wanted, ratings: { ...wanted.ratings, name: 'a\nimport os\u2028b' } });
  expect(code).toContain('# a import os b: 100 × 400');
});

describe('Surprise', () => {
  test('takes γ and λ of stars as they are', () => {
    const code = surprise.codeOf(wantedOf('sgd', { lambda: 0.02 }));
    expect(code).toContain('n_factors=16, n_epochs=20, init_std_dev=0.1, random_state=7');
    expect(code).toContain('lr_bu=0.005, lr_bi=0.005, reg_bu=0.02, reg_bi=0.02');
    expect(code).toContain('lr_pu=0.005, lr_qi=0.005, reg_pu=0.02, reg_qi=0.02');
    expect(code).toContain('rating_scale=(1, 5)');
  });

  test('of ratings twenty times as large learns what is twenty times as large', () => {
    const code = surprise.codeOf(wantedOf('sgd', { lambda: 0.4 }, { min: 20, max: 100, step: 20 }));
    expect(code).toContain('reg_bu=0.02, reg_bi=0.02');
    expect(code).toContain('lr_pu=0.00025, lr_qi=0.00025, reg_pu=0.4, reg_qi=0.4');
  });

  test('says what it has no word for', () => {
    const code = surprise.codeOf(wantedOf('sgd', { schedule: 'epoch', rateLoss: 0.1, factorRateTimes: 2 }));
    expect(code).toContain('it cannot go 10 % less every epoch');
    expect(code).toContain('lr_pu=0.01');
  });
});

describe('Spark', () => {
  test('weights λ by the ratings of a row, as ALS-WR does, and as much in all where ours does not', () => {
    expect(spark.codeOf(wantedOf('als'))).toContain('rank=16, maxIter=20, regParam=0.1, seed=7');
    // 2,000 ratings on 100 × 400: √40,000 = 200 rows, each of 10.
    const plain = spark.codeOf(wantedOf('als', { regularisation: 'plain', lambda: 2 }));
    expect(plain).toContain('regParam=0.2');
    expect(plain).toContain('λ is weighted by the ratings of a row');
  });

  test('has the baseline taken off and added, where there is one', () => {
    expect(spark.codeOf(wantedOf('als'))).not.toContain('item_bias');
    expect(spark.codeOf(wantedOf('als', { baseline: 'mean' }))).toContain('    return mean\n');
    expect(spark.codeOf(wantedOf('als', { baseline: 'biases' }))).toContain("groupby('item').size() + 5");
  });

  test('is told which ALS', () => {
    expect(spark.codeOf(wantedOf('non-negative-als'))).toContain('nonnegative=True, implicitPrefs=False');
    const code = spark.codeOf(
      wantedOf('implicit-als', { alpha: 40, lambda: 2 }, { min: 20, max: 100, step: 20 }),
    );
    expect(code).toContain('regParam=0.1');
    expect(code).toContain('implicitPrefs=True, alpha=2,');
  });
});

test('implicit is given 1 + α · stars as confidence', () => {
  const code = implicit.codeOf(wantedOf('implicit-als', { alpha: 3, regularisation: 'plain', lambda: 0.5 }));
  expect(code).toContain('1 + 3 * train.rating');
  expect(code).toContain('factors=16, iterations=20, regularization=0.5');
  expect(code).toContain('alpha=1.0, use_gpu=False, random_state=7');
  expect(implicit.codeOf(wantedOf('implicit-als'))).toContain('regularization=1,');
});

test('programs print the errors that are told: clipped, and with cold pairs dropped', () => {
  const scale = { min: 0.5, max: 5, step: 0.5 };
  const of = (library: typeof spark, method: string, counting?: Counting) =>
    library.codeOf(wantedOf(method, {}, scale, counting));
  const counting = { cold: 'drop', clip: true } as const;
  expect(of(surprise, 'sgd')).toContain('clip=False');
  expect(of(surprise, 'sgd')).not.toContain('isin');
  expect(of(surprise, 'sgd', counting)).toContain('clip=True');
  expect(of(surprise, 'sgd', counting)).toContain('test.item.isin(train.item)');
  expect(of(spark, 'als')).toContain('error = said.rating - predicted\n');
  expect(of(spark, 'als', counting)).toContain('error = said.rating - predicted.clip(0.5, 5)\n');
  expect(of(spark, 'als', counting)).not.toContain('- Who is not in the training ratings');
});
