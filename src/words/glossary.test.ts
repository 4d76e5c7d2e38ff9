import temml from 'temml';
import { expect, test } from 'vitest';
import { glossary, termOf } from './glossary';

test('no two terms have the same id or name', () => {
  for (const key of ['id', 'name'] as const)
    expect(new Set(glossary.map((term) => term[key])).size).toBe(glossary.length);
});

test('every formula is one', () => {
  for (const { id, tex } of glossary)
    if (tex)
      expect([id, temml.renderToString(tex, { throwOnError: true })]).toEqual([
        id,
        expect.stringContaining('<math'),
      ]);
});

test('a term is found by its name before what others are called as well', () => {
  expect(termOf('Rank')?.id).toBe('rank');
  expect(termOf('λ per rating')?.id).toBe('lambda');
  expect(termOf('Palette')).toBeUndefined();
});
