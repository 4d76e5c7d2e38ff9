import { Toolbar } from '@base-ui/react/toolbar';
import { useRef } from 'react';
import { atOnceOf } from '../../methods';
import { raceSettings, racingOf } from '../../settings/race';
import { useLive } from '../shell/live-text';
import { TypedNumber } from '../shell/typed-number';
import type { WorkbenchState } from '../workbench';
import { useBench, useWorkbench } from '../workbench-context';
import { frameOf } from './replay';

/** The step on the stage; one that is typed is gone to, and computed where it was thinned out. Written without React. */
export function StepField() {
  const { workbench, actions } = useBench();
  const seeking = useWorkbench((state) => state.seeking);
  const most = useWorkbench(mostSteps);
  const input = useRef<HTMLInputElement>(null);
  useLive(workbench, (state) => {
    const text = stepText(state);
    const field = input.current;
    if (field && field !== document.activeElement && field.value !== text) field.value = text;
  });
  return (
    <span className="replay-step" title="Go to exactly this step, such as 7.5">
      {seeking ? 'Computing' : 'Step'}
      <Toolbar.Input
        render={
          <TypedNumber
            field={input}
            aria-label="Go to step"
            text={() => stepText(workbench.getState())}
            min={0}
            max={most}
            onNumber={actions.goTo}
          />
        }
      />
    </span>
  );
}

/** As far as any of the methods can be asked to go. */
const mostSteps = ({ settings }: WorkbenchState) =>
  Math.max(...racingOf(settings).map((method) => raceSettings[atOnceOf(method).limit].max));

/** The latest of the methods' steps. */
function stepText(state: WorkbenchState): string {
  const steps = racingOf(state.settings).map(
    (method) => frameOf(state, state.runs[method], method)?.step ?? 0,
  );
  return String(Number(Math.max(...steps).toFixed(3)));
}
