import { type CSSProperties, useState } from 'react';
import { methodOf, takes } from '../../methods';
import type { MethodId } from '../../methods/method';
import type { Breakdown } from '../../methods/run';
import { metricOf } from '../../metrics';
import { errorsWords } from '../../metrics/parts';
import { grouped, short } from '../../words/numbers';
import type { RunStatus } from '../race/slice';
import { frameOf, inForce } from '../replay/replay';
import { stepWords } from '../replay/words';
import { LiveText } from '../shell/live-text';
import type { WorkbenchState } from '../workbench';
import { useBench, useWorkbench } from '../workbench-context';

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
  const status = useWorkbench((state) => state.runs[method].status);
  return (
    <section
      className="run-chip"
      style={{ '--method': `var(--method-${method})` } as CSSProperties}
      aria-label={`${name} run`}
    >
      <p>
        <strong>{name}</strong> <LiveText of={(state) => stepOf(state, method)} />{' '}
        <span className="run-status" role="status">
          {said[status]}
        </span>{' '}
        <LiveText of={(state) => seenOf(state, method)} className="run-seen" />
      </p>
      {status === 'diverged' ? (
        <Diverged method={method} />
      ) : status === 'lost' ? (
        <Lost method={method} />
      ) : (
        <p>
          <LiveText of={(state) => errorsOf(state, method)} />
        </p>
      )}
    </section>
  );
}

const frameIn = (state: WorkbenchState, method: MethodId) => frameOf(state, state.runs[method], method);

function stepOf(state: WorkbenchState, method: MethodId): string {
  const frame = frameIn(state, method);
  return frame ? stepWords(method, frame.step) : '';
}

function seenOf(state: WorkbenchState, method: MethodId): string {
  const seen = frameIn(state, method)?.observations ?? 0;
  return `${seen < 1e6 ? grouped(seen) : short(seen)} seen`;
}

/** 'RMSE validation 9.871 · train 9.312 · λ 15 here' */
function errorsOf(state: WorkbenchState, method: MethodId): string {
  const frame = frameIn(state, method);
  if (!frame) return '';
  const metric = metricOf(state.looks.metric);
  const then = inForce(state, method);
  return [...errorsWords(frame, metric), ...(then === '' ? [] : [then])].join(' · ');
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

/** Why and where a run cannot go on, and a γ that would hold. γ may be moved afterwards: the one it had is remembered. */
function Diverged({ method }: { method: MethodId }) {
  const { workbench, actions } = useBench();
  const diverged = useWorkbench((state) => state.runs[method].diverged);
  const [learningRate] = useState(() => workbench.getState().settings.learningRate);
  const rate = diverged?.proposedLearningRate ?? null;
  if (!diverged) return null;
  const step = `${methodOf(method).step.one} ${Math.max(1, Math.ceil(diverged.step))}`;
  const where = takes(method, 'learningRate') ? `${step} at γ = ${learningRate}` : step;
  return (
    <p role="alert" className="run-trouble">
      {breakdowns[diverged.cause](where)}{' '}
      {rate !== null && (
        <button type="button" className="link-button" onClick={() => actions.restartWith(rate)}>
          Restart with γ = {rate}
        </button>
      )}
    </p>
  );
}
