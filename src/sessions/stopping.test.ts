import { describe, expect, test } from 'vitest';
import { knownTally } from '../metrics/tally';
import { overfitOf, stopOf } from './stopping';

/** A run that was measured at every half step: errors at whole steps as given, and good ones in between. */
function trackOf(unseen: readonly number[], train: readonly number[] = unseen.map((_, i) => 1 / (i + 1))) {
  const tally = (error: number) => knownTally(4, 0, 4 * error ** 2);
  const at = (step: number, seen: number, trained: number) => ({
    ...{ step, observations: step, flops: step, seconds: step },
    tallies: { train: tally(trained), validation: tally(seen) },
  });
  return {
    moments: unseen.flatMap((error, i) => [at(i, error, train[i]), at(i + 0.5, 0.01, 0.01)]),
  };
}
const patience = { stopAfter: 2, stopBelow: 0.01 };

describe('a run stops', () => {
  test('at the first whole step after so many that brought less than was asked for', () => {
    // 0.795 is less than 1 % below 0.8: that is no improvement, though it is the best.
    expect(stopOf(trackOf([1, 0.9, 0.8, 0.795, 0.8, 0.5]), patience)).toEqual({ at: 4, best: 3 });
  });

  test('not while it improves, however slowly over all of the steps that it is given', () => {
    expect(stopOf(trackOf([1, 0.995, 0.98, 0.975, 0.96]), patience)).toBeNull();
  });

  test('never where nobody has asked for it, or nothing is kept from training', () => {
    expect(stopOf(trackOf([1, 1, 1, 1]), { ...patience, stopAfter: 0 })).toBeNull();
    const { moments } = trackOf([1, 1, 1, 1]);
    const trained = moments.map((moment) => ({ ...moment, tallies: { train: moment.tallies.train } }));
    expect(stopOf({ moments: trained }, patience)).toBeNull();
  });
});

describe('a run overfits', () => {
  test('since its best step, where it is worse now and still fits what it is trained on', () => {
    expect(overfitOf(trackOf([1, 0.8, 0.7, 0.75, 0.8]), patience)).toMatchObject({
      ...{ since: { step: 2 }, now: { step: 4 } },
    });
  });

  test('not where it is hardly worse, nor where training rises as well', () => {
    expect(overfitOf(trackOf([1, 0.8, 0.7, 0.701]), patience)).toBeNull();
    expect(overfitOf(trackOf([1, 0.8, 0.7, 0.75], [1, 0.5, 0.4, 0.6]), patience)).toBeNull();
    expect(overfitOf({ moments: [] }, patience)).toBeNull();
  });
});
