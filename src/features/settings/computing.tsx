import type { WorkbenchState } from '../../state/workbench';
import { inBytes } from '../data/messages';
import { LiveText } from '../shell/live-text';
import { useWorkbench } from '../workbench-context';
import { RangeField } from './range-field';

/** How the work is done, and what it takes. */
export function Computing() {
  const { slow, alone, needed, most } = useWorkbench((state) => state.computing);
  return (
    <details className="more">
      <summary>Machine</summary>
      {alone ? (
        <p className="field-note">
          One worker per method: this page was served without the headers that let workers share memory.
        </p>
      ) : (
        <RangeField
          name="workers"
          label="Workers"
          unit="each"
          info="Workers per method, helping with large data. How many there are changes how long a step takes, never a bit of its result."
        />
      )}
      <RangeField
        name="film"
        label="Film"
        unit="MB per run"
        info="How much of each run is kept to look back at. Where it is not enough, frames are thinned out evenly; any that is missing can be computed again. Counts from the next run on."
      />
      <dl className="facts">
        <div>
          <dt>Kernels</dt>
          <dd>{slow ? 'float64 page (slow mode)' : 'SIMD, float32'}</dd>
        </div>
        <div>
          <dt>Memory</dt>
          <dd>
            needs {inBytes(needed)} of {inBytes(most)}
          </dd>
        </div>
        <div>
          <dt>Film</dt>
          <dd>
            <LiveText of={film} />
          </dd>
        </div>
      </dl>
    </details>
  );
}

/** How much of the runs is kept to look back at. */
function film({ runs }: WorkbenchState): string {
  return (['als', 'sgd'] as const)
    .map((method) => {
      const { snapshots, added } = runs[method].timeline;
      const name = method === 'als' ? 'ALS' : 'B-SGD';
      const count = snapshots.length.toLocaleString('en');
      return snapshots.length < added
        ? `${name} ${count} of ${added.toLocaleString('en')} frames, evenly thinned`
        : `${name} ${count} frames`;
    })
    .join('; ');
}
