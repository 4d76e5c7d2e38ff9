import { ChevronRight, StepForward } from 'lucide-react';
import { TimelineStrip } from '../replay/timeline-strip';
import { oneOfEach, stepName, unitName } from '../replay/words';
import { RaceField } from '../settings/race-field';
import type { Actions, Workbench } from '../workbench';
import { useBench, useRacing, useWorkbench } from '../workbench-context';
import { AfterEnd } from './after-end';
import { useKeys } from './keys';
import { RunChip } from './run-chip';
import { Transport } from './transport';

const sentence = (words: string) => words[0].toUpperCase() + words.slice(1);

/** Play, pause, step, reset, how fast; how far each method is, and how to look back at all of them. */
export function RaceTransport() {
  const { workbench, actions } = useBench();
  const racing = useRacing();
  const playing = useWorkbench((state) => state.playing);
  const lookingBack = useWorkbench((state) => state.replayPlace !== null);
  useKeys((event) => keyOf(event, workbench, actions));
  return (
    <Transport
      label="Transport"
      going={playing}
      toggle={{
        name: 'Play',
        title: lookingBack ? 'Go on from this frame, as the first time (space)' : 'Play or pause (space)',
        press: playing ? actions.pause : actions.play,
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
      <div className="transport-speed">
        <Speed />
        <RaceField name="flatOut" />
      </div>
      <div className="run-chips">
        {racing.map((id) => (
          <RunChip key={id} method={id} />
        ))}
      </div>
      <AfterEnd />
      <TimelineStrip />
    </Transport>
  );
}

/** What a key does in the race; nothing where it has no meaning. */
function keyOf({ key, shiftKey }: KeyboardEvent, workbench: Workbench, actions: Actions) {
  const { playing, replayPlace } = workbench.getState();
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case ' ':
      return playing ? actions.pause : actions.play;
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

/** Below one rating per frame it is slow motion, in ratings per second. */
function Speed() {
  const slow = useWorkbench((state) => state.settings.speed < 1);
  return <RaceField name="speed" {...(slow && { instead: { unit: 'a second', shown: 60 } })} />;
}
