import { conductor } from './conductor/conductor';
import { idleRun } from './conductor/racing';
import { createStreamLab } from './state/stream-lab';
import { createWorkbench } from './state/workbench';
import { WorkbenchView } from './ui/shell/workbench-view';
import { StreamContext } from './ui/stream/stream-context';
import { BenchContext } from './ui/workbench-context';
import { pool } from './workers/pool';

/** The only place where workers, store and interface meet. */
const workbench = createWorkbench(idleRun);
const lab = createStreamLab();
const { actions, stream } = conductor(workbench, lab, pool);
if (!matchMedia('(prefers-reduced-motion: reduce)').matches) actions.play();

export function App() {
  return (
    <BenchContext value={{ workbench, actions }}>
      <StreamContext value={{ lab, stream }}>
        <WorkbenchView />
      </StreamContext>
    </BenchContext>
  );
}
