import { conductor } from './conductor/conductor';
import { idleRun } from './conductor/racing';
import { createWorkbench } from './state/workbench';
import { WorkbenchView } from './ui/shell/workbench-view';
import { BenchContext } from './ui/workbench-context';
import { pool } from './workers/pool';

/** The only place where workers, store and interface meet. */
const workbench = createWorkbench(idleRun);
const actions = conductor(workbench, pool);
if (!matchMedia('(prefers-reduced-motion: reduce)').matches) actions.play();

export function App() {
  return (
    <BenchContext value={{ workbench, actions }}>
      <WorkbenchView />
    </BenchContext>
  );
}
