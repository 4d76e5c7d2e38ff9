import './features/shell/tokens.css';
import './features/shell/parts.css';
import { compose } from './compose';
import { WorkbenchView } from './features/shell/workbench-view';
import { createWorkbench } from './features/workbench';
import { BenchContext } from './features/workbench-context';
import { methods } from './methods';
import { pool } from './workers/pool';

/** Style sheets know the colours of methods as --method-<id>. */
for (const { id, colours } of methods)
  document.documentElement.style.setProperty(`--method-${id}`, `light-dark(${colours})`);

/** The only place where workers, store and interface meet. */
const workbench = createWorkbench();
const actions = compose(workbench, pool);
if (!matchMedia('(prefers-reduced-motion: reduce)').matches) actions.play();

export function App() {
  return (
    <BenchContext value={{ workbench, actions }}>
      <WorkbenchView />
    </BenchContext>
  );
}
