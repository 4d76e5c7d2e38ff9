import { methodOf } from '../../methods';
import { counted, grouped, inBytes } from '../../words/numbers';
import { Facts } from '../data/facts';
import { LiveText } from '../shell/live-text';
import type { WorkbenchState } from '../workbench';
import { useWorkbench } from '../workbench-context';
import { RacePanel } from './race-panel';

/** How the work is done, and what it takes. */
export function Computing() {
  const { slow, needed, most } = useWorkbench((state) => state.computing);
  return (
    <details className="more">
      <summary>Machine</summary>
      <RacePanel name="machine" />
      <Facts
        of={[
          ['Kernels', slow ? 'float64 page (slow mode)' : 'SIMD, float32'],
          ['Memory', `needs ${inBytes(needed)} of ${inBytes(most)}`],
          ['Film', <LiveText key="film" of={film} />],
        ]}
      />
    </details>
  );
}

/** How much of the runs is kept to look back at. */
function film({ runs }: WorkbenchState): string {
  return Object.entries(runs)
    .map(([method, { track }]) => {
      const { snapshots, added } = track;
      const { name } = methodOf(method);
      const { length } = snapshots;
      return length < added
        ? `${name} ${grouped(length)} of ${counted(added, 'frame')}, evenly thinned`
        : `${name} ${counted(length, 'frame')}`;
    })
    .join('; ');
}
