import { expect, test } from 'vitest';
import { captionOf } from './caption';
import { raceOf } from './fixtures/races';

const wordsOf = (state: Parameters<typeof captionOf>[0]) => captionOf(state)?.words;

test('at the first guess it says what this is', () => {
  const state = raceOf({ 0: 60 }, { 0: 70 });
  expect(wordsOf(state)).toBe(
    '2 people, 3 items, every known rating a colour: two methods guess what is there.',
  );
  const { data } = state;
  expect(wordsOf({ ...state, data: data && { ...data, source: 'picture' } })).toBe(
    '2 people, 3 films, every rating a colour: two methods guess what is there.',
  );
  expect(wordsOf({ ...state, data: null })).toBeUndefined();
});

test('in the first steps it says what each has done: rows and columns in turn, or ratings one by one', () => {
  expect(wordsOf(raceOf({ 0: 60 }, { 0: 70, 0.125: 65 }))).toBe(
    'ALS gathers ratings for its first sweep; B-SGD has seen 125 ratings one by one.',
  );
  expect(wordsOf(raceOf({ 0: 60 }, { 0: 70, 0.001: 70 }))).toBe(
    'ALS gathers ratings for its first sweep; B-SGD has seen its first rating.',
  );
  expect(wordsOf(raceOf({ 0: 60, 0.5: 40 }, { 0: 70, 0.5: 50 }))).toBe(
    'ALS solved all 2 users at once, with the items held fast; B-SGD has seen 500 ratings one by one.',
  );
  expect(wordsOf(raceOf({ 0: 60, 0.5: 40, 1: 20 }, { 0: 70, 0.5: 50, 1: 40 }))).toBe(
    'ALS solved all 3 items at once, with the users held fast; B-SGD has seen 1,000 ratings one by one.',
  );
});

test('who overtakes is named, with the errors at the step where both were measured', () => {
  const state = raceOf({ 0: 60, 0.5: 48, 1: 12 }, { 0: 70, 0.5: 45, 1: 37 });
  expect(captionOf(state)).toEqual({
    kind: 'crossing',
    words: 'ALS has overtaken B-SGD: 12.00 against 37.00 after 1 step.',
  });
  const before = raceOf({ 0: 60, 0.5: 48 }, { 0: 70, 0.5: 45 });
  expect(captionOf(before)?.kind).toBe('learning');
});

test('later it says how much better each became in its last step', () => {
  const als = { 0: 60, 3: 8, 4: 7.9, 5: 7.9 };
  expect(captionOf(raceOf(als, { 0: 70, 3: 20, 4: 16, 5: 17.6 }))).toEqual({
    kind: 'settling',
    words:
      'ALS changed by less than 0.01 % in its last iteration, B-SGD became 10 % worse in its last epoch.',
  });
});

test('a setting that was changed on the way is named where it came into force, for a step', () => {
  const state = raceOf({ 0: 60, 1: 20, 2: 18 }, { 0: 70, 1: 40, 2: 38 });
  state.runs.als.track.mark('λ', 'λ 200');
  expect(captionOf(state)).toEqual({
    kind: 'changed',
    words: 'λ 200 from iteration 2 of ALS on: what was learnt before is kept, and goes on from there.',
  });
});

test.each([
  ['grew', 'its steps overshot, and each error made the next one larger'],
  ['rose', 'rounding made worse what it can only make better'],
  ['not-finite', 'an error grew beyond all numbers'],
] as const)('a run that %s says where and why', (cause, why) => {
  const state = raceOf({ 0: 60, 1: 20 }, { 0: 70, 1: 40 });
  const diverged = { step: 1.25, cause, proposedLearningRate: null };
  const runs = { ...state.runs, sgd: { ...state.runs.sgd, status: 'diverged' as const, diverged } };
  expect(captionOf({ ...state, runs })).toEqual({
    kind: 'diverged',
    words: `B-SGD broke off in epoch 2: ${why}.`,
  });
});
