import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  asPrinted,
  asSummand,
  counted,
  fixed,
  gapInUnits,
  inBytes,
  inSeconds,
  inUnits,
  percent,
  printedSum,
  short,
  significant,
} from './numbers';

/** Numbers as there are: none so small that not even its power of ten is a number. */
const number = fc
  .oneof(
    fc.double({ min: -300, max: 300, noNaN: true }),
    fc.double({ min: -5, max: 5, noNaN: true }),
    fc.float({ min: Math.fround(-1e30), max: Math.fround(1e30), noNaN: true, noDefaultInfinity: true }),
    fc.double({ min: -1e-3, max: 1e-3, noNaN: true }),
  )
  .filter((value) => value === 0 || Math.abs(value) > 1e-45);

/** Numbers that are written out. */
const usual = fc
  .double({ min: -300, max: 300, noNaN: true })
  .filter((value) => value === 0 || Math.abs(value) >= 1e-4);

/** What a reader takes a printed number for, in units of its last place: whole numbers, so that sums are exact. */
function read(text: string): { count: bigint; decimals: number; power: string } {
  const [mantissa, power = ''] = text.replace('−', '-').replaceAll(',', '').split(' × ');
  const [whole, decimals = ''] = mantissa.split('.');
  return {
    count: BigInt(whole.replace('-', '') + decimals) * (mantissa.startsWith('-') ? -1n : 1n),
    decimals: decimals.length,
    power,
  };
}

test('the terms of any sum add up to it as printed, to the same last place', () => {
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 6 }), (terms) => {
      const { terms: printed, sum } = printedSum(terms);
      const [total, ...read_] = [sum, ...printed].map(read);
      expect(read_.reduce((all, { count }) => all + count, 0n)).toBe(total.count);
      for (const { decimals, power } of read_) {
        expect(decimals).toBe(total.decimals);
        expect(power.replace('−', '')).toBe(total.power.replace('−', ''));
      }
    }),
  );
});

test('no term is a whole last place away from what it is', () => {
  fc.assert(
    fc.property(fc.array(usual, { minLength: 1, maxLength: 6 }), (terms) => {
      const printed = printedSum(terms).terms.map(read);
      fc.pre(printed[0].power === '');
      for (const [i, { count, decimals }] of printed.entries())
        expect(Math.abs(Number(count) - terms[i] * 10 ** decimals)).toBeLessThan(1 + 1e-9);
    }),
  );
});

test('what is printed beside a sum has the same places, and is told less it as printed', () => {
  const sum = printedSum([3.5296, 0.2047, -0.1149, 0.0049], 4);
  expect([sum.sum, ...sum.terms]).toEqual(['3.624', '3.529', '0.205', '−0.115', '0.005']);
  expect(sum.less(4)).toEqual({ value: '4.000', difference: '0.376' });
});

test('a mean of 116 less 41.4 is 74.6, with nothing in between', () => {
  const { terms, sum } = printedSum([116.04, 0, 0, -41.46]);
  expect(`${sum} = ${terms[0]} ${terms.slice(1).map(asSummand).join(' ')}`).toBe(
    '74.6 = 116.1 + 0.0 + 0.0 − 41.5',
  );
});

test('the gap of two numbers is the difference of what is printed of them', () => {
  expect(gapInUnits(9.3766, 9.3124)).toBe('0.065');
  expect(gapInUnits(10.4512, 9.3124)).toBe('1.138');
  fc.assert(
    fc.property(usual, usual, (a, b) => {
      const of = (text: string) => Number(text.replace('−', '-'));
      expect(of(gapInUnits(a, b))).toBeCloseTo(of(inUnits(a)) - of(inUnits(b)), 9);
    }),
  );
});

test('a number of rating units has four digits, and one at least after the point', () => {
  expect([9.3124, 74.618, 116.04, 769901.94, 0.9124, 0.0912, 0].map(inUnits)).toEqual([
    ...['9.312', '74.62', '116.0', '769,901.9', '0.9124', '0.09120', '0.000'],
  ]);
  expect([1e28, -1.234e-7, 12345678].map(inUnits)).toEqual(['1.00 × 10²⁸', '−1.23 × 10⁻⁷', '1.23 × 10⁷']);
  expect([null, undefined, Number.NaN, Number.POSITIVE_INFINITY].map(inUnits)).toEqual(['–', '–', '–', '–']);
});

test('a number as it is printed is what a reader reads', () => {
  fc.assert(
    fc.property(usual, (value) => {
      expect(Number(inUnits(value).replace('−', '-'))).toBeCloseTo(asPrinted(value), 9);
    }),
  );
});

test('other numbers have as many digits as they need', () => {
  expect([12345, 0.01234, -2, 1e28, 0.000012].map((value) => significant(value, 2))).toEqual([
    ...['12,000', '0.012', '−2', '1 × 10²⁸', '1.2 × 10⁻⁵'],
  ]);
  expect(fixed(-0.004, 2)).toBe('0.00');
  expect(percent(0.125, 1)).toBe('12.5 %');
  expect([999, 9999, 12345, 2.6e7, -20_000, 1e28].map(short)).toEqual([
    ...['999', '9,999', '12.3 k', '26 M', '−20 k', '1 × 10²⁸'],
  ]);
});

test('one is one, and many are many', () => {
  expect([counted(1, 'rating'), counted(0, 'rating'), counted(1200, 'batch', 'batches')]).toEqual([
    ...['1 rating', '0 ratings', '1,200 batches'],
  ]);
});

test('bytes and seconds have units that people know', () => {
  expect([2100, 3e6, 1.3e9].map(inBytes)).toEqual(['3 kB', '3 MB', '1.2 GB']);
  expect([0, 12e-6, 0.0123, 21.4, Number.NaN].map(inSeconds)).toEqual([
    '0 ms',
    '12 µs',
    '12.3 ms',
    '21.4 s',
    '–',
  ]);
  // Never a thousand of one unit where the next one has one.
  expect([994e-6, 996e-6, 0.9994, 0.9996].map(inSeconds)).toEqual(['990 µs', '0.996 ms', '999 ms', '1 s']);
});
