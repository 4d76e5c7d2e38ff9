import { expect, test } from 'vitest';
import { batchSentence, changedWords, nameOfItem, statusOfSent } from './recommending-words';
import type { SentRating } from './slice';

const sent = (change: Partial<SentRating>): SentRating => ({
  ...{ number: 1, user: 'me', item: { id: '31' }, value: 4.5, status: 'sending' },
  ...change,
});

test('where a rating is on its way is said of every stage', () => {
  const learnt = { step: 1200, ratings: 1001, before: null, after: null };
  expect(statusOfSent(sent({}))).toBe('being sent.');
  expect(statusOfSent(sent({ status: 'sent' }))).toBe('sent; it waits for the job’s next batch.');
  expect(statusOfSent(sent({ status: 'refused' }))).toContain('not taken');
  expect(statusOfSent(sent({ status: 'learnt', learnt }))).toBe('in batch 1,200: in the model.');
  expect(batchSentence(1)).toBe('Nothing else was learnt in that batch.');
  expect(batchSentence(1001)).toContain('1,001 ratings');
});

test('what came into a list of the best, and what went, is named; else whether it is in the same order', () => {
  const best = (...items: number[]) => items.map((item) => ({ item, prediction: 4 }));
  const words = (before: number[], after: number[]) =>
    changedWords(best(...before), best(...after), (item) => `film ${item}`);
  expect(words([1, 2, 3], [4, 1, 5])).toBe('Of the top 3, new: film 4, film 5; gone: film 2, film 3.');
  expect(words([1], [1, 2])).toBe('Of the top 2, new: film 2.');
  expect(words([1, 2], [2, 1])).toBe('Of the top 2, all were there before, in another order.');
  expect(words([1, 2], [1, 2])).toBe('Of the top 2, all are where they were.');
  expect(changedWords(undefined, best(1), String)).toBe('');
});

test('an item without a title is called by its id', () => {
  expect(nameOfItem({ id: '31', title: 'Dangerous Minds (1995)' })).toBe('Dangerous Minds (1995)');
  expect(nameOfItem({ id: '31' })).toBe('item 31');
});
