import './features/shell/tokens.css';
import './features/shell/parts.css';
import './features/shell/popups.css';
import { compose } from './compose';
import { markerOf } from './draw/chart/markers';
import { isEmbedded } from './features/embed/embedded';
import { hasBeenHere, rememberVisit } from './features/race/opening';
import { PanelBoundary } from './features/shell/panel-boundary';
import { WorkbenchView } from './features/shell/workbench-view';
import { createWorkbench } from './features/workbench';
import { BenchContext } from './features/workbench-context';
import { methods } from './methods';
import { pool } from './workers/pool';

/** Style sheets know the colours of methods as --method-<id>, and their markers as --marker-<id>. */
for (const { id, colours } of methods) {
  const { style } = document.documentElement;
  style.setProperty(`--method-${id}`, `light-dark(${colours})`);
  style.setProperty(`--marker-${id}`, `path("${markerOf(id)}")`);
}

document.documentElement.toggleAttribute('data-embedded', isEmbedded(location));

/** The only place where workers, store and interface meet. */
const workbench = createWorkbench();
const actions = compose(workbench, pool);
// Somebody who comes for the first time, and not to see what a link says.
workbench.setState({ opening: location.hash === '' && !hasBeenHere() });
const stopWaiting = workbench.subscribe(({ runs }) => {
  if (!Object.values(runs).some(({ track }) => (track.latest?.step ?? 0) >= 1)) return;
  stopWaiting();
  rememberVisit();
});
if (!matchMedia('(prefers-reduced-motion: reduce)').matches) actions.play();

export function App() {
  return (
    <BenchContext value={{ workbench, actions }}>
      <PanelBoundary name="page">
        <WorkbenchView />
      </PanelBoundary>
    </BenchContext>
  );
}
