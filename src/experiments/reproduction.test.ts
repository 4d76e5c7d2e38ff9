import { describe, expect, test } from 'vitest';
import { knownTally } from '../metrics/tally';
import { isDataOf, type Published, published } from './published';
import { comparedWith, errorsOf, partsOf } from './reproduction';

const [svd] = published;
const stream = published.find(({ protocol }) => protocol.kind === 'stream') as Published;
/** A hundred errors of which all are as large. */
const ofErrors = (error: number) => knownTally(100, 100 * error, 100 * error ** 2);

describe('a published figure', () => {
  test('has an id, a source, and figures of its own', () => {
    expect(new Set(published.map(({ id }) => id)).size).toBe(published.length);
    for (const one of published) {
      expect(URL.canParse(one.source)).toBe(true);
      expect(one.figures.every(({ rmse, mae }) => mae < rmse && rmse < 1.1)).toBe(true);
      expect(one.figures.length === 1 || one.protocol.kind === 'stream').toBe(true);
    }
  });

  test('is recognised by counts and scale, and by nothing less', () => {
    const ratings = {
      userCount: 943,
      itemCount: 1682,
      ratingCount: 100_000,
      scale: { min: 1, max: 5, step: 1 },
    };
    expect(isDataOf(svd.data, ratings)).toBe(true);
    expect(isDataOf(svd.data, { ...ratings, ratingCount: 99_999 })).toBe(false);
    expect(isDataOf(svd.data, { ...ratings, itemCount: 1664 })).toBe(false);
    expect(isDataOf(svd.data, { ...ratings, scale: { min: 0.5, max: 5, step: 0.5 } })).toBe(false);
  });
});

describe('what is found', () => {
  test('is the mean over the folds with its standard error, once all are known', () => {
    expect(partsOf(svd)).toBe(5);
    const errors = [0.93, 0.94, 0.95, 0.93, 0.92];
    const parts = errors.map(ofErrors);
    expect(comparedWith(svd, [...parts.slice(1), undefined])[0].isClose).toBeNull();
    const [{ rmse, isClose }] = comparedWith(svd, parts);
    expect(rmse?.value).toBeCloseTo(0.934, 10);
    expect(rmse?.error).toBeCloseTo(Math.sqrt(0.00052 / 4 / 5), 10);
    // The MAE of errors that are all alike is their RMSE: 0.934 is not 0.737.
    expect(isClose).toBe(false);
  });

  test('is close where both errors are within the tolerance', () => {
    const { rmse, mae } = svd.figures[0];
    const at = (squares: number, absolute: number) =>
      comparedWith(svd, Array(5).fill(knownTally(1, absolute, squares ** 2)))[0].isClose;
    expect(at(rmse + 0.0039, mae - 0.0039)).toBe(true);
    expect(at(rmse + 0.0041, mae)).toBe(false);
    expect(at(rmse, mae - 0.0041)).toBe(false);
  });

  test('is not reproduced where a fold diverged', () => {
    expect(comparedWith(svd, [null, ...Array(4).fill(ofErrors(1))])[0]).toMatchObject({
      ...{ rmse: null, isClose: false },
    });
  });

  test('of a stream is told place by place', () => {
    const compared = comparedWith(stream, [ofErrors(0.961), undefined, undefined]);
    expect(compared.map(({ isClose }) => isClose)).toEqual([false, null, null]);
    expect(compared[0].rmse).toEqual({ value: expect.closeTo(0.961, 10), error: null });
  });

  test('counts errors as the figure does', () => {
    // Two known pairs of 1, one new pair: as predicted 2, cut to the scale 1.5.
    const tally = new Float64Array(18);
    tally.set([2, 1, 2, 2, 2, 4]);
    tally.set([2, 2, 1.5, 2.25], 10);
    const of = (counting: Published['counting']) => errorsOf({ ...svd, counting }, tally)?.mae;
    expect(of({ cold: 'bias', clip: true })).toBeCloseTo(3.5 / 3, 12);
    expect(of({ cold: 'bias', clip: false })).toBeCloseTo(4 / 3, 12);
    expect(of({ cold: 'drop', clip: true })).toBe(1);
  });
});
