import { useLayoutEffect, useRef, useState } from 'react';

/** So many beyond both edges are there all the same, for who goes from one to the next by key. */
const beyond = 2;

/**
 * Which of many columns or rows, all of one size, are in sight, and a little beyond: only those need be there.
 *
 * @param size CSS pixels
 */
export function useInSight(count: number, size: number, along: 'columns' | 'rows') {
  const viewport = useRef<HTMLElement>(null);
  const [sight, setSight] = useState({ from: 0, to: Math.min(count, 8) });
  const look = () => {
    const { scrollLeft = 0, clientWidth = 0, scrollTop = 0, clientHeight = 0 } = viewport.current ?? {};
    const [begin, length] = along === 'columns' ? [scrollLeft, clientWidth] : [scrollTop, clientHeight];
    const from = Math.min(count, Math.max(0, Math.floor(begin / size) - beyond));
    const to = Math.min(count, Math.ceil((begin + length) / size) + beyond);
    if (from !== sight.from || to !== sight.to) setSight({ from, to });
  };
  // The first sight is a guess, and what is shown next may be another number.
  useLayoutEffect(look);
  return { viewport, ...sight, look };
}
