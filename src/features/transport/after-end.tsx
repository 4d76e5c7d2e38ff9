import { atOnceOf, methodOf } from '../../methods';
import { raceSettings, racingOf, type Settings } from '../../settings/race';
import { frameOf, inForce, otherThanSet } from '../replay/replay';
import type { WorkbenchState } from '../workbench';
import { useBench, useWorkbench } from '../workbench-context';

/**
 * What was set after runs had ended is in none of them: it is said what they were made with, and offered to go on with
 * what is set now, as far again, or to begin again with it.
 */
export function AfterEnd() {
  const { workbench, actions } = useBench();
  const made = useWorkbench(madeOtherwise);
  const longer = useWorkbench((state) => JSON.stringify(longerFor(state)));
  if (made === '') return null;
  return (
    <p role="status" className="after-end">
      {made}.{' '}
      {longer !== '{}' && (
        <button
          type="button"
          className="link-button"
          onClick={() => {
            void actions.change(longerFor(workbench.getState()));
            actions.play();
          }}
        >
          Go on with what is set now
        </button>
      )}{' '}
      <button
        type="button"
        className="link-button"
        onClick={() => {
          actions.reset();
          actions.play();
        }}
      >
        Run again with it
      </button>
    </p>
  );
}

/** Runs that have ended, and are looked at there, with other settings than there are now. */
const endedOtherwise = (state: WorkbenchState) =>
  racingOf(state.settings).filter((method) => {
    const run = state.runs[method];
    const isLookedAt = frameOf(state, run, method) === run.track.latest;
    return isLookedAt && run.status === 'finished' && otherThanSet(state, method).length > 0;
  });

/** 'ALS ended with λ 15, B-SGD with λ 0.05'; '' where nothing is to be said. */
function madeOtherwise(state: WorkbenchState): string {
  const said = endedOtherwise(state).map(
    (method, i) =>
      `${methodOf(method).name}${i === 0 ? ' ended' : ''} with ${inForce(state, method).replace(/ here$/, '')}`,
  );
  return said.join(', ');
}

/** Their limits, twice as far; without those that are as far as can be. */
function longerFor(state: WorkbenchState): Partial<Settings> {
  const limits = new Set(endedOtherwise(state).map((method) => atOnceOf(method).limit));
  const longer = [...limits].flatMap((limit) => {
    const { max } = raceSettings[limit];
    const now = state.settings[limit];
    return now < max ? [[limit, Math.min(max, 2 * now)]] : [];
  });
  return Object.fromEntries(longer);
}
