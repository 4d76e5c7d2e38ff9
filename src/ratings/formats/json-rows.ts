import type { Collector } from '../collector';
import type { ReadOptions } from './format';
import { previewRows, table, textOf } from './table';

type Row = Readonly<Record<string, unknown>>;

/** More names are not a table's; what comes after them is left out. */
const mostNames = 1000;
/** Objects within objects, of which a name leads to a value. */
const deepest = 5;

/** What a text holds: an object or an array; null where it is no JSON, or neither of them. */
export function rowIn(text: string): Row | null {
  try {
    const row: unknown = JSON.parse(withLongNumbersQuoted(text));
    if (typeof row !== 'object' || row === null) return null;
    return Array.isArray(row) ? (row as never) : flat(row as Row);
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object whose values are in objects themselves, with dotted names for them. */
function flat(row: Row, depth = 1): Row {
  if (depth > deepest || !Object.values(row).some(isObject)) return row;
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]): [string, unknown][] =>
      isObject(value)
        ? Object.entries(flat(value, depth + 1)).map(([inner, each]) => [`${name}.${inner}`, each])
        : [[name, value]],
    ),
  );
}

/** JavaScript's numbers are exact up to 2⁵³: longer ids are read as text, or two of them could become one. */
function withLongNumbersQuoted(line: string): string {
  if (!/\d{16}/.test(line)) return line;
  const stringsAndLongNumbers = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;
  return line.replace(stringsAndLongNumbers, (found) => (found[0] === '"' ? found : `"${found}"`));
}

/** Whether there is as much in it as a rating takes: a user, an item and a value. */
export const isPlain = (row: Row | null): boolean =>
  row !== null &&
  !Array.isArray(row) &&
  Object.values(row).filter((value) => textOf(value) !== '').length > 2;

/**
 * Takes objects, whose names are those of the columns; or arrays, as rows of delimited text are. The names are those of
 * the first twenty rows together, dotted where an object is in another. Lists are taken for missing; what is no JSON is a
 * rejected row.
 */
export function jsonRows(fileName: string, rows: Collector, options: ReadOptions, isNamed: boolean) {
  const taken = table(fileName, rows, options, '', isNamed);
  /** Rows that wait until there are enough of them to tell the names; null from then on. */
  let waiting: { readonly text: string; readonly line: number }[] | null = [];
  let names: string[] = [];

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

  return {
    ...taken,
    get rowCount() {
      return taken.rowCount;
    },
    /** The text of a row, and the line that it begins in, from 1. */
    take(text: string, at: number) {
      if (!waiting) return put(text, at);
      waiting.push({ text, line: at });
      if (waiting.length === previewRows) begin(waiting);
    },
    finish() {
      if (waiting) begin(waiting);
      return taken.finish();
    },
  };
}
