import { useState } from 'react';
import { later } from '../shell/later';
import { Computing } from './computing';
import { RacePanel } from './race-panel';

const ErrorsPanel = later(async () => (await import('../errors/errors-panel')).ErrorsPanel);

/** How fast the methods go, how far, from which seed, and on what. */
export function RunPanel() {
  return (
    <section className="panel" aria-label="Run">
      <h2>Run</h2>
      <RacePanel name="run" />
      <Computing />
      <Errors />
    </section>
  );
}

/** Nobody adds up errors who does not look at them. */
function Errors() {
  const [open, setOpen] = useState(false);
  return (
    <details className="more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Where the errors are</summary>
      {open && <ErrorsPanel />}
    </details>
  );
}
