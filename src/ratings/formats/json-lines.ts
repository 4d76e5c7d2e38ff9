import { accounting } from '../account';
import { withLines } from './delimited';
import type { TextFormat } from './format';
import { isPlain, jsonRows, rowIn } from './json-rows';
import { longestRow } from './table';

const firstLineOf = (text: string) => text.trimStart().split('\n', 1)[0];

/** JSON lines: an object or an array a line (see `jsonRows`). */
export const jsonLines: TextFormat = {
  kind: 'text',
  isLines: true,
  id: 'json-lines',
  words: 'JSON lines',
  recognise: ({ name, text }) =>
    isPlain(rowIn(firstLineOf(text))) || (/\.(jsonl|ndjson)$/i.test(name) && /^\s*[[{]/.test(text)),
  reader(head, fileName, rows, options) {
    const taken = jsonRows(fileName, rows, options, !head.trimStart().startsWith('['));
    const lines = accounting();
    let line = 0;
    let rest = '';

    function take(text: string) {
      line++;
      if (text.trim() === '') lines.note('blank', line);
      else taken.take(text, line);
    }

    return {
      get rowCount() {
        return taken.rowCount;
      },
      push(piece) {
        const whole = (rest + piece).split('\n');
        rest = whole.pop() ?? '';
        whole.forEach(take);
        if (rest.length > longestRow && !taken.refused())
          taken.refuse('line-too-long', { lines: [line + 1] });
        return taken.refused();
      },
      finish() {
        if (rest !== '') take(rest);
        return withLines(taken.finish(), lines.account());
      },
    };
  },
};
