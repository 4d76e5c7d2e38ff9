import type { Workbench } from '../workbench';

/** Runs whose ratings are not here cannot go on, nor begin anew: whether that is so, which then is said. */
export function lacksRatings({
  getState: get,
  setState: set,
}: Pick<Workbench, 'getState' | 'setState'>): boolean {
  if (get().data?.source !== 'run') return false;
  set({ playing: false, notice: { kind: 'no-ratings' } });
  return true;
}
