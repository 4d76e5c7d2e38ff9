import { expect, test } from 'vitest';
import { seededRandom } from '../ratings/random';
import { meanOf } from './baseline';
import { fillNormal, fillUniform } from './initial';

test('the same seed gives the same factors', () => {
  for (const fill of [fillNormal, fillUniform]) {
    const [a, b, c] = [new Float64Array(50), new Float64Array(50), new Float64Array(50)];
    fill(a, 5, 5, 0.1, seededRandom(7));
    fill(b, 5, 5, 0.1, seededRandom(7));
    fill(c, 5, 5, 0.1, seededRandom(8));
    expect(b).toEqual(a);
    expect(c).not.toEqual(a);
  }
});

test('uniform factors lie in [0, top), around its middle', () => {
  const factors = new Float64Array(20_000);
  fillUniform(factors, 10, 10, 4, seededRandom(1));
  expect(factors.every((value) => value >= 0 && value < 4)).toBe(true);
  expect(meanOf(factors)).toBeCloseTo(2, 1);
});

test('normal factors have mean 0 and standard deviation σ', () => {
  const factors = new Float64Array(20_000);
  fillNormal(factors, 10, 10, 0.5, seededRandom(1));
  expect(meanOf(factors)).toBeCloseTo(0, 1);
  expect(Math.sqrt(meanOf(factors.map((value) => value * value)))).toBeCloseTo(0.5, 1);
});

test('padding stays 0, and takes no number from the source', () => {
  const [padded, plain] = [new Float32Array(40), new Float32Array(30)];
  fillNormal(padded, 3, 4, 1, seededRandom(2));
  fillNormal(plain, 3, 3, 1, seededRandom(2));
  expect([...padded].filter((_, i) => i % 4 === 3)).toEqual(Array(10).fill(0));
  expect([...padded].filter((_, i) => i % 4 < 3)).toEqual([...plain]);
});
