import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryValues } from '../settings/fixtures/arbitrary';
import { pictureDefaults, raceSettings } from '../settings/race';
import { dataOf } from './fixtures/data-of';
import { keptOf, lambdasOf, runConfig, settingsOf } from './run-configs';

const data = dataOf('file');

test('λ is translated for whoever counts it per rating', () => {
  const settings = { ...pictureDefaults, lambda: 3 };
  // 1000 ratings of 20 users and 50 items: √1000 to one.
  expect(lambdasOf(settings, data).weighted).toBeCloseTo(3 / Math.sqrt(1000), 12);
  expect(runConfig('als', settings, data).lambda).toBe(3);
  expect(runConfig('sgd', settings, data).lambda).toBeCloseTo(3 / Math.sqrt(1000), 12);
  const weighted = { ...settings, regularisation: 'weighted' } as const;
  expect(lambdasOf(weighted, data).plain).toBeCloseTo(3 * Math.sqrt(1000), 12);
  expect(runConfig('sgd', weighted, data).lambda).toBe(3);
});

test('on 300 × 300, λ 0.05 per rating is plain λ 15', () => {
  const square = {
    ...data,
    ratings: { ...data.ratings, userCount: 300, itemCount: 300 },
    trainingCount: 90_000,
  };
  const settings = { ...pictureDefaults, lambda: 0.05, regularisation: 'weighted' } as const;
  expect(lambdasOf(settings, square).plain).toBeCloseTo(15, 12);
});

test('runs give back the settings that they were configured by', () => {
  fc.assert(
    fc.property(arbitraryValues(raceSettings), (settings) => {
      const configs = ['sgd', 'als'].map((method) => runConfig(method, settings, data));
      const { rank, lambda, regularisation, baseline, learningRate, initialNoise, seed } = settings;
      const { alsInitial, sgdInitial, schedule, rateLoss, rateEvery } = settings;
      const { factorRateTimes, biasLambdaTimes } = settings;
      expect(settingsOf(configs, pictureDefaults)).toEqual({
        ...{ rank, lambda, regularisation, baseline, learningRate, initialNoise, seed },
        ...{ alsInitial, sgdInitial, schedule, rateLoss, rateEvery, factorRateTimes, biasLambdaTimes },
      });
    }),
  );
});

test('λ of B-SGD alone is taken where λ is set per rating, and left aside where it is not', () => {
  const config = { ...runConfig('sgd', pictureDefaults, data), lambda: 0.3 };
  expect(settingsOf([config], pictureDefaults)).not.toHaveProperty('lambda');
  expect(settingsOf([config], { ...pictureDefaults, regularisation: 'weighted' }).lambda).toBe(0.3);
});

test('pictures keep their recipe and all keep the machine, but not the speed, which is of the data', () => {
  const settings = { ...pictureDefaults, noise: 3, workers: 1, speed: 7, rank: 3 };
  expect(Object.keys(keptOf(settings, 'file')).toSorted()).toEqual(['budget', 'flatOut', 'workers']);
  const ofPicture = ['knownShare', 'noise', 'picture', 'pictureRank', 'pictureSeed', 'size'];
  expect(Object.keys(keptOf(settings, 'picture')).toSorted()).toEqual(
    [...ofPicture, 'budget', 'flatOut', 'workers'].toSorted(),
  );
  expect(keptOf(settings, 'picture')).toMatchObject({ noise: 3, workers: 1 });
});
