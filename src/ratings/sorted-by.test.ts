import fc from 'fast-check';
import { expect, test } from 'vitest';
import { placesBy, sortedBy } from './sorted-by';

test('equal keys stay as they stand', () => {
  expect([...sortedBy(Uint32Array.of(70_000, 5, 70_000, 5, 0))]).toEqual([4, 1, 3, 0, 2]);
  expect([...placesBy(Uint32Array.of(70_000, 5, 70_000, 5, 0))]).toEqual([3, 1, 4, 2, 0]);
});

test('any keys are in order, each position once', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(0xffffffff), { maxLength: 100 }), (keys) => {
      const sorted = [...sortedBy(Uint32Array.from(keys))];
      expect(sorted).toEqual(keys.map((_, p) => p).sort((a, b) => keys[a] - keys[b] || a - b));
    }),
  );
});
