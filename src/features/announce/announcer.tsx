import { useEffect, useRef } from 'react';
import { useBench } from '../workbench-context';
import { happenings, standingOf } from './happenings';

/** Milliseconds from one announcement to the next, at least: what is said has to be heard to its end. */
const breath = 2500;

/** Tells who listens to the page what happens in the race: all that has happened since the last time at once, in one place. */
export function Announcer() {
  const { workbench } = useBench();
  const region = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    let before = standingOf(workbench.getState());
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      timer = undefined;
      const state = workbench.getState();
      const now = standingOf(state);
      const said = happenings(before, now, state);
      before = now;
      if (said.length > 0 && region.current) region.current.textContent = said.join(' ');
    };
    const unsubscribe = workbench.subscribe(() => {
      timer ??= setTimeout(tell, breath);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [workbench]);
  return <p ref={region} role="status" aria-label="What happens in the race" className="visually-hidden" />;
}
