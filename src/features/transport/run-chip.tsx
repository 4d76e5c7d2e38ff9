import type { CSSProperties } from 'react';
import { methodOf, takes } from '../../methods';
import { liveAt } from '../../methods/changes';
import type { MethodId } from '../../methods/method';
import type { Breakdown } from '../../methods/run';
import { significant } from '../../words/numbers';
import type { RunStatus } from '../race/slice';
import { paneName } from '../replay/replay';
import { LiveText } from '../shell/live-text';
import { useBench, useWorkbench } from '../workbench-context';
import { gapOf, restOf, scoreOf, seenOf, stepOf } from './chip-words';
import './run-chip.css';

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
  return (
    <section
      className="run-chip"
      style={{ '--method': `var(--method-${method})` } as CSSProperties}
      aria-label={`${name} run`}
    >
      {status === 'diverged' ? (
        <Diverged method={method} />
      ) : status === 'lost' ? (
        <Lost method={method} />
      ) : (
        <p className="score">
          <LiveText of={(state) => scoreOf(state, method).of} className="score-of" />{' '}
          <LiveText of={(state) => scoreOf(state, method).number} className="score-number" />{' '}
          <LiveText of={(state) => gapOf(state, method)} className="score-gap" />
        </p>
      )}
      <p className="run-where">
        <span className="visually-hidden">{shown}</span> <LiveText of={(state) => stepOf(state, method)} />{' '}
        <span className="run-status" role="status">
          {said[status]}
        </span>{' '}
        <LiveText of={(state) => seenOf(state, method)} /> <LiveText of={(state) => restOf(state, method)} />
      </p>
    </section>
  );
}

function Lost({ method }: { method: MethodId }) {
  const { actions } = useBench();
  const { name } = methodOf(method);
  return (
    <p role="alert" className="run-trouble">
      The {name} worker stopped answering.{' '}
      <button type="button" className="link-button" onClick={() => actions.revive(method)}>
        Restart {name}
      </button>
    </p>
  );
}

/** What happened, where, and what is left, by why a run cannot go on. */
const breakdowns: Readonly<Record<Breakdown, (where: string) => string>> = {
  grew: (where) => `Diverged in ${where}; the last finite picture is kept.`,
  rose: (where) =>
    `Broke down in ${where}: Σε² plus the λ term, which it can only lower, rose by rounding. Try a larger λ or a lower rank; the last good picture is kept.`,
  'not-finite': (where) =>
    `Stopped in ${where}: an error is not a finite number; the last finite picture is kept.`,
};

/** Why and where a run cannot go on, and a γ that would hold. γ may be moved afterwards: the run knows the one it had. */
function Diverged({ method }: { method: MethodId }) {
  const { actions } = useBench();
  const diverged = useWorkbench((state) => state.runs[method].diverged);
  const config = useWorkbench((state) => state.runs[method].config);
  const changes = useWorkbench((state) => state.runs[method].changes);
  const rate = diverged?.proposedLearningRate ?? null;
  if (!diverged || !config) return null;
  const { learningRate } = liveAt(config, changes, Number.POSITIVE_INFINITY);
  const step = `${methodOf(method).step.one} ${Math.max(1, Math.ceil(diverged.step))}`;
  const where = takes(method, 'learningRate') ? `${step} at γ = ${significant(learningRate)}` : step;
  return (
    <p role="alert" className="run-trouble">
      {breakdowns[diverged.cause](where)}{' '}
      {rate !== null && (
        <button type="button" className="link-button" onClick={() => actions.restartWith(rate)}>
          Restart with γ = {significant(rate)}
        </button>
      )}
    </p>
  );
}
