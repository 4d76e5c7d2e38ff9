/** Keys that a clicker sends, and those of the keyboard that mean the same: to the next mark, or the one before. */
const steps: Readonly<Record<string, 1 | -1>> = {
  PageDown: 1,
  ArrowRight: 1,
  ArrowDown: 1,
  PageUp: -1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/**
 * The mark that a key leads to, of so many, counted from 0; null where it leads nowhere.
 *
 * @param at the mark that is shown; -1: none of them
 */
export function markAfter(key: string, at: number, count: number): number | null {
  if (!Object.hasOwn(steps, key) || count === 0) return null;
  if (at < 0) return steps[key] === 1 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, at + steps[key]));
}
