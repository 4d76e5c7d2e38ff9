import { observe } from '../../methods/inspect';
import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import type { RaceDriver } from '../race/race.driver';
import { frameOf } from '../replay/replay';
import type { Workbench } from '../workbench';
import type { Say } from './rows.driver';

/** Shows what one method learnt from a single observation, where its frame on the stage is just one after another. */
export function observationInspector(
  method: MethodId,
  { getState: get }: Workbench,
  visit: RaceDriver['visit'],
  say: Say,
) {
  let lookedAt: Snapshot | null = null;

  async function explain(after: Snapshot | null) {
    const { snapshots } = get().runs[method].track;
    const before = after && snapshots[snapshots.indexOf(after) - 1];
    if (!after || !before || after.observations - before.observations !== 1) return say({ observed: null });
    const visited = await visit(method, before.observations);
    // Meanwhile the run may have gone on, and let these frames go.
    if (lookedAt !== after || before.userFactors.length === 0) return;
    say({ observed: visited && observe(before, after, visited) });
  }

  return {
    forget() {
      lookedAt = null;
    },
    look() {
      const shown = frameOf(get(), get().runs[method], method);
      if (shown === lookedAt) return;
      lookedAt = shown;
      void explain(shown);
    },
  };
}
