import { expect, test } from 'vitest';
import { csvOf } from './csv';

test('texts that a spreadsheet would run are shown instead; numbers stay numbers', () => {
  for (const text of ['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', ' =1', '\0=1', '＝1', '－1'])
    expect(csvOf([[text]])).toBe(`"'${text}"\r\n`);
  expect(csvOf([['a', -1.5, 1e21, null, 'b,"c"', '007']])).toBe('a,-1.5,1e+21,,"b,""c""",007\r\n');
  expect(csvOf([])).toBe('');
});
