import { useRef } from 'react';
import { racingOf } from '../../settings/race';
import { useLive } from '../shell/live-text';
import type { WorkbenchState } from '../workbench';
import { useBench, useWorkbench } from '../workbench-context';
import { frameOf } from './replay';

/** The step on the stage; one that is typed is gone to, and computed where it was thinned out. Written without React. */
export function StepField() {
  const { workbench, actions } = useBench();
  const seeking = useWorkbench((state) => state.seeking);
  const input = useRef<HTMLInputElement>(null);
  useLive(workbench, (state) => {
    const text = stepText(state);
    const field = input.current;
    if (field && field !== document.activeElement && field.value !== text) field.value = text;
  });
  function commit(field: HTMLInputElement) {
    const step = Number(field.value.replace(',', '.'));
    const unchanged = field.value === stepText(workbench.getState());
    if (!unchanged && field.value.trim() !== '' && Number.isFinite(step)) actions.goTo(step);
    else field.value = stepText(workbench.getState());
  }
  return (
    <label className="replay-step" title="Go to exactly this step, such as 7.5">
      {seeking ? 'Computing' : 'Step'}
      <input
        ref={input}
        inputMode="decimal"
        aria-label="Go to step"
        defaultValue="0"
        onFocus={(event) => event.currentTarget.select()}
        onBlur={(event) => commit(event.currentTarget)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.value = stepText(workbench.getState());
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
        }}
      />
    </label>
  );
}

/** The latest of the methods' steps. */
function stepText(state: WorkbenchState): string {
  const steps = racingOf(state.settings).map(
    (method) => frameOf(state, state.runs[method], method)?.step ?? 0,
  );
  return String(Number(Math.max(...steps).toFixed(3)));
}
