import { expect, test } from 'vitest';
import { atOnceOf } from '../../methods';
import type { RunConfig } from '../../methods/config';
import { frameAt } from '../fixtures/loaded';
import { flashes } from './flash';

const frame = (observations: number) => ({
  ...frameAt('sgd', 1),
  observations,
  userCount: 60,
  itemCount: 50,
});
const config = (method: string) => ({ method, seed: 3 }) as RunConfig;
const order = (epoch: number) => [...(atOnceOf('sgd').orderOf?.(config('sgd'), 3000, epoch) ?? [])];

test('what has just been seen one by one flashes, the newest last, epoch by epoch', () => {
  const flash = flashes();
  expect([...flash(frame(0), config('sgd'))]).toEqual([]);
  expect([...flash(frame(700), config('sgd'))]).toEqual(order(0).slice(0, 700));
  expect([...flash(frame(3000), config('sgd'))]).toEqual(order(0).slice(1000));
  expect([...flash(frame(3100), config('sgd'))]).toEqual(order(1).slice(0, 100));
  expect(order(1)).not.toEqual(order(0));
});

test('nothing flashes that comes too fast, nor of what touches all at once', () => {
  const flash = flashes();
  expect(flash(frame(4501), config('sgd'))).toHaveLength(0);
  expect(flash(frame(700), config('als'))).toHaveLength(0);
});
