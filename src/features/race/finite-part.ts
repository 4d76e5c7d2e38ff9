import { hasFiniteErrors, type Moment } from '../../metrics/moment';
import type { Divergence } from '../../sessions/learning';
import type { Diverged, Learnt } from '../../sessions/stretch';

/** What a worker tells of a run. */
type Told = Learnt<Moment> | Diverged<Moment>;

/**
 * What is told, up to the first moment or frame with an error that is no finite number, whoever made it: nothing from
 * there on is shown. `end` says why the run cannot go on; null where it can.
 */
export function finitePart(told: Told): {
  readonly part: Learnt<Moment> | Diverged<Moment>;
  readonly end: Divergence | null;
} {
  const { passing, snapshots = [] } = told.status === 'running' ? told : {};
  const all = [...told.moments, ...snapshots, ...(passing ? [passing] : [])];
  const step = Math.min(...all.filter((one) => !hasFiniteErrors(one)).map((one) => one.step));
  const isBefore = (one: Moment) => one.step < step;
  const moments = told.moments.filter(isBefore);
  if (told.status === 'diverged') return { part: { ...told, moments }, end: told };
  if (step === Number.POSITIVE_INFINITY) return { part: told, end: null };
  const { status, unit } = told;
  return {
    part: { status, unit, moments, snapshots: snapshots.filter(isBefore) },
    end: { cause: 'not-finite', step, proposedLearningRate: null },
  };
}
