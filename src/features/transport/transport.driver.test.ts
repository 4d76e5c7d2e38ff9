import { expect, test } from 'vitest';
import { dataOf } from '../../state/fixtures/data-of';
import type { Source } from '../../state/loaded-data';
import { workbenchWith } from '../fixtures/loaded';
import { transportDriver } from './transport.driver';

/** The transport of a race; what it asks for is noted, in its order. */
function transportBench(source: Source = 'file') {
  const workbench = workbenchWith(dataOf(source));
  const asked: unknown[] = [];
  const note =
    (what: string) =>
    (...said: unknown[]) =>
      void asked.push([what, ...said].join(' '));
  let isDividing = false;
  let later = () => {};
  const division = {
    isDividing: () => isDividing,
    startRuns: note('start'),
    afterDivision(work: () => void) {
      later = work;
      return undefined;
    },
  };
  const actions = transportDriver(
    { workbench },
    { step: note('step'), revive: note('revive') },
    { goOn: note('go on') },
    division,
    { inspect: note('inspect') },
  );
  const divide = (is: boolean) => {
    isDividing = is;
    if (!is) later();
  };
  return { ...actions, asked, divide, workbench, get: workbench.getState };
}

test('play goes on from what is shown, step makes one of each, paused', () => {
  const { play, step, pause, asked, get } = transportBench();
  play();
  expect([get().playing, asked]).toEqual([true, ['go on']]);
  pause();
  expect(get().playing).toBe(false);
  play();
  step();
  expect(get().playing).toBe(false);
  expect(asked.slice(2)).toEqual(['go on', 'step als step', 'step sgd step']);
});

test('the first single step opens the inspector; one that was closed stays so', () => {
  const { smallStep, asked, workbench } = transportBench();
  smallStep();
  expect(asked).toEqual(['inspect true', 'go on', 'step als unit', 'step sgd unit']);
  workbench.setState({ inspecting: false });
  smallStep();
  expect(asked.filter((what) => what === 'inspect true')).toHaveLength(1);
});

test('a unit of one method alone leaves the others where they are', () => {
  const { singleOf, asked, get } = transportBench();
  singleOf('sgd');
  expect([get().playing, asked]).toEqual([false, ['go on', 'step sgd unit']]);
});

test('while ratings are being divided, runs go on once that is done', () => {
  const { play, step, asked, divide, get } = transportBench();
  divide(true);
  play();
  expect([get().playing, asked]).toEqual([true, []]);
  step();
  expect([get().playing, asked]).toEqual([false, []]);
  divide(false);
  expect(asked).toEqual(['go on', 'step als step', 'step sgd step']);
});

test('runs begin again, with another learning rate if that is asked for, where it is one', () => {
  const { reset, restartWith, revive, asked, get } = transportBench();
  reset();
  restartWith(0.5);
  expect(get().settings.learningRate).toBe(0.5);
  restartWith(-1);
  expect(get().settings.learningRate).toBe(0.5);
  revive('sgd');
  expect(asked).toEqual(['start ', 'start ', 'start ', 'revive sgd'].map((what) => what.trim()));
});

test('runs without their ratings cannot go on, which is said', () => {
  const { play, step, smallStep, reset, asked, workbench, get } = transportBench('run');
  for (const act of [play, step, smallStep, reset]) {
    workbench.setState({ notice: null });
    act();
    expect(get().notice).toEqual({ kind: 'no-ratings' });
  }
  expect([asked, get().playing]).toEqual([[], false]);
});
