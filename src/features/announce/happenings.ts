import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { stepWords } from '../../settings/history';
import { racingOf } from '../../settings/race';
import { leaderOf, verdict } from '../chart/verdict';
import { frameOf } from '../replay/replay';
import { errorsOf } from '../transport/chip-words';
import type { WorkbenchState } from '../workbench';

/** What of a race is worth hearing of, when it changes. */
export interface Standing {
  readonly playing: boolean;
  /** Who has come to the end. */
  readonly finished: readonly MethodId[];
  /** Who is ahead; null: nobody yet, or nobody by as much as is printed. */
  readonly leader: string | null;
  /** Runs that were left for others, by their ids. */
  readonly left: readonly number[];
}

export function standingOf(state: WorkbenchState): Standing {
  const { playing, runs, shelf, settings } = state;
  return {
    playing,
    finished: racingOf(settings).filter((id) => runs[id].status === 'finished'),
    leader: leaderOf(state),
    left: shelf.map(({ id }) => id),
  };
}

/** What has happened since, in sentences; of who diverged, and why, the page says more where it says it. */
export function happenings(before: Standing, now: Standing, state: WorkbenchState): string[] {
  const { runs, shelf, settings } = state;
  const said: string[] = [];
  for (const { id, name } of shelf)
    if (!before.left.includes(id)) said.push(`Another run has begun; ${name} is kept under Runs.`);
  for (const id of now.finished)
    if (!before.finished.includes(id))
      said.push(`${methodOf(id).name} has finished, at ${errorsOf(state, id)}.`);
  if (now.leader !== before.leader && now.leader !== null) said.push(`${verdict(state)}.`);
  if (now.playing !== before.playing) {
    const steps = racingOf(settings).map((id) => {
      const step = frameOf(state, runs[id], id)?.step ?? 0;
      return `${methodOf(id).name} ${stepWords(id, step)}`;
    });
    said.push(now.playing ? 'Playing.' : `Paused at ${steps.join(', ')}.`);
  }
  return said;
}
