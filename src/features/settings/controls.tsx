import { useBench } from '../workbench-context';
import { RacePanel } from './race-panel';

/** Everything that decides how the methods learn. */
export function Controls() {
  const { actions } = useBench();
  return (
    <section className="panel" aria-label="Model">
      <header className="panel-head">
        <h2>Model</h2>
        <button type="button" className="link-button" onClick={() => actions.restoreDefaults()}>
          Reset all
        </button>
      </header>
      <RacePanel name="model" />
      <details className="more">
        <summary>Conventions and first guess</summary>
        <RacePanel name="modelMore" />
      </details>
      <details className="more">
        <summary>Steps of B-SGD</summary>
        <RacePanel name="sgdSteps" />
      </details>
    </section>
  );
}
