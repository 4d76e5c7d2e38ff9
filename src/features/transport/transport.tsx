import { ChevronRight, Pause, Play, RotateCcw, StepForward } from 'lucide-react';
import { useState } from 'react';
import type { MethodId } from '../../methods/method';
import { metricOf } from '../../metrics';
import { valueAt } from '../../metrics/moment';
import { frameOf, inForce } from '../../state/film';
import type { WorkbenchState } from '../../state/workbench';
import { TimelineStrip } from '../replay/timeline-strip';
import { RaceField } from '../settings/race-field';
import { LiveText } from '../shell/live-text';
import { useBench, useWorkbench } from '../workbench-context';

/** Play, pause, step, reset, how fast; and how far each method is. */
export function Transport() {
  const { actions } = useBench();
  const playing = useWorkbench((state) => state.playing);
  const lookingBack = useWorkbench((state) => state.at !== null);
  return (
    <section className="transport" aria-label="Transport">
      <div className="transport-buttons">
        <button
          type="button"
          className="primary"
          onClick={playing ? actions.pause : actions.play}
          title={lookingBack ? 'Go on from this frame, as the first time (space)' : 'Play or pause (space)'}
        >
          {playing ? <Pause size={15} /> : <Play size={15} />}
          {playing ? 'Pause' : 'Play'}
        </button>
        <button type="button" onClick={actions.step} title="One iteration and one epoch (→)">
          <StepForward size={15} />
          Step
        </button>
        <button type="button" onClick={actions.smallStep} title="One half-sweep and one rating (shift →)">
          <ChevronRight size={15} />
          Single
        </button>
        <button type="button" onClick={actions.reset} title="Back to the first guess (r)">
          <RotateCcw size={14} />
          Reset
        </button>
      </div>
      <div className="transport-speed">
        <Speed />
        <RaceField name="flatOut" />
      </div>
      <RunChip method="als" />
      <RunChip method="sgd" />
      <TimelineStrip />
    </section>
  );
}

/** Below one rating per frame it is slow motion, in ratings per second. */
function Speed() {
  const slow = useWorkbench((state) => state.settings.speed < 1);
  return <RaceField name="speed" {...(slow && { instead: { unit: 'a second', shown: 60 } })} />;
}

const names: Record<MethodId, string> = { als: 'ALS', sgd: 'B-SGD' };
const said: Record<string, string> = {
  starting: 'starting',
  going: '',
  finished: 'finished',
  diverged: 'diverged',
  lost: 'stopped',
};

export const shortNumber = (value: number): string =>
  value >= 100 ? value.toFixed(1) : value.toFixed(value >= 10 ? 2 : 3);

function RunChip({ method }: { method: MethodId }) {
  const { actions } = useBench();
  const status = useWorkbench((state) => state.runs[method].status);
  const step = (state: WorkbenchState) => {
    const snapshot = frameOf(state, state.runs[method], method);
    if (!snapshot) return '';
    return method === 'als' ? `iteration ${snapshot.step}` : `epoch ${snapshot.step.toFixed(2)}`;
  };
  const observations = (state: WorkbenchState) => {
    const seen = frameOf(state, state.runs[method], method)?.observations ?? 0;
    return `${seen < 1e6 ? seen.toLocaleString('en') : `${(seen / 1e6).toFixed(2)} M`} seen`;
  };
  const errors = (state: WorkbenchState) => {
    const snapshot = frameOf(state, state.runs[method], method);
    if (!snapshot) return '';
    const metric = metricOf(state.looks.metric);
    const held = valueAt(snapshot, 'validation', metric);
    const validation = held === null ? '' : ` · validation ${shortNumber(held)}`;
    const then = inForce(state, method);
    return `${metric.name} ${shortNumber(valueAt(snapshot, 'train', metric) ?? 0)}${validation}${then && ` · ${then} here`}`;
  };
  return (
    <section className="run-chip" data-method={method} aria-label={`${names[method]} run`}>
      <p>
        <strong>{names[method]}</strong> <LiveText of={step} className="run-step" />{' '}
        <span className="run-status" role="status">
          {said[status]}
        </span>{' '}
        <LiveText of={observations} className="run-seen" />
      </p>
      {status === 'diverged' ? (
        <Diverged method={method} />
      ) : status === 'lost' ? (
        <p role="alert" className="run-trouble">
          The {names[method]} worker stopped answering.{' '}
          <button type="button" className="link-button" onClick={() => actions.revive(method)}>
            Restart {names[method]}
          </button>
        </p>
      ) : (
        <p className="run-numbers">
          <LiveText of={errors} className="run-errors" />
        </p>
      )}
    </section>
  );
}

/** Where a run diverged, and a γ that would hold. γ may be moved afterwards: the one it had is remembered. */
function Diverged({ method }: { method: MethodId }) {
  const { workbench, actions } = useBench();
  const diverged = useWorkbench((state) => state.runs[method].diverged);
  const [learningRate] = useState(() => workbench.getState().settings.learningRate);
  const rate = diverged?.proposedLearningRate ?? null;
  return (
    <p role="alert" className="run-trouble">
      Diverged in {method === 'als' ? 'iteration' : 'epoch'} {Math.floor(diverged?.step ?? 0) + 1}
      {method === 'sgd' && ` at γ = ${learningRate}`}; the last finite picture is kept.{' '}
      {rate !== null && (
        <button type="button" className="link-button" onClick={() => actions.restartWith(rate)}>
          Restart with γ = {rate}
        </button>
      )}
    </p>
  );
}
