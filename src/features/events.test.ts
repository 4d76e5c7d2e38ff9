import { expect, test } from 'vitest';
import { eventHub } from './events';

test('all who listen are told at once, in their order, and waited for', async () => {
  const { on, tell } = eventHub();
  const told: string[] = [];
  let end = () => {};
  on('restartAsked', (isDragged) => {
    told.push(`first ${isDragged}`);
    return new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  on('restartAsked', () => void told.push('second'));
  on('ratingsArrived', () => void told.push('of something else'));
  const telling = tell('restartAsked', true).then(() => told.push('done'));
  expect(told).toEqual(['first true', 'second']);
  await Promise.resolve();
  expect(told).toHaveLength(2);
  end();
  await telling;
  expect(told).toEqual(['first true', 'second', 'done']);
});

test('nobody need listen; a mistake of whoever listens is that of whoever tells', async () => {
  const { on, tell } = eventHub();
  await tell('loadingCancelled');
  on('loadingCancelled', () => {
    throw new Error('a mistake');
  });
  await expect(tell('loadingCancelled')).rejects.toThrow('a mistake');
});
