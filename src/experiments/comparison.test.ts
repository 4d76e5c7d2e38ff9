import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../methods/snapshot';
import { rmse } from '../metrics/rmse';
import { emptyTrack } from '../sessions/track';
import { comparison } from './comparison';

type Errors = { readonly trainRmse: number; readonly validationRmse?: number; readonly hiddenRmse?: number };

const frame = (method: string, step: number, errors: Errors): Snapshot => ({
  ...{ method, step, seconds: step / 10, rank: 1, userCount: 1, itemCount: 1, mean: 0 },
  ...{ userBias: new Float32Array(1), itemBias: new Float32Array(1) },
  ...{ userFactors: new Float32Array(1), itemFactors: new Float32Array(1) },
  ...(method === 'als'
    ? { observations: 200 * step, flops: 4000 * step }
    : { observations: 100 * step, flops: 1000 * step }),
  ...{ tallies: {}, values: { ...errors } },
});

/** A run that was measured at some steps, and at its frame in between, which is looked at. */
function run(
  method: string,
  steps: readonly number[],
  at: number,
  errors = (step: number): Errors => ({
    trainRmse: (method === 'als' ? 10 : 20) / (1 + step),
  }),
) {
  const track = emptyTrack();
  for (const step of steps) track.record(frame(method, step, errors(step)));
  return { track, frame: frame(method, at, errors(at)) };
}

const als = run('als', [0, 0.5, 1, 1.5, 2], 2);
const sgd = run('sgd', [0, 0.25, 0.5, 0.75, 1, 2, 3], 3);

describe('runs are compared', () => {
  test('at the last place at which each was measured', () => {
    expect(comparison([als, sgd], 'step', rmse)).toMatchObject({
      ...{ place: 2, isExact: true, on: { id: 'train' } },
      there: [
        { step: 2, error: 10 / 3 },
        { step: 2, error: 20 / 3 },
      ],
      shown: [{ step: 2 }, { step: 3, error: 5 }],
    });
    // A frame between two places of the other is none of those.
    expect(comparison([als, run('sgd', [0, 0.25, 0.5, 1], 1.3)], 'step', rmse)).toMatchObject({ place: 1 });
    expect(comparison([als, run('sgd', [0], 1.5)], 'step', rmse)).toMatchObject({ place: 1.5 });
    expect(comparison([als, sgd], 'observations', rmse)).toMatchObject({ place: 300, isExact: true });
  });

  test('never beyond a frame that is looked at, whatever was learnt after it', () => {
    const back = { ...sgd, frame: frame('sgd', 0.6, { trainRmse: 1 }) };
    expect(comparison([als, back], 'step', rmse)).toMatchObject({ place: 0.5, shown: [{}, { step: 0.6 }] });
  });

  test('not where one of them was measured later only', () => {
    expect(comparison([run('als', [10], 10), sgd], 'step', rmse)).toBeNull();
    expect(comparison([run('als', [3], 10), sgd], 'step', rmse)).toMatchObject({ place: 3, isExact: true });
  });

  test('within the place of the one that was given least, where they go at other strides', () => {
    const odd = run('sgd', [0, 0.9, 1.8], 2.7);
    expect(comparison([als, odd], 'flops', rmse)).toMatchObject({
      ...{ place: 2700, isExact: false },
      there: [
        { step: 0.5, error: 10 / 1.5 },
        { step: 2.7, error: 20 / 3.7 },
      ],
    });
  });

  test('on hidden cells before held-out ratings, and on those before what was learnt, if all have them', () => {
    const errors = (trainRmse: number, validationRmse: number, hiddenRmse: number) => () => ({
      ...{ trainRmse, validationRmse, hiddenRmse },
    });
    const on = (...runs: Parameters<typeof comparison>[0]) => comparison(runs, 'step', rmse)?.on.id;
    const one = run('als', [0, 1], 1, errors(1, 2, 3));
    expect(on(one, run('sgd', [0, 1], 1, errors(1, 2, 3)))).toBe('hidden');
    const two = run('sgd', [0, 1], 1, () => ({ trainRmse: 1, validationRmse: 2 }));
    expect(on(one, two)).toBe('validation');
    expect(on(one, two, als)).toBe('train');
  });

  test('only once something was learnt', () => {
    expect(comparison([als, run('sgd', [0], 0)], 'step', rmse)).toBeNull();
  });
});
