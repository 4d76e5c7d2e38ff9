/**
 * The first race that somebody sees begins slowly enough to be understood, and gets faster: about twenty seconds in
 * all. Only the pace is another; what is learnt is the same to the bit.
 */

/** Frames at the first guess, of which there are 60 a second: two seconds. */
const heldFrames = 120;

/** Ratings that each method is given per frame, up to so many passes over all of them. */
const paces: readonly (readonly [upTo: number, perFrame: number])[] = [
  [1.5, 1 / 120],
  [4, 1 / 50],
  [Number.POSITIVE_INFINITY, 1 / 11],
];

/**
 * Ratings per frame.
 *
 * @param frames that have passed while it was going
 * @param seen ratings so far
 * @param trainingCount of one pass over all ratings
 */
export function openingSpeed(frames: number, seen: number, trainingCount: number): number {
  if (seen === 0 && frames < heldFrames) return 0;
  const [, perFrame] = paces.find(([upTo]) => seen < upTo * trainingCount) ?? paces[0];
  return perFrame * trainingCount;
}

const key = 'factorscope-seen';

/** Whether somebody has been here before; where nothing is remembered, nobody has. */
export function hasBeenHere(): boolean {
  try {
    return localStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

/** Whoever comes again is not taught again. */
export function rememberVisit(): void {
  try {
    localStorage.setItem(key, 'yes');
  } catch {
    // A browser that keeps nothing teaches again.
  }
}
