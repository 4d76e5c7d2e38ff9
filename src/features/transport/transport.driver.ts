import type { MethodId } from '../../methods/method';
import { changed, racingOf } from '../../settings/race';
import type { Context } from '../context.driver';
import type { Dividing } from '../data/dividing.driver';
import { lacksRatings } from '../data/without-ratings';
import type { InspectActions } from '../inspect/slice';
import type { RaceDriver } from '../race/race.driver';
import type { ForksDriver } from '../replay/forks.driver';
import type { TransportActions } from './slice';

/** Has the race go on, pause, step and begin again. */
export function transportDriver(
  { workbench }: Pick<Context, 'workbench'>,
  race: Pick<RaceDriver, 'step' | 'revive'>,
  forks: Pick<ForksDriver, 'goOn'>,
  division: Pick<Dividing, 'isDividing' | 'afterDivision' | 'startRuns'>,
  { inspect }: Pick<InspectActions, 'inspect'>,
): TransportActions {
  const { getState: get, setState: set } = workbench;

  function step(kind: 'step' | 'unit', only?: MethodId) {
    if (lacksRatings(workbench)) return;
    set({ playing: false });
    if (division.isDividing()) return division.afterDivision(() => step(kind, only));
    forks.goOn();
    for (const method of only ? [only] : racingOf(get().settings)) race.step(method, kind);
  }

  return {
    play() {
      if (lacksRatings(workbench)) return;
      set({ playing: true });
      if (!division.isDividing()) forks.goOn();
    },
    pause: () => set({ playing: false }),
    step: () => step('step'),
    smallStep() {
      if (get().inspecting === null && !lacksRatings(workbench)) inspect(true);
      step('unit');
    },
    singleOf: (method) => step('unit', method),
    reset: () => lacksRatings(workbench) || division.startRuns(),
    restartWith(learningRate) {
      set(({ settings }) => ({ settings: changed(settings, { learningRate }) ?? settings }));
      division.startRuns();
    },
    revive: race.revive,
  };
}
