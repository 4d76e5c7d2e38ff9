import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTyped, takeTyped } from './typed';

const valueIn = (text: string, whole = false, comma = false) => {
  const typed = readTyped(text, whole, comma);
  return typed.kind === 'number' ? typed.value : typed.kind;
};

test('a decimal is one with a point and with a comma, whoever reads', () => {
  for (const comma of [true, false])
    for (const text of ['1.5', '1,5', ' 1.5 ', '+1,50', '1.5\u200e', '1．5'])
      expect(valueIn(text, false, comma)).toBe(1.5);
});

test('digits of any script are digits', () => {
  for (const text of ['١٫٥', '۱٫۵', '१.५', '১.৫', '๑.๕', '１．５', '١,٥']) expect(valueIn(text)).toBe(1.5);
  for (const locale of [
    'ar-EG',
    'hi-IN-u-nu-deva',
    'fa',
    'de-CH',
    'fr',
    'de',
    'en',
    'bn',
    'my',
    'th-TH-u-nu-thai',
  ])
    for (const value of [0.0001, 0.02, 1.5, 26_000_000, 12_345.75, -7])
      expect(
        valueIn(new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }).format(value), false, false),
      ).toBe(value);
});

test('thousands may be apart', () => {
  for (const text of [
    "1'234'567.5",
    '1’234’567.5',
    '1 234 567,5',
    '1\u202f234\u202f567,5',
    '1,234,567.5',
    '1.234.567,5',
    '١٬٢٣٤٬٥٦٧٫٥',
  ])
    expect(valueIn(text)).toBe(1234567.5);
});

test('of whole numbers, three digits after a separator are thousands', () => {
  expect([valueIn('1,000', true), valueIn('1.000', true), valueIn('1 000', true)]).toEqual([
    1000, 1000, 1000,
  ]);
});

test('what may be two numbers is neither', () => {
  expect(readTyped('1,000', false, false)).toEqual({ kind: 'ambiguous', either: ['1000', '1'] });
  expect(readTyped('1.250', false, true)).toEqual({ kind: 'ambiguous', either: ['1250', '1.25'] });
  expect(valueIn('1.250', false, false)).toBe(1.25);
  expect([valueIn('0,125'), valueIn('0.125', false, true)]).toEqual([0.125, 0.125]);
});

test('what is no number is none', () => {
  for (const text of [
    '',
    '  ',
    'abc',
    '1.2.3',
    '1,2,3',
    '1 2',
    '1.000,000.5',
    '--1',
    '∞',
    'Infinity',
    'NaN',
    '1e999',
    '0x10',
    '1e',
    '10²',
  ])
    expect(valueIn(text)).toBe('none');
});

test('per cent and powers of ten are taken as they are meant', () => {
  expect([valueIn('20 %'), valueIn('20٪'), valueIn('1e-4'), valueIn('2E3')]).toEqual([20, 20, 1e-4, 2000]);
});

test('whatever number is written out is read as it is', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      // With thirteen digits after the point nobody takes them for thousands.
      expect(valueIn(value.toExponential(13))).toBe(Number(value.toExponential(13)));
    }),
  );
});

test('of what is out of bounds the nearest bound is taken, and said', () => {
  const rank = { min: 1, max: 64, whole: true };
  expect(takeTyped('20', rank)).toEqual({ value: 20, words: '' });
  expect(takeTyped('100', rank)).toEqual({ value: 64, words: '100 is too much: 64 is the most.' });
  expect(takeTyped('0', rank)).toEqual({ value: 1, words: '0 is too little: 1 is the least.' });
});

test('what cannot be taken changes nothing, and is said', () => {
  const rank = { min: 1, max: 64, whole: true };
  const lambda = { min: 1e-4, max: 1000 };
  expect(takeTyped('1.5', rank)).toEqual({ value: null, words: '1.5 is not a whole number.' });
  expect(takeTyped('many', rank)).toEqual({ value: null, words: '“many” is not a number.' });
  expect(takeTyped('1,000', lambda, false)).toEqual({
    value: null,
    words: '“1,000” may be 1000 or 1: write it like one of these.',
  });
});
