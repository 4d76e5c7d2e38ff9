import { inBytes } from '../../words/numbers';
import type { Loss } from '../../workers/protocol';

/** How a worker was lost, as the second half of a sentence. */
export const lossWords: Readonly<Record<Loss, string>> = {
  missing:
    'a script is missing; there may be a newer version of the page. Reload: settings are in the address',
  offline: 'the connection is gone',
  slow: 'nothing came over the connection for too long',
  unstarted: 'its worker did not start',
  died: 'its worker ended, as it may where memory runs out',
  silent: 'its worker gave no sign of life for too long',
  garbled: 'what its worker said was lost, or cannot be',
};

/** What does not fit: there may not be so much; or there may, and the browser had no such room all the same. */
export function roomWords({ needed, most }: { needed: number; most: number }, may: string): string {
  return needed > most
    ? `needs ${inBytes(needed)}, and ${may} ${inBytes(most)}`
    : `needs ${inBytes(needed)} in one piece, which this browser does not have just now`;
}
