import { Slider } from '@base-ui/react/slider';
import { Toolbar } from '@base-ui/react/toolbar';
import { BookmarkPlus, ChevronsRight, Microscope, SkipBack, SkipForward } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { atOnceOf, methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { racingOf } from '../../settings/race';
import { useCoalesced } from '../settings/use-coalesced';
import type { WorkbenchState } from '../workbench';
import { useBench, useRacing, useWorkbench } from '../workbench-context';
import { frameOf, replayEnd } from './replay';
import './replay.css';
import { stepWords } from '../../settings/history';
import { MarkList } from './mark-list';
import { RunList } from './run-list';
import { StepField } from './step-field';

/** Looks back at all runs: one slider for all pictures, an exact step to go to, marks, and the runs before. */
export function TimelineStrip() {
  const { actions } = useBench();
  const live = useWorkbench((state) => state.replayPlace === null);
  const racing = useRacing();
  const seeking = useWorkbench((state) => state.seeking);
  const inspecting = useWorkbench((state) => state.inspecting === true);
  return (
    <fieldset className="replay">
      <legend className="visually-hidden">Film</legend>
      <Toolbar.Button
        className="icon-button"
        aria-label="Previous frame"
        title="One frame back (← or ,)"
        onClick={() => actions.frame(-1)}
      >
        <SkipBack size={14} />
      </Toolbar.Button>
      <Toolbar.Button
        className="icon-button"
        aria-label="Next frame"
        title="One frame on (.)"
        disabled={live}
        onClick={() => actions.frame(1)}
      >
        <SkipForward size={14} />
      </Toolbar.Button>
      <Scrubber />
      <StepField />
      <Toolbar.Button
        className="quiet-button replay-newest"
        title="Back to the newest frame (End)"
        disabled={live}
        onClick={actions.live}
      >
        <ChevronsRight size={14} /> <span className="replay-words">{seeking ? 'Cancel' : 'Newest'}</span>
      </Toolbar.Button>
      <Toolbar.Button className="quiet-button" title="Name this frame (M)" onClick={actions.mark}>
        <BookmarkPlus size={14} /> <span className="replay-words">Mark</span>
      </Toolbar.Button>
      <MarkList />
      <RunList />
      <Toolbar.Button
        className="quiet-button"
        aria-label="Inspect"
        aria-pressed={inspecting}
        title={`What a single step does: ${racing.flatMap(inspected).join(', ')}`}
        onClick={() => actions.inspect(!inspecting)}
      >
        <Microscope size={14} /> <span className="replay-words">Inspect</span>
      </Toolbar.Button>
    </fieldset>
  );
}

/** Where the runs are looked at, 0…1 of how far they have come. */
function shareOf(state: WorkbenchState): number {
  const end = replayEnd(state);
  return state.replayPlace === null || end === 0 ? 1 : Math.min(1, state.replayPlace / end);
}

function Scrubber() {
  const { workbench, actions } = useBench();
  const share = useWorkbench(shareOf);
  const scrub = useCoalesced((to) => actions.scrub(to * replayEnd(workbench.getState())));
  /** Keys go from frame to frame, not by shares of the whole. */
  function onKey(event: KeyboardEvent) {
    if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') actions.frame(-1);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowUp') actions.frame(1);
    else if (event.key === 'Home') actions.scrub(0);
    else if (event.key === 'End') actions.live();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
  return (
    <Slider.Root
      className="replay-slider"
      min={0}
      max={1}
      step={0.0005}
      largeStep={0.1}
      value={share}
      onValueChange={scrub}
      onKeyDownCapture={onKey}
    >
      <Slider.Control className="slider-control">
        <Slider.Track className="slider-track">
          <Slider.Indicator className="slider-indicator" />
          <Slider.Thumb
            className="slider-thumb"
            getAriaLabel={() => 'Film'}
            getAriaValueText={() => frameText(workbench.getState())}
          />
        </Slider.Track>
      </Slider.Control>
    </Slider.Root>
  );
}

/** 'iteration 7.5, epoch 3.21' */
function frameText(state: WorkbenchState): string {
  const words = racingOf(state.settings).map((id) =>
    stepWords(id, frameOf(state, state.runs[id], id)?.step ?? 0),
  );
  return words.join(', ');
}

/** 'a row of ALS': what the inspector shows of a method, if anything. */
const inspected = (id: MethodId): string[] => {
  const { inspects } = atOnceOf(id);
  if (inspects === null) return [];
  return [`${{ rows: 'a row', observations: 'an observation' }[inspects]} of ${methodOf(id).name}`];
};
