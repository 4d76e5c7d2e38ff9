import { describe, expect, test } from 'vitest';
import { changed, isNeeded, pictureDefaults, racePanels, raceSettings } from './race';
import type { SettingList } from './setting';
import { changedStream, streamDefaults, streamPanels, streamSettings } from './stream';
import { defaultsOf, differing, effectsOf, isMeant } from './values';

test('all defaults are within their bounds', () => {
  expect(changed(pictureDefaults, {})).toEqual(pictureDefaults);
  expect(changedStream(streamDefaults, {})).toEqual(streamDefaults);
  const counts = { userCount: 9, itemCount: 9 };
  const huge = { ...counts, ratingCount: 1, scale: { min: 0, max: 1e9, step: 0 } };
  expect(changedStream(defaultsOf(streamSettings, huge), {})).not.toBeNull();
  for (const ratings of [
    huge,
    { ...counts, ratingCount: 1 },
    { ...counts, ratingCount: 26e6, testCount: 5 },
  ]) {
    const defaults = defaultsOf(raceSettings, ratings);
    expect(changed(defaults, {})).toEqual(defaults);
  }
});

test('files have some defaults of their own, some of which follow from the ratings', () => {
  const ofFile = { holdOutShare: 0.2, lambda: 0.081, learningRate: 0.021, regularisation: 'weighted' };
  const sample = { userCount: 600, itemCount: 2000, ratingCount: 60_000 };
  expect(defaultsOf(raceSettings, sample)).toMatchObject({ ...ofFile, speed: 2000, rank: 20 });
  expect(defaultsOf(raceSettings, sample).holdOut).toBe('random');
  expect(defaultsOf(raceSettings, { ...sample, testCount: 1 }).holdOut).toBe('test');
});

test('what is out of bounds, not a number or unknown is refused', () => {
  for (const change of [
    { rank: 0 },
    { rank: 129 },
    { rank: 2.5 },
    { lambda: Number.NaN },
    { learningRate: Number.POSITIVE_INFINITY },
    { picture: 'other' as never },
    { more: 1 } as never,
  ]) {
    expect(changed(pictureDefaults, change)).toBeNull();
  }
  for (const change of [{ refitEvery: 0.5 }, { methods: ['toString'] as never }, { order: null as never }])
    expect(changedStream(streamDefaults, change)).toBeNull();
});

test('what differs is told by value: another array of the same words is no change', () => {
  const again = { ...streamDefaults, methods: [...streamDefaults.methods] };
  expect(differing(streamSettings, streamDefaults, again)).toEqual([]);
  const other = { ...again, speed: 1, refitEvery: 3, defects: [] };
  expect(differing(streamSettings, streamDefaults, other)).toEqual(['speed', 'refitEvery', 'defects']);
  expect(effectsOf(streamSettings, streamDefaults, other)).toEqual(['machine', 'restart', 'learners']);
});

test('a setting that needs another says so', () => {
  expect(isMeant(raceSettings.pictureRank, pictureDefaults)).toBe(false);
  expect(isMeant(raceSettings.pictureRank, { ...pictureDefaults, picture: 'low-rank' })).toBe(true);
  expect(isMeant(raceSettings.rank, pictureDefaults)).toBe(true);
});

test('a setting is needed by the methods that name it, or by whoever races', () => {
  expect(isNeeded('learningRate', ['als'])).toBe(false);
  expect(isNeeded('learningRate', ['als', 'sgd'])).toBe(true);
  expect(isNeeded('baseline', ['sgd'])).toBe(false);
  for (const name of ['holdOutShare', 'speed', 'picture'] as const) expect(isNeeded(name, [])).toBe(true);
});

describe.each<[string, SettingList, object, string[]]>([
  ['race', raceSettings, racePanels, ['picture']],
  ['stream', streamSettings, streamPanels, ['methods', 'defects']],
])('the panels of the %s', (_, list, panels, elsewhere) => {
  test('have a place for every setting, and one only', () => {
    const placed = [...Object.values(panels).flat(), ...elsewhere];
    expect(placed.toSorted()).toEqual(Object.keys(list).toSorted());
  });
});
