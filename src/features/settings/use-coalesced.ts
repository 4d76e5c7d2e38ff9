import { useEffect, useRef } from 'react';

/** The newest call only, once a frame: dragging asks for more changes than there are frames. */
export function useCoalesced(apply: (value: number) => void): (value: number) => void {
  const newest = useRef(apply);
  newest.current = apply;
  const frame = useRef(0);
  const value = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);
  return (next) => {
    value.current = next;
    frame.current ||= requestAnimationFrame(() => {
      frame.current = 0;
      newest.current(value.current);
    });
  };
}
