import type { Remote } from 'comlink';
import type { Moment } from '../../sessions/lab';
import type { LearnApi } from '../../workers/learn-protocol';
import type { Workbench } from '../workbench';
import { ofStream, type StreamActions, type StreamState } from './slice';

/** Asks the stream's worker; undefined where it was lost, or another stream came meanwhile. */
export type Ask = <P extends PromiseLike<unknown>>(
  work: (api: Remote<LearnApi<Moment>>) => P,
) => Promise<Awaited<P> | undefined>;

/** Ratings of somebody's own, learnt between two batches. */
export function ownRatings(workbench: Workbench, ask: Ask): Pick<StreamActions, 'draft' | 'rate' | 'undo'> {
  const get = () => workbench.getState().stream;
  const set = (change: Partial<StreamState>) => workbench.setState(ofStream(change));
  return {
    draft: (draft) => set({ draft, rating: 'idle' }),
    async rate() {
      const { draft, status } = get();
      if (!draft || status !== 'ready') return;
      set({ rating: 'learning', playing: false, target: null, shown: null });
      const result = await ask((api) => api.rate(draft));
      if (!result) return set({ rating: result === null ? 'no-learner' : 'idle' });
      const { rating, snapshot: rated, undoable } = result;
      const { ownRatings, youCameAfter, facts, moments } = get();
      const usersNow = moments.at(-1)?.users ?? 0;
      set({
        ownRatings: [...ownRatings.slice(ownRatings.length - undoable + 1), rating],
        youCameAfter: youCameAfter ?? (rating.user === facts?.you ? usersNow : null),
        ...{ rated, undoable, rating: 'idle' },
      });
    },
    async undo() {
      const result = await ask((api) => api.undo());
      if (!result) return;
      const { snapshot: rated, undoable } = result;
      const { facts, youCameAfter } = get();
      const ownRatings = get().ownRatings.slice(0, -1);
      const isHere = ownRatings.some(({ user }) => user === facts?.you);
      set({ ownRatings, youCameAfter: isHere ? youCameAfter : null, rated, undoable });
    },
  };
}
