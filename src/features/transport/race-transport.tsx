import { ChevronRight, StepForward } from 'lucide-react';
import { TimelineStrip } from '../replay/timeline-strip';
import { oneOfEach, stepName, unitName } from '../replay/words';
import type { Actions, Workbench } from '../workbench';
import { useBench, useRacing, useWorkbench } from '../workbench-context';
import { useKeys } from './keys';
import { isOver } from './over';
import { Transport } from './transport';

const sentence = (words: string) => words[0].toUpperCase() + words.slice(1);

/** Play, pause, step, reset, how fast; how far each method is, and how to look back at all of them. */
export function RaceTransport() {
  const { workbench, actions } = useBench();
  const racing = useRacing();
  const playing = useWorkbench((state) => state.playing);
  const over = useWorkbench(isOver);
  const lookingBack = useWorkbench((state) => state.replayPlace !== null);
  useKeys((event) => keyOf(event, workbench, actions));
  return (
    <Transport
      label="Transport"
      going={playing && !over}
      toggle={{
        name: over ? 'Replay' : 'Start',
        title: lookingBack
          ? 'Go on from this frame, as the first time (space)'
          : titles[over ? 'over' : 'on'],
        press: toggleOf(workbench, actions),
      }}
      steps={[
        {
          name: 'Step',
          title: `${sentence(oneOfEach(racing, stepName))} (→)`,
          icon: StepForward,
          press: actions.step,
        },
        {
          name: 'Single',
          title: `${sentence(oneOfEach(racing, unitName))} (shift →)`,
          icon: ChevronRight,
          press: actions.smallStep,
        },
      ]}
      restart={{ name: 'Reset', title: 'Back to the first guess (r)', press: actions.reset }}
    >
      <TimelineStrip />
    </Transport>
  );
}

const titles = { on: 'Start or pause (space)', over: 'Once more from the first guess (space)' };

/** Starts, pauses, or has all of it once more. */
const toggleOf =
  ({ getState }: Workbench, actions: Actions) =>
  () => {
    if (isOver(getState())) actions.reset();
    else if (getState().playing) return actions.pause();
    return actions.play();
  };

/** What a key does in the race; nothing where it has no meaning. */
function keyOf({ key, shiftKey }: KeyboardEvent, workbench: Workbench, actions: Actions) {
  const { replayPlace } = workbench.getState();
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case ' ':
      return toggleOf(workbench, actions);
    case 'ArrowRight':
      if (shiftKey) return actions.smallStep;
      return replayPlace === null ? actions.step : () => actions.frame(1);
    case '.':
      return () => actions.frame(1);
    case 'ArrowLeft':
    case ',':
      return () => actions.frame(-1);
    case 'Home':
      return () => actions.scrub(0);
    case 'End':
      return actions.live;
    case 'm':
      return actions.mark;
    case 'r':
      return actions.reset;
    default:
      return undefined;
  }
}
