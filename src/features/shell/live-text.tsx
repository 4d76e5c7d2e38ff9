import { useEffect, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { WorkbenchState } from '../workbench';
import { useBench } from '../workbench-context';

/** Text that follows the workbench without React: written at most once a frame, and only when it changed. */
export function LiveText({ of, className }: { of: (state: WorkbenchState) => string; className?: string }) {
  const { workbench } = useBench();
  const span = useRef<HTMLSpanElement>(null);
  useLive(workbench, (state) => {
    const text = of(state);
    if (span.current && span.current.textContent !== text) span.current.textContent = text;
  });
  return <span ref={span} className={className} />;
}

/** Writes what a store says into the page without React: now, and after every change, at most once a frame. */
export function useLive<S>(store: StoreApi<S>, write: (state: S) => void): void {
  const newest = useRef(write);
  newest.current = write;
  useEffect(() => {
    let frame = 0;
    const now = () => {
      frame = 0;
      newest.current(store.getState());
    };
    const unsubscribe = store.subscribe(() => {
      frame ||= requestAnimationFrame(now);
    });
    now();
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, [store]);
}
