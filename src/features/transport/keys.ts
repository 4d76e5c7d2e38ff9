import { useEffect, useRef } from 'react';

/** What keeps every key to itself while it has the focus, and what only wants to be pressed. */
const keepsKeys =
  'input:not([type="checkbox"], [type="radio"], [type="range"]), select, textarea, [role="menu"], [role="dialog"], [contenteditable]';
/** What was closed and has not gone yet: it keeps no key any more. */
const closed = '[role="menu"][data-closed], [role="dialog"][data-closed]';
/** What a slider keeps, and what a choice does. */
const moves = /^(Arrow|Page|Home$|End$)/;
const chooses = /^Arrow/;
const wantsPress = 'button, a, summary, input[type="checkbox"]';

/** What goes on while it is held down. */
const repeats = new Set(['ArrowRight', 'ArrowLeft', ',', '.']);

/** Whether a key belongs to what has the focus. After a click on Step, → still steps; space presses Step again. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (event.repeat && !repeats.has(event.key)) return true;
  if (!(event.target instanceof Element) || event.target.closest(closed)) return false;
  if (event.target.matches('[type="range"]') && moves.test(event.key)) return true;
  if (event.target.matches('[type="radio"]') && chooses.test(event.key)) return true;
  return Boolean(event.target.closest(keepsKeys) || (event.key === ' ' && event.target.closest(wantsPress)));
}

/**
 * Keys of the whole page, for as long as a component is there.
 *
 * @param act says what a key does; nothing where it has no meaning
 */
export function useKeys(act: (event: KeyboardEvent) => (() => void) | undefined): void {
  const newest = useRef(act);
  newest.current = act;
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const does = isTaken(event) ? undefined : newest.current(event);
      if (!does) return;
      does();
      event.preventDefault();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
