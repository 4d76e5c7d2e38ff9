import { expect, test } from 'vitest';
import { pictureDefaults } from '../../settings/race';
import { dataOf } from '../../state/fixtures/data-of';
import type { LoadedData } from '../../state/loaded-data';
import { defaultsFor } from '../../state/run-configs';
import { eventHub } from '../events';
import { workbenchWith } from '../fixtures/loaded';
import { settingsDriver } from './settings.driver';

/** A driver of the settings beside these data, with a clock that stands until it is set, and what it asks for. */
function driverWith(data: LoadedData | null) {
  const workbench = workbenchWith(data);
  const clock = { now: 0 };
  const asked: unknown[] = [];
  const events = eventHub();
  const names = {
    pictureChanged: 'data',
    testSetWanted: 'test set',
    divisionChanged: 'division',
    restartAsked: 'restart',
    liveChanged: 'live',
    settingsChanged: 'other',
  } as const;
  for (const [event, what] of Object.entries(names))
    events.on(
      event as keyof typeof names,
      (...said) => void asked.push(said.length > 0 ? [what, ...said] : what),
    );
  const driver = settingsDriver({ workbench, events }, () => clock.now);
  /** What a change, or another thing done, asks for. */
  const askedBy = (act: () => unknown) => {
    asked.length = 0;
    act();
    return [...asked];
  };
  const set = (change: Parameters<typeof driver.change>[0]) => askedBy(() => driver.change(change));
  return {
    workbench,
    driver,
    clock,
    events,
    set,
    askedBy,
    settings: () => workbench.getState().settings,
  };
}

test('a change asks for what its setting says, and only for the weightiest', () => {
  const { set } = driverWith(dataOf('picture'));
  expect(set({ size: 64 })).toEqual(['data']);
  expect(set({ holdOutShare: 0.5, rank: 3 })).toEqual(['division']);
  expect(set({ rank: 4, lambda: 3 })).toEqual([['restart', false]]);
  expect(set({ lambda: 2, epochs: 7 })).toEqual([
    ['live', { lambda: 2, epochs: 7 }],
    ['other', ['lambda', 'epochs']],
  ]);
  expect(set({ workers: 1, speed: 5 })).toContainEqual(['other', expect.arrayContaining(['speed'])]);
});

test('what is out of bounds changes nothing, and asks for nothing', () => {
  const { set, settings } = driverWith(dataOf('picture'));
  for (const change of [{ rank: 0 }, { lambda: Number.NaN }, { picture: 'none' as never }])
    expect(set(change)).toEqual([]);
  expect(settings()).toEqual(pictureDefaults);
});

test('the settings are changed before anybody is asked for anything', () => {
  const { workbench, driver, events } = driverWith(dataOf('picture'));
  events.on('pictureChanged', () => expect(workbench.getState().settings.size).toBe(40));
  driver.change({ size: 40 });
  expect.assertions(1);
});

test('a seed divides anew only what is held out, and a rank only where there is no room', () => {
  const { set } = driverWith(dataOf('picture'));
  expect(set({ seed: 2 })).toEqual([['restart', false]]);
  expect(set({ rank: 33 })).toEqual(['division']);
  expect(driverWith(dataOf('file', { validationCount: 9 })).set({ seed: 2 })).toEqual(['division']);
});

test('what came as a test set is read again; other ways to hold out divide what is there', () => {
  const { set } = driverWith(dataOf('file'));
  expect(set({ holdOut: 'test' })).toEqual(['test set']);
  expect(set({ holdOut: 'latest' })).toEqual(['division']);
});

test('a slider that is dragged asks for one run: another setting, or a pause, is another', () => {
  const { set, clock } = driverWith(dataOf('picture'));
  expect(set({ rank: 3 })).toEqual([['restart', false]]);
  clock.now = 900;
  expect(set({ rank: 4 })).toEqual([['restart', true]]);
  expect(set({ seed: 3 })).toEqual([['restart', false]]);
  expect(set({ rank: 5 })).toEqual([['restart', false]]);
  clock.now = 1901;
  expect(set({ rank: 6 })).toEqual([['restart', false]]);
});

test('a run without its ratings can go on as little as it can begin anew', () => {
  const { set, workbench } = driverWith(dataOf('run'));
  for (const change of [{ rank: 3 }, { lambda: 1 }, { holdOutShare: 0.1 }]) {
    workbench.setState({ notice: null });
    expect(set(change)).toEqual([]);
    expect(workbench.getState().notice).toEqual({ kind: 'no-ratings' });
  }
  expect(set({ budget: 32 })).toEqual([['other', ['budget']]]);
  expect(set({ picture: 'plasma' })).toEqual(['data']);
});

test('back from a file to a picture: its defaults return, the machine stays as it was', () => {
  const { set, workbench, settings } = driverWith(dataOf('file'));
  const ofFile = { ...defaultsFor('file', dataOf('file').ratings), budget: 128, size: 64, noise: 3 };
  workbench.setState({ settings: ofFile });
  expect(set({ picture: 'portrait' })).toEqual(['data']);
  expect(settings()).toEqual({ ...pictureDefaults, budget: 128, size: 64, noise: 3 });
});

test('another convention says the same λ in other words, as near as its slider reaches', () => {
  // 1000 ratings of 20 users and 50 items: √(1000) to one.
  const { set, settings } = driverWith(dataOf('picture'));
  set({ regularisation: 'weighted' });
  expect(settings().lambda).toBe(0.474);
  set({ regularisation: 'plain' });
  expect(settings().lambda).toBe(15);
  set({ lambda: 900 });
  set({ regularisation: 'weighted', lambda: 1 });
  expect(settings().lambda).toBe(1);
  set({ lambda: 900 });
  set({ regularisation: 'plain' });
  expect(settings().lambda).toBe(1000);
});

test('defaults are those of the data at hand; the picture is no default', async () => {
  const { driver, set, askedBy, settings } = driverWith(dataOf('picture'));
  set({ picture: 'plasma' });
  set({ rank: 3, lambda: 2 });
  expect(driver.defaultOf('rank')).toBe(20);
  expect(askedBy(() => driver.restoreDefaults('rank'))).toEqual([['restart', false]]);
  expect(settings()).toEqual({ ...pictureDefaults, picture: 'plasma', lambda: 2 });
  driver.restoreDefaults();
  expect(settings()).toEqual({ ...pictureDefaults, picture: 'plasma' });
  expect(driverWith(dataOf('file')).driver.defaultOf('lambda')).toBe(0.1);
});

test('whoever divides the ratings is waited for', async () => {
  const { driver, events } = driverWith(dataOf('file'));
  let done = () => {};
  events.on('divisionChanged', () => new Promise<void>((resolve) => (done = resolve)));
  let isOver = false;
  const changing = Promise.resolve(driver.change({ holdOutShare: 0.3 })).then(() => (isOver = true));
  await Promise.resolve();
  expect(isOver).toBe(false);
  done();
  await changing;
  expect(isOver).toBe(true);
});
