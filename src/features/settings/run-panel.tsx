import { Computing } from './computing';
import { RacePanel } from './race-panel';

/** How fast the methods go, how far, from which seed, and on what. */
export function RunPanel() {
  return (
    <section className="panel" aria-label="Run">
      <h2>Run</h2>
      <RacePanel name="run" />
      <Computing />
    </section>
  );
}
