import { useEffect, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { WorkbenchState } from '../../state/workbench';
import { useBench } from '../workbench-context';

/** Text that follows the workbench without React. */
export function LiveText({ of, className }: { of: (state: WorkbenchState) => string; className?: string }) {
  const { workbench } = useBench();
  return <LiveTextOf store={workbench} of={of} {...(className ? { className } : {})} />;
}

/** Text that follows a store without React: written at most once a frame, and only when it changed. */
export function LiveTextOf<S>({
  store,
  of,
  className,
}: {
  store: StoreApi<S>;
  of: (state: S) => string;
  className?: string;
}) {
  const span = useRef<HTMLSpanElement>(null);
  const newest = useRef(of);
  newest.current = of;
  useEffect(() => {
    let frame = 0;
    const write = () => {
      frame = 0;
      const text = newest.current(store.getState());
      if (span.current && span.current.textContent !== text) span.current.textContent = text;
    };
    const unsubscribe = store.subscribe(() => {
      frame ||= requestAnimationFrame(write);
    });
    write();
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, [store]);
  return <span ref={span} className={className} />;
}
