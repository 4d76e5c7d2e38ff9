/** Places that a page step goes. */
const page = 10;

/** Where keys bring a crosshair from one of so many places: those of a slider. */
const moves: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at) => at + 1,
  ArrowUp: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  ArrowDown: (at) => at - 1,
  PageUp: (at) => at + page,
  PageDown: (at) => at - page,
  Home: () => 0,
  End: (_, last) => last,
};

/** The place, of so many from 0 on, that a key leads to; null where the key has no meaning, or there is no place. */
export function walked(key: string, at: number, count: number): number | null {
  if (!Object.hasOwn(moves, key) || count === 0) return null;
  return Math.min(count - 1, Math.max(0, moves[key](at, count - 1)));
}
