import { expect, test } from 'vitest';
import { conclusionOf } from './conclusion';
import { raceOf } from './fixtures/races';

const floor = { rank: 1, lambda: 1, least: 7.263, regularised: 7.263 };

test('it says who won at equal work and at equal time, and how far the ends are from the floor', () => {
  const state = raceOf({ 0: 60, 2: 7.5 }, { 0: 70, 2: 7.1 }, { floor });
  expect(conclusionOf(state)).toEqual([
    'At equal work (2,000 ratings seen) B-SGD wins, at 7.100 against 7.500 of ALS.',
    'At equal time (2 s of computing) B-SGD wins, at 7.100 against 7.500 of ALS.',
    'The floor at rank 1 is 7.263: ALS ends 0.237 above the floor; B-SGD ends 0.163 below it, as its biases are worth up to two more ranks.',
  ]);
});

test('what is level as printed is level, and an end at the floor is there', () => {
  const state = raceOf({ 0: 60, 2: 7.26301 }, { 0: 70, 2: 7.263 }, { floor });
  expect(conclusionOf(state)).toEqual([
    expect.stringContaining('are level, at 7.263.'),
    expect.stringContaining('are level, at 7.263.'),
    'The floor at rank 1 is 7.263: ALS ends at the floor; B-SGD ends at the floor.',
  ]);
});

test('runs of another rank than the floor are not measured by it', () => {
  const state = raceOf({ 0: 60, 2: 9 }, { 0: 70, 2: 8 }, { floor: { ...floor, rank: 5 } });
  expect(conclusionOf(state)[2]).toBe(
    'The floor at rank 5 is 7.263: ALS has another rank; B-SGD has another rank.',
  );
});

test('where ratings are held out their errors are told, and no floor', () => {
  const state = raceOf({ 0: 1.2, 2: 0.9 }, { 0: 1.3, 2: 0.95 }, { floor: null }, 'validation');
  expect(conclusionOf(state)).toEqual([
    'At equal work (2,000 ratings seen) ALS wins (held out), at 0.9000 against 0.9500 of B-SGD.',
    'At equal time (2 s of computing) ALS wins (held out), at 0.9000 against 0.9500 of B-SGD.',
    'What counts is the error on ratings that no method was shown; the error on what was learnt says less.',
  ]);
});

test('before anything was learnt there is nothing to conclude', () => {
  expect(conclusionOf(raceOf({ 0: 60 }, { 0: 70 }))).toEqual([]);
});
