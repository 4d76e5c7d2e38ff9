import { expect, test } from 'vitest';
import { dataOf } from '../../state/fixtures/data-of';
import { colouringBy, genresIn } from './colouring';
import { nearest, reachOf } from './draw-map';

const dots = { across: Float32Array.of(0, 2, -1, 9), up: Float32Array.of(0, 1, -2, 9) };
const offered = Uint8Array.of(1, 1, 1, 0);

test('the map reaches as far as what is drawn on it lies, along either axis', () => {
  expect(reachOf(dots, offered)).toBe(2);
  expect(reachOf(dots, new Uint8Array(4))).toBe(0);
});

test('the nearest item is found where it is drawn, up being up, and none that is too far or not drawn', () => {
  const scale = { width: 100, height: 100, reach: 2 };
  expect(nearest(scale, dots, offered, { x: 50, y: 50 }, 5)).toBe(0);
  // A margin of 6 leaves 44 pixels for 2: item 1 is at 94, 28, item 2 at 28, 94.
  expect(nearest(scale, dots, offered, { x: 92, y: 30 }, 5)).toBe(1);
  expect(nearest(scale, dots, offered, { x: 28, y: 90 }, 5)).toBe(2);
  expect(nearest(scale, dots, offered, { x: 80, y: 80 }, 5)).toBeNull();
});

test('colours go by mean, by count and by genre, and what is not offered has none', () => {
  const data = dataOf('file');
  const titled = (genres: string) => ({ title: '', genres });
  const ratings = {
    ...data.ratings,
    itemTitles: [titled('Drama|War'), titled('Drama'), null, titled('Comedy')],
  };
  const items = { offered, counts: Uint32Array.of(1, 100, 10, 5), means: Float32Array.of(1, 5, 3, 2) };
  const by = (what: string) => colouringBy(what, { ratings }, items, 'viridis', false);
  const colours = (what: string) => [0, 1, 2, 3].map((y) => by(what).colourOf(y));
  expect(colours('mean')[3]).toBeNull();
  expect(new Set(colours('mean')).size).toBe(4);
  // The lowest mean and the fewest ratings are the same colour, and so are the highest and the most.
  expect(colours('count').slice(0, 2)).toEqual(colours('mean').slice(0, 2));
  const ends = ['mean', 'count', 'Drama'].map((what) => by(what).legend?.ends ?? null);
  expect(ends).toEqual([['1', '5'], ['1', '100'], null]);
  const [a, b, c] = colours('Drama');
  expect([a === b, b === c]).toEqual([true, false]);
  expect(genresIn({ ratings })).toEqual(['Drama', 'Comedy', 'War']);
});
