import { methodOf, takes } from '../../methods';
import { liveAt } from '../../methods/changes';
import type { MethodId } from '../../methods/method';
import type { Breakdown } from '../../methods/run';
import { significant } from '../../words/numbers';
import { lossWords } from '../shell/loss-words';
import { useBench, useWorkbench } from '../workbench-context';

/** What went wrong with a run, and what can be done. */
export function RunTrouble({ method }: { method: MethodId }) {
  const isLost = useWorkbench((state) => state.runs[method].status === 'lost');
  return isLost ? <Lost method={method} /> : <Diverged method={method} />;
}

function Lost({ method }: { method: MethodId }) {
  const { actions } = useBench();
  const { name } = methodOf(method);
  const loss = useWorkbench((state) => state.runs[method].loss ?? 'died');
  return (
    <p role="alert" className="run-trouble">
      {name} stopped: {lossWords[loss]}.{' '}
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
