import { useEffect, useRef } from 'react';
import type { WorkbenchState } from '../../state/workbench';
import { useBench } from '../workbench-context';

/** Text that follows the store without React: written at most once a frame, and only when it changed. */
export function LiveText({ of, className }: { of: (state: WorkbenchState) => string; className?: string }) {
  const { workbench } = useBench();
  const span = useRef<HTMLSpanElement>(null);
  const newest = useRef(of);
  newest.current = of;
  useEffect(() => {
    let frame = 0;
    const write = () => {
      frame = 0;
      const text = newest.current(workbench.getState());
      if (span.current && span.current.textContent !== text) span.current.textContent = text;
    };
    const unsubscribe = workbench.subscribe(() => {
      frame ||= requestAnimationFrame(write);
    });
    write();
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, [workbench]);
  return <span ref={span} className={className} />;
}
