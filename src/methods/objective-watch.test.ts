import { describe, expect, test } from 'vitest';
import type { Kernels } from '../kernels/kernels';
import { pageKernels } from '../kernels/page-kernels';
import { holdOut } from '../ratings/hold-out';
import { sourceOf } from '../ratings/lines';
import { drawPicture } from '../ratings/pictures/pictures';
import { shopRatings } from '../ratings/pictures/shop';
import { settle } from '../ratings/sliced';
import { atOnceOf } from '.';
import { noPast, type Past } from './changes';
import type { RunConfig } from './config';
import { finish } from './fixtures/finish';
import type { Run } from './run';

const size = 40;
const pixels = drawPicture({ kind: 'portrait', size, seed: 1, rank: 1 });
const ratings = shopRatings(pixels, size, size, 'portrait', { knownShare: 0.5, noise: 20, seed: 1 });
const split = settle(holdOut(sourceOf(ratings, size, size), { kind: 'random', share: 0.1, seed: 1 }));
const config: RunConfig = {
  ...{ method: 'als', rank: 5, lambda: 20, regularisation: 'plain', baseline: 'none', learningRate: 0.02 },
  ...{ initial: 'uniform', initialNoise: 0.15, seed: 4, holdOutShare: 0.1 },
};

const begin = (change: Partial<RunConfig> = {}, past: Past = noPast): Run => {
  const all = { ...config, ...change };
  return settle(atOnceOf(all.method).begin(pageKernels, ratings, split, all, past));
};

/** Goes on half-sweep by half-sweep, measured after each, by these kernels. */
function go(run: Run, units: number, kernels: Kernels = pageKernels) {
  const measured = () => run.copy(finish(run.measure(0), kernels));
  let last = measured();
  for (let done = 0; done < units && !run.diverged; done++) {
    finish(run.advance(1), kernels);
    last = measured();
  }
  return last;
}

/** Kernels that put one row's first factor off, as rounding does where a system can hardly be solved. */
const offBy = (off: number): Kernels => ({
  ...pageKernels,
  solveLines(...lines) {
    pageKernels.solveLines(...lines);
    lines[0].userFactors[0] += off;
  },
});

describe('what a half-sweep can only lower', () => {
  test.each(['als', 'non-negative-als'])('falls to the end of a run of %s, whose λ is moved', (method) => {
    for (const regularisation of ['plain', 'weighted'] as const)
      for (const lambda of [0, 1e-3, 20]) {
        const run = begin({ method, lambda, regularisation });
        go(run, 12);
        run.apply({ lambda: 10 * lambda + 1, learningRate: 0.02 });
        go(run, 12);
        expect([run.diverged, run.unitsDone]).toEqual([null, 24]);
      }
  });

  test('ends the run where it rises, also right behind the frame that the run goes on from', () => {
    const run = begin();
    const before = go(run, 6);
    go(run, 3, offBy(50));
    expect([run.diverged, run.unitsDone]).toEqual(['rose', 7]);
    const again = begin({}, { ...noPast, unit: 6, from: before });
    finish(again.advance(1), offBy(50));
    finish(again.measure(0));
    expect(again.diverged).toBe('rose');
  });

  test('may rise by rounding', () => {
    const run = begin();
    go(run, 10);
    go(run, 10, offBy(1e-4));
    expect([run.diverged, run.unitsDone]).toEqual([null, 20]);
  });

  test('ends the run where it is no number', () => {
    const run = begin();
    go(run, 3, offBy(Number.NaN));
    expect([run.diverged, run.unitsDone]).toEqual(['not-finite', 1]);
  });
});
