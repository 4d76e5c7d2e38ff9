import { atOnceOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { racingOf } from '../../settings/race';
import type { Held } from '../data/holding.driver';
import type { RaceDriver } from '../race/race.driver';
import type { Workbench } from '../workbench';
import { observationInspector } from './observations.driver';
import { rowInspector } from './rows.driver';
import type { InspectActions, Inspected } from './slice';

/** Keeps what the inspector shows true to the frames on the stage, while it is open. */
export function inspecting(workbench: Workbench, race: Pick<RaceDriver, 'visit'>, held: () => Held | null) {
  const { getState: get, setState: set } = workbench;

  const sayOf = (method: MethodId) => (change: Inspected) => {
    const before = get().inspected[method] ?? {};
    const isNew = Object.entries(change).some(
      ([what, value]) => (before[what as keyof Inspected] ?? null) !== value,
    );
    if (isNew) set(({ inspected }) => ({ inspected: { ...inspected, [method]: { ...before, ...change } } }));
  };
  const rowsOf = once((method) => rowInspector(method, workbench, held, sayOf(method)));
  const observationsOf = once((method) => observationInspector(method, workbench, race.visit, sayOf(method)));

  function look() {
    const { inspecting, playing, settings } = get();
    if (!inspecting) return;
    const isReadable = !playing || (settings.speed < 1 && !settings.flatOut);
    for (const method of racingOf(settings)) {
      const { inspects } = atOnceOf(method);
      if (inspects === 'rows') rowsOf(method).look(isReadable);
      if (inspects === 'observations') observationsOf(method).look();
    }
  }
  workbench.subscribe(look);
  look();

  const actions: InspectActions = {
    inspect(inspecting) {
      for (const method of racingOf(get().settings)) {
        rowsOf(method).forget();
        observationsOf(method).forget();
      }
      set({ inspecting, inspected: {} });
    },
    lookAtRow: (method, line) => rowsOf(method).lookAt(line),
    solveRow: (method) => rowsOf(method).solve(),
  };
  return actions;
}

/** Makes something for a method once. */
function once<T>(make: (method: MethodId) => T): (method: MethodId) => T {
  const made = new Map<MethodId, T>();
  return (method) => {
    const value = made.get(method) ?? make(method);
    made.set(method, value);
    return value;
  };
}
