import { useBench } from '../workbench-context';
import { RacePanel } from './race-panel';

/** Everything that decides how the methods learn. */
export function Controls() {
  const { actions } = useBench();
  return (
    <section className="panel" aria-label="Model">
      <h2>Model</h2>
      <RacePanel name="model" />
      <details className="more">
        <summary>Conventions and first guess</summary>
        <RacePanel name="modelMore" />
        <RacePanel name="sgdSteps" />
        <button type="button" className="link-button" onClick={() => actions.restoreDefaults()}>
          Reset all
        </button>
      </details>
    </section>
  );
}
