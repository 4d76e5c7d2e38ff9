import { expect, test } from 'vitest';
import { raceSettings } from '../../settings/race';
import type { SettingList } from '../../settings/setting';
import { streamSettings } from '../../settings/stream';
import { positionOf, valueAt } from './slider-position';

test('every slider reaches both its ends, and moves with every step', () => {
  for (const list of [raceSettings, streamSettings] satisfies SettingList[])
    for (const setting of Object.values(list)) {
      if (setting.kind !== 'number') continue;
      expect(valueAt(setting, positionOf(setting, setting.min))).toBe(setting.min);
      expect(valueAt(setting, positionOf(setting, setting.max))).toBe(setting.max);
    }
  expect(valueAt(raceSettings.lambda, 50)).toBeCloseTo(0.32, 2);
});
