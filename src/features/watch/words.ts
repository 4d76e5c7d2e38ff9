import { methodOf } from '../../methods';
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

/** How far a run has come: 'batch 40'. */
export function farOf({ config, track }: Pick<PastRun, 'config' | 'track'>): string {
  const { one } = methodOf(config.method).step;
  const step = track.moments.at(-1)?.step;
  return step === undefined ? 'not begun' : `${one} ${Number(step.toFixed(2)).toLocaleString('en')}`;
}
