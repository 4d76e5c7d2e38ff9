import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../experiments/comparison';
import { parts } from '../../metrics/parts';
import { frameAt } from '../fixtures/loaded';
import { type About, verdictOf } from './verdict';

const named = (name: string, method: string) => ({ name, frame: frameAt(method, 1) });
const two = [named('ALS', 'als'), named('B-SGD', 'sgd')];
const three = [...two, named('NALS', 'non-negative-als')];
const [hidden, validation, train] = parts;

/** A comparison at steps and errors of each run; as shown where they are as far. */
function said(
  there: readonly (readonly [step: number, error: number])[],
  more: Partial<Comparison & About> & { readonly later?: typeof there } = {},
): string {
  const { isEnd = false, floor = null, later = there, ...others } = more;
  const at = (pairs: typeof there) => pairs.map(([step, error]) => ({ step, error }));
  const compared: Comparison = {
    ...{ axis: 'step', place: there[0][0], isExact: true, there: at(there), shown: at(later), on: train },
    ...others,
  };
  return verdictOf(compared, there.length > 2 ? three : two, { isEnd, floor });
}

describe('the sentence over the chart says', () => {
  test('who is ahead and by how much, at the same place of each axis', () => {
    const errors = [
      [12.5, 9.25],
      [12.5, 8],
    ] as const;
    expect(said(errors)).toBe('After 12.5 steps: B-SGD is ahead by 1.250');
    expect(said(errors, { axis: 'observations', place: 180_000 })).toBe(
      'Same ratings seen (180 k): B-SGD is ahead by 1.250',
    );
    expect(said(errors, { axis: 'flops', place: 2.5e9 })).toBe(
      'Same cost (2.5 GFLOP): B-SGD is ahead by 1.250',
    );
    expect(said(errors, { axis: 'seconds', place: 0.5 })).toBe('Same time (0.5 s): B-SGD is ahead by 1.250');
  });

  test('how far each has come, where no place is the same', () => {
    const errors = [
      [7.5, 9.25],
      [3.125, 8],
    ] as const;
    const within = { isExact: false, place: 2.5e9 };
    const steps = '(ALS iteration 7.5, B-SGD epoch 3.13): B-SGD is ahead by 1.250';
    expect(said(errors, { ...within, axis: 'flops' })).toBe(`Within 2.5 GFLOP ${steps}`);
    expect(said(errors, { ...within, axis: 'flops', place: 168 })).toBe(`Within 168 FLOP ${steps}`);
    expect(said(errors, { ...within, axis: 'seconds', place: 0.31 })).toBe(`Within 0.31 s ${steps}`);
    expect(said(errors, { ...within, axis: 'observations', place: 900 })).toBe(
      `Within 900 ratings seen ${steps}`,
    );
    expect(said(errors, { ...within, place: 8 })).toBe(`Within 8 steps ${steps}`);
    expect(said(errors, { ...within, place: 1.1e-5 })).toBe(`Within the first step ${steps}`);
  });

  test('what its errors are on; and of equal ones, that they are level', () => {
    const errors = [
      [1, 1],
      [1, 1.5],
    ] as const;
    expect(said(errors, { on: validation })).toBe('After 1 step: ALS is ahead by 0.500 (held out)');
    expect(said(errors, { on: hidden })).toBe('After 1 step: ALS is ahead by 0.500 (on hidden cells)');
    expect(said([errors[0], errors[0]], { on: hidden })).toBe('After 1 step: level (on hidden cells)');
  });

  test('of three runs, the best and its gap to the next', () => {
    const errors = [
      [3, 2],
      [3, 5],
      [3, 1.5],
    ] as const;
    expect(said(errors, { on: validation })).toBe('After 3 steps: NALS is ahead of ALS by 0.500 (held out)');
    expect(said([errors[0], errors[1], errors[0]])).toBe('After 3 steps: ALS and NALS are level');
  });

  test('who ends better, where another was ahead at equal steps', () => {
    const errors = [
      [15, 0.918],
      [15, 0.93],
    ] as const;
    const later = [
      [15, 0.918],
      [40, 0.912],
    ] as const;
    expect(said(errors, { later, isEnd: true, on: validation })).toBe(
      'After 15 steps: ALS is ahead by 0.0120 (held out); at the end (ALS iteration 15, B-SGD epoch 40.00) B-SGD is, at 0.9120 against 0.9180',
    );
    expect(said([errors[0], errors[0]], { later })).toBe(
      'After 15 steps: level; as shown (ALS iteration 15, B-SGD epoch 40.00) B-SGD is, at 0.9120 against 0.9180',
    );
  });

  test('that it is still so further on, or that they are level by then', () => {
    const errors = [
      [15, 0.9],
      [15, 0.93],
    ] as const;
    expect(said(errors, { later: [errors[0], [40, 0.92]], isEnd: true })).toBe(
      'After 15 steps: ALS is ahead by 0.0300; at the end (ALS iteration 15, B-SGD epoch 40.00) still, by 0.0200',
    );
    expect(said(errors, { later: [errors[0], [40, 0.9]] })).toBe(
      'After 15 steps: ALS is ahead by 0.0300; as shown (ALS iteration 15, B-SGD epoch 40.00) level',
    );
    const third = [15, 1] as const;
    expect(said([...errors, third], { later: [errors[0], [40, 0.9], third] })).toMatch(
      /NALS iteration 15\) ALS and B-SGD are level$/,
    );
  });

  test('why an error is below the least that there is at its rank', () => {
    const errors = [
      [60, 9],
      [60, 8.5],
    ] as const;
    expect(said(errors, { floor: { rank: 1, least: 8.9 } })).toBe(
      'After 60 steps: B-SGD is ahead by 0.500. B-SGD is below the least at rank 1, as its biases are worth up to two more ranks',
    );
    expect(said(errors, { floor: { rank: 1, least: 9.5 } })).toMatch(
      /ALS and B-SGD are below .* their biases/,
    );
    for (const not of [
      { rank: 1, least: 8.5 },
      { rank: 2, least: 8.9 },
    ])
      expect(said(errors, { floor: not })).toBe('After 60 steps: B-SGD is ahead by 0.500');
    expect(said(errors, { floor: { rank: 1, least: 8.9 }, on: validation })).not.toContain('below');
  });
});
