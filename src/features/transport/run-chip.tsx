import { type CSSProperties, Suspense } from 'react';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import type { RunStatus } from '../race/slice';
import { paneName } from '../replay/replay';
import { later } from '../shell/later';
import { LiveText } from '../shell/live-text';
import { useWorkbench } from '../workbench-context';
import { gapOf, ofHowMany, restOf, scoreOf, seenOf, stepOf } from './chip-words';
import './run-chip.css';

const RunTrouble = later(async () => (await import('./run-trouble')).RunTrouble);

const said: Readonly<Record<RunStatus, string>> = {
  starting: 'starting',
  going: '',
  finished: 'finished',
  diverged: 'diverged',
  lost: 'stopped',
};

/** How far a method is, and how good; or what went wrong with it. */
export function RunChip({ method }: { method: MethodId }) {
  const { name } = methodOf(method);
  const shown = useWorkbench((state) => paneName(state, method));
  // What happens to the run that goes on is not said of another that was put into its pane.
  const status = useWorkbench((state) =>
    state.panes[method] === null ? state.runs[method].status : 'going',
  );
  const isEarlier = useWorkbench((state) => ofHowMany(state, method) !== '');
  return (
    <section
      className="run-chip"
      style={{ '--method': `var(--method-${method})` } as CSSProperties}
      aria-label={`${name} run`}
    >
      {status === 'diverged' || status === 'lost' ? (
        <Suspense>
          <RunTrouble method={method} />
        </Suspense>
      ) : (
        <p className="score">
          <LiveText of={(state) => scoreOf(state, method).of} className="score-of" />{' '}
          <LiveText of={(state) => scoreOf(state, method).number} className="score-number" />{' '}
          <LiveText of={(state) => gapOf(state, method)} className="score-gap" />
        </p>
      )}
      <p className="run-where">
        <span className="visually-hidden">{shown}</span> <LiveText of={(state) => stepOf(state, method)} />{' '}
        <LiveText of={(state) => ofHowMany(state, method)} />{' '}
        <span className="run-status" role="status">
          {isEarlier ? '' : said[status]}
        </span>{' '}
        <LiveText of={(state) => seenOf(state, method)} /> <LiveText of={(state) => restOf(state, method)} />
      </p>
    </section>
  );
}
