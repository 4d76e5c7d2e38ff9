import { hasFiniteFactors } from '../../methods/snapshot';
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
  const moments = [...told.moments, ...(passing ? [passing] : [])];
  const broken = [
    ...[...moments, ...snapshots].filter((one) => !hasFiniteErrors(one)),
    ...snapshots.filter((one) => !hasFiniteFactors(one)),
  ];
  const step = Math.min(...broken.map((one) => one.step));
  const isBefore = (one: Moment) => one.step < step;
  const before = told.moments.filter(isBefore);
  if (told.status === 'diverged') return { part: { ...told, moments: before }, end: told };
  if (step === Number.POSITIVE_INFINITY) return { part: told, end: null };
  const { status, unit } = told;
  return {
    part: { status, unit, moments: before, snapshots: snapshots.filter(isBefore) },
    end: { cause: 'not-finite', step, proposedLearningRate: null },
  };
}
