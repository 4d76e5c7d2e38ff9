import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/config';
import { atMost } from '../../words/numbers';
import { reasonOf } from '../data/messages';
import type { PastRun } from '../replay/slice';
import type { Watch, WatchStatus } from './slice';

const statuses: Readonly<Record<WatchStatus, string>> = {
  opening: 'Being opened',
  empty: 'No run is there: one that comes is shown',
  unreachable: 'Out of reach; what was seen stays, and what comes is shown once it is back',
  running: 'Being written',
  ended: 'Ended',
  failed: 'Its job failed',
  refused: 'Given up',
  lost: 'Its reader stopped; watch it again',
};

/** How it is with a folder, in a sentence, and why. */
export function statusSentence({ name, status, code, manifest }: Watch): string {
  if (status === 'refused' && code) return `${statuses.refused}: ${reasonOf({ code, fileName: name })}.`;
  if (status === 'failed' && manifest?.why) return `${statuses.failed}: ${manifest.why}`;
  return `${statuses[status]}.`;
}

/** A place of a run: 'batch 40'. */
export const placeWords = (method: MethodId, step: number): string =>
  `${methodOf(method).step.one} ${atMost(step)}`;

/** How far a run has come. */
export function farOf({ config, track }: Pick<PastRun, 'config' | 'track'>): string {
  const step = track.moments.at(-1)?.step;
  return step === undefined ? 'not begun' : placeWords(config.method, step);
}
