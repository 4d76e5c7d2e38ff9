import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lensOf, serves } from './lens';
import { inOrderOfIndex } from './orders';
import { grown, including, panned, wholeWindow, zoomed } from './window';

describe('a window', () => {
  const counts = { userCount: 1000, itemCount: 300 };
  const ranges = fc.double({ min: 0.02, max: 50, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  test('stays within the matrix, however it is zoomed and moved; what is under the anchor stays there', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(ranges, share, share), { maxLength: 12 }), (moves) => {
        let window = wholeWindow(counts);
        for (const [factor, down, across] of moves) {
          const next = zoomed(window, counts, factor, { down, across }) ?? wholeWindow(counts);
          const before = window.users.from + down * (window.users.to - window.users.from);
          const after = next.users.from + down * (next.users.to - next.users.from);
          const inside = next.users.from > 1e-9 && next.users.to < 1000 - 1e-9;
          if (inside) expect(after).toBeCloseTo(before, 6);
          window = panned(next, counts, 100 * (down - 0.5), 100 * (across - 0.5));
          for (const [{ from, to }, count] of [
            [window.users, 1000],
            [window.items, 300],
          ] as const) {
            expect(from).toBeGreaterThanOrEqual(-1e-9);
            expect(to).toBeLessThanOrEqual(count + 1e-9);
            expect(to - from).toBeGreaterThanOrEqual(8 - 1e-9);
          }
          const wider = grown(window, counts);
          expect(wider.users.from).toBeLessThanOrEqual(window.users.from);
          expect(wider.users.to).toBeGreaterThanOrEqual(window.users.to);
        }
      }),
      { seed: 1 },
    );
  });

  test('zoomed out beyond the whole is the whole', () => {
    const near = zoomed(wholeWindow(counts), counts, 0.1, { down: 0.3, across: 0.9 });
    expect(near).not.toBeNull();
    expect(zoomed(near ?? wholeWindow(counts), counts, 100, { down: 0.5, across: 0.5 })).toBeNull();
  });

  test('moves no further than to bring a position into it', () => {
    expect(including({ from: 10, to: 20 }, 100, 15)).toEqual({ from: 10, to: 20 });
    expect(including({ from: 10, to: 20 }, 100, 4)).toEqual({ from: 4, to: 14 });
    expect(including({ from: 10, to: 20 }, 100, 20)).toEqual({ from: 11, to: 21 });
  });
});

test('a lens serves a window that it covers, finely enough', () => {
  const set = { userCount: 1000, itemCount: 500 };
  const orders = { users: inOrderOfIndex(1000), items: inOrderOfIndex(500) };
  const part = (from: number, to: number) => ({ users: { from, to }, items: { from: from / 2, to: to / 2 } });
  const wide = lensOf(orders, part(100, 500), 200);
  expect(serves(wide, part(150.5, 420.2), 200)).toBe(true);
  expect(serves(wide, part(99.9, 300), 200)).toBe(false);
  expect(serves(wide, part(200, 260), 200)).toBe(false);
  // Single cells can be looked at from as near as one likes.
  expect(serves(lensOf(orders, wholeWindow(set), 1000), part(200, 210), 200)).toBe(true);
});
