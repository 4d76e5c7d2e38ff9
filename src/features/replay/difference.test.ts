import { expect, test } from 'vitest';
import type { RunConfig } from '../../methods/config';
import { pictureDefaults } from '../../settings/race';
import { dataOf } from '../../state/fixtures/data-of';
import { runConfig } from '../../state/run-configs';
import { runOf } from '../fixtures/loaded';
import { differenceWords } from './difference';

const data = dataOf('picture');
const run = (method: string, change: Partial<RunConfig> = {}) =>
  runOf(method, { ...runConfig(method, pictureDefaults, data), ...change }, [0, 1, 2]);

test('says what was set otherwise for a run, in words, and nothing of the rest', () => {
  expect(differenceWords(run('als'), run('als'))).toBe('');
  expect(differenceWords(run('als', { rank: 12, lambda: 1 }), run('als'))).toBe('rank 12, λ 1');
  expect(differenceWords(run('als', { baseline: 'biases' }), run('als'))).toMatch(/^als baseline .*bias/);
  expect(differenceWords(run('sgd', { seed: 7, learningRate: 0.1 }), run('sgd'))).toBe('γ 0.1, seed 7');
  // ALS has no γ, whatever its configuration says.
  expect(differenceWords(run('als', { learningRate: 0.1 }), run('als'))).toBe('');
});

test('of a run that was forked, what it began with and what was changed on the way', () => {
  const changed = { ...run('als'), changes: [{ unit: 2, lambda: 200, learningRate: 0.02 }] };
  expect(differenceWords(run('als'), changed)).toBe('λ 15');
  expect(differenceWords(changed, run('als'))).toBe('λ 15 → 200 at 1');
});
