import type { Sliced } from '../ratings/sliced';
import { breather } from '../workers/breather';

/** How long the page may be kept from its mail, ms: half a frame. */
const longest = 8;
const breathe = breather(longest);

/**
 * Does work with pauses in it, and lets the page handle what has come meanwhile.
 *
 * @param isWanted asked whenever the page has had a turn: where not, null comes of it
 */
export async function unhurried<T>(work: Sliced<T>, isWanted: () => boolean = () => true): Promise<T | null> {
  for (let since = performance.now(); ; ) {
    const slice = work.next();
    if (slice.done) return slice.value;
    if (performance.now() - since < longest) continue;
    await breathe(true);
    if (!isWanted()) return null;
    since = performance.now();
  }
}
