import { emptyTally } from '../../metrics/tally';
import type { MethodMoment, Moment } from '../../sessions/lab';
import type { StreamFacts } from '../../workers/learn-protocol';

const hasOnlyNumbers = (tally: ArrayLike<number>) => Array.prototype.every.call(tally, Number.isFinite);

/**
 * What a worker tells of a stream, in which whoever has an error that is no finite number has diverged from there on,
 * whoever made it: nothing of it is shown, and the others go on.
 *
 * @param told ascending by batch
 * @param before the newest moment that was told before; null where there is none
 */
export function finiteMoments(told: readonly Moment[], before: Moment | null): Moment[] {
  let last = before;
  return told.map((moment) => {
    last = withoutBroken(moment, last);
    return last;
  });
}

function withoutBroken(moment: Moment, before: Moment | null): Moment {
  const methods = Object.entries(moment.methods).map(([method, now]) => [
    method,
    withoutErrors(now, before?.methods[method]),
  ]);
  return { ...moment, methods: Object.fromEntries(methods) };
}

/** The moment as it is where all its errors are finite, and were before; else what the method had come to. */
function withoutErrors(now: MethodMoment, before: MethodMoment | undefined): MethodMoment {
  const isSound = !before?.diverged && [now.validation, now.prequential].every(hasOnlyNumbers);
  if (now.diverged || isSound) return now;
  const prequential = before?.prequential ?? emptyTally();
  return { ...now, validation: emptyTally(), prequential, diverged: true };
}

/** The facts of a stream: where the error of batch ALS is no finite number, it was not measured. */
export const finiteFacts = (facts: StreamFacts): StreamFacts =>
  hasOnlyNumbers(facts.batchAls.validation)
    ? facts
    : { ...facts, batchAls: { ...facts.batchAls, validation: emptyTally() } };
