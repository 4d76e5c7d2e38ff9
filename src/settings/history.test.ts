import { describe, expect, test } from 'vitest';
import type { Change } from '../methods/changes';
import type { Snapshot } from '../methods/snapshot';
import { historyOf, historyWords, liveBefore, runWords, stepWords } from './history';
import { pictureDefaults } from './race';

const config = (method: string) => ({ ...pictureDefaults, method, initial: 'normal' as const });
const als = (...changes: Change[]) => ({ config: config('als'), changes });
const sgd = (...changes: Change[]) => ({ config: config('sgd'), changes });
const frame = (method: string, step: number) => ({ method, step, observations: 1000 * step }) as Snapshot;
const change = (unit: number, lambda: number, learningRate = 0.02): Change => ({
  unit,
  lambda,
  learningRate,
});

describe('the history of a run', () => {
  test('says what each setting was, and where it was changed', () => {
    expect(historyOf(als(), frame('als', 30))).toEqual({ lambda: '15' });
    expect(historyOf(als(change(5, 200)), frame('als', 30))).toEqual({ lambda: '15 → 200 at 2.5' });
    expect(historyWords(sgd(change(2500, 200), change(3000, 200, 0.1)), frame('sgd', 10))).toEqual([
      'λ 15 → 200 at 2.5',
      'γ 0.02 → 0.1 at 3',
    ]);
  });

  test('says how γ goes down of itself', () => {
    const falling = {
      config: { ...config('sgd'), schedule: 'step', rateLoss: 0.25, rateEvery: 4 } as const,
      changes: [],
    };
    expect(historyWords(falling, frame('sgd', 10))).toEqual(['λ 15', 'γ 0.02, 25 % less every 4 epochs']);
  });

  test('leaves out what was set at its end or after the frame, which made nothing of it', () => {
    const run = als(change(5, 200), change(60, 3));
    expect(historyOf(run, frame('als', 30))).toEqual({ lambda: '15 → 200 at 2.5' });
    expect(historyOf(run, frame('als', 2.5))).toEqual({ lambda: '15' });
    expect(liveBefore(run, frame('als', 30)).lambda).toBe(200);
    expect(liveBefore(run, frame('als', 0)).lambda).toBe(15);
  });

  test('begins with what was set before the first step', () => {
    expect(historyOf(als(change(0, 7), change(2, 7)), frame('als', 3))).toEqual({ lambda: '7' });
    expect(historyOf(als(change(0, 7)), null)).toEqual({ lambda: '7' });
  });

  test('is short where a slider was played with', () => {
    const many = [16, 20, 50, 90, 200].map((lambda, i) => change(i + 1, lambda));
    expect(historyOf(als(...many), frame('als', 30))).toEqual({ lambda: '15 → … → 200 at 2.5' });
    expect(historyOf(als(...many.slice(0, 2)), frame('als', 30))).toEqual({ lambda: '15 → 16 → 20 at 1' });
  });
});

test('steps are called what their method calls them: sweeps by wholes and halves, epochs with two digits', () => {
  expect([0, 7.5, 30].map((step) => stepWords('als', step))).toEqual([
    'iteration 0',
    'iteration 7.5',
    'iteration 30',
  ]);
  expect([0, 3.214].map((step) => stepWords('sgd', step))).toEqual(['epoch 0.00', 'epoch 3.21']);
});

test('a run is told by what was set, and by how far it got', () => {
  const run = als(change(5, 0.125));
  expect(runWords(run, frame('als', 7.5))).toBe('rank 20 · plain λ 15 → 0.125 at 2.5 · iteration 7.5');
  expect(runWords(sgd(), frame('sgd', 3.214))).toBe('rank 20 · λ 15 · γ 0.02 · epoch 3.21');
});
