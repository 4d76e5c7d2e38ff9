import { describe, expect, test } from 'vitest';
import { singularValues } from '../../kernels/floor';
import { pictureKinds } from './names';
import { drawPicture } from './pictures';
import { shopRatings } from './shop';

const recipe = { kind: 'portrait', size: 300, seed: 1, rank: 5 } as const;

describe.each(pictureKinds)('%s', (kind) => {
  test('is the same for the same seed, and another for another', () => {
    expect(drawPicture({ ...recipe, kind, size: 64 })).toEqual(drawPicture({ ...recipe, kind, size: 64 }));
    expect(drawPicture({ ...recipe, kind, size: 64, seed: 2 })).not.toEqual(
      drawPicture({ ...recipe, kind, size: 64 }),
    );
  });

  test.each([32, 100, 512])('uses its tones at size %i', (size) => {
    const pixels = drawPicture({ ...recipe, kind, size });
    expect(pixels).toHaveLength(size * size);
    const sorted = pixels.slice().sort();
    expect(
      sorted[Math.floor(0.97 * sorted.length)] - sorted[Math.floor(0.03 * sorted.length)],
    ).toBeGreaterThan(100);
  });
});

test('plasma with seed 1 is the golden reference', () => {
  let hash = 0x811c9dc5;
  for (const byte of drawPicture({ ...recipe, kind: 'plasma' }))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  expect(hash).toBe(3911245757);
});

test.each([1, 2, 5, 9])('low rank %i is of that rank, but for rounding', (rank) => {
  const pixels = drawPicture({ ...recipe, kind: 'low-rank', size: 120, rank });
  const singular = singularValues(Float64Array.from(pixels), 120, 120);
  expect(singular[rank - 1]).toBeGreaterThan(40);
  // Rounding alone has singular values up to about 2·√(120/12).
  expect(singular[rank]).toBeLessThan(8);
});

describe('the shop', () => {
  const pixels = drawPicture({ ...recipe, size: 40 });
  const shop = (knownShare: number, noise = 0) =>
    shopRatings(pixels, 40, 40, 'shop', { knownShare, noise, seed: 3 });

  test('knows every cell once, in row-major order', () => {
    const { users, items, values, ratingCount } = shop(1);
    expect(ratingCount).toBe(1600);
    expect(Array.from(values, (_, j) => users[j] * 40 + items[j])).toEqual(
      Array.from({ length: 1600 }, (_, j) => j),
    );
    expect(Uint8Array.from(values)).toEqual(pixels);
  });

  test('knows exactly the share asked for, nested in larger shares', () => {
    const cells = (share: number) =>
      new Set(Array.from(shop(share).users, (x, j) => x * 40 + shop(share).items[j]));
    const [few, more] = [cells(0.1), cells(0.3)];
    expect([few.size, more.size]).toEqual([160, 480]);
    expect([...few].every((cell) => more.has(cell))).toBe(true);
    expect(shop(0.0001).ratingCount).toBe(1);
  });

  test('stays on the scale with noise, and does not move with the share', () => {
    const noisy = shop(1, 40);
    expect(noisy.values.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)).toBe(true);
    const part = shop(0.2, 40);
    for (let j = 0; j < part.ratingCount; j++)
      expect(part.values[j]).toBe(noisy.values[part.users[j] * 40 + part.items[j]]);
  });
});
