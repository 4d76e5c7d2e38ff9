import { expect, test } from 'vitest';
import { raceSettings } from '../../settings/race';
import type { SettingList } from '../../settings/setting';
import { streamSettings } from '../../settings/stream';
import { accepts } from '../../settings/values';
import { fineStep, positionOf, valueAfterKey, valueAt } from './slider-position';

test('every slider reaches both its ends, and moves with every step', () => {
  for (const list of [raceSettings, streamSettings] satisfies SettingList[])
    for (const setting of Object.values(list)) {
      if (setting.kind !== 'number') continue;
      expect(valueAt(setting, positionOf(setting, setting.min))).toBe(setting.min);
      expect(valueAt(setting, positionOf(setting, setting.max))).toBe(setting.max);
    }
  expect(valueAt(raceSettings.learningRate, 50)).toBeCloseTo(0.01, 2);
});

test('λ begins at 0, and the log scale right beside it', () => {
  const { lambda } = raceSettings;
  expect([0, 1, 100].map((position) => valueAt(lambda, position))).toEqual([0, 1e-4, 1000]);
  expect([0, 5e-5, 1e-4, 1000].map((value) => positionOf(lambda, value))).toEqual([0, 0, 1, 100]);
  expect([valueAfterKey(lambda, 0, 1), valueAfterKey(lambda, 1e-4, 0)]).toEqual([1e-4, 0]);
  expect(fineStep(lambda, 0)).toBeCloseTo(1e-5, 9);
  for (const value of [0, 5e-5, 3, 1000]) expect(accepts(lambda, value)).toBe(true);
  expect(accepts(lambda, -1)).toBe(false);
});
