import type { TextFormat } from './format';
import { longestRow, previewRows, table, textOf } from './table';

/** More names are not a table's; what comes after them is left out. */
const mostNames = 1000;

/** What a line holds: an object or an array; null where it is no JSON, or neither of them. */
function rowIn(line: string): Record<string, unknown> | null {
  try {
    const row: unknown = JSON.parse(withLongNumbersQuoted(line));
    return typeof row === 'object' ? (row as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
}

/** JavaScript's numbers are exact up to 2⁵³: longer ids are read as text, or two of them could become one. */
function withLongNumbersQuoted(line: string): string {
  if (!/\d{16}/.test(line)) return line;
  const stringsAndLongNumbers = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;
  return line.replace(stringsAndLongNumbers, (found) => (found[0] === '"' ? found : `"${found}"`));
}

const firstLineOf = (text: string) => text.trimStart().split('\n', 1)[0];

/** Whether there is as much in it as a rating takes: a user, an item and a value. Other JSON on a line has less. */
const isPlain = (row: object | null) =>
  row !== null &&
  !Array.isArray(row) &&
  Object.values(row).filter((value) => textOf(value) !== '').length > 2;

/**
 * JSON lines: an object a line, whose names are those of the columns; or an array a line, as rows of delimited text are.
 * The names are those of the first twenty rows together. Values that hold others are taken for missing; a line that is
 * no JSON is a rejected row.
 */
export const jsonLines: TextFormat = {
  kind: 'text',
  id: 'json-lines',
  words: 'JSON lines',
  recognise: ({ name, text }) =>
    isPlain(rowIn(firstLineOf(text))) || (/\.(jsonl|ndjson)$/i.test(name) && /^\s*[[{]/.test(text)),
  reader(head, fileName, rows, options) {
    const isNamed = !head.trimStart().startsWith('[');
    const taken = table(fileName, rows, options, '', isNamed);
    /** Lines that wait until there are enough of them to tell the names; null from then on. */
    let waiting: { readonly text: string; readonly line: number }[] | null = [];
    let names: string[] = [];
    let line = 0;
    let rest = '';

    function begin(first: NonNullable<typeof waiting>) {
      waiting = null;
      const known = first.map(({ text }) => rowIn(text)).filter((row) => row !== null);
      // JSON of many lines, or no JSON at all.
      if (known.length === 0) return taken.refuse('json-file');
      names = [...new Set(known.flatMap(Object.keys))].slice(0, mostNames);
      if (isNamed) taken.take(names, first[0].line);
      for (const each of first) put(each.text, each.line);
    }

    function put(text: string, at: number) {
      const row = rowIn(text);
      if (!row) return taken.reject(at, 'malformed', [text]);
      const fields = names.map((name) => (Object.hasOwn(row, name) ? textOf(row[name]) : ''));
      taken.take(fields, at);
    }

    function take(text: string) {
      line++;
      if (text.trim() === '') return;
      if (!waiting) return put(text, line);
      waiting.push({ text, line });
      if (waiting.length === previewRows) begin(waiting);
    }

    return {
      get rowCount() {
        return taken.rowCount;
      },
      push(piece) {
        const lines = (rest + piece).split('\n');
        rest = lines.pop() ?? '';
        lines.forEach(take);
        if (rest.length > longestRow && !taken.refused())
          taken.refuse('line-too-long', { lines: [line + 1] });
        return taken.refused();
      },
      finish() {
        take(rest);
        if (waiting) begin(waiting);
        return taken.finish();
      },
    };
  },
};
