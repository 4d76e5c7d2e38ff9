import type { TextFormat } from './format';
import { isPlain, jsonRows, rowIn } from './json-rows';
import { longestRow } from './table';

/** JSON in brackets: a list of objects (see `jsonRows`), each over as many lines as it likes. A row is one of them. */
export const jsonList: TextFormat = {
  kind: 'text',
  isLines: false,
  id: 'json-list',
  words: 'JSON lists',
  recognise: ({ text }) => /^\s*\[\s*\{/.test(text) && isPlain(firstIn(text)),
  reader(_head, fileName, rows, options) {
    const taken = jsonRows(fileName, rows, options, true);
    const elements = elementsOf();
    return {
      get rowCount() {
        return taken.rowCount;
      },
      push(piece) {
        for (const { text, line } of elements.push(piece)) taken.take(text, line);
        if (elements.waiting > longestRow && !taken.refused())
          taken.refuse('line-too-long', { lines: [elements.line] });
        return taken.refused();
      },
      finish() {
        // What began and did not end, as in a download that was cut short.
        if (elements.waiting > 0) taken.reject(elements.line, 'malformed', [elements.rest()]);
        return taken.finish();
      },
    };
  },
};

function firstIn(text: string) {
  const [first] = elementsOf().push(text);
  return first === undefined ? null : rowIn(first.text);
}

/** Cuts a list that comes in pieces into the texts of the objects in it, each with the line that it begins in, from 1. */
function elementsOf() {
  let rest = '';
  /** Up to where `rest` was looked at, in how many braces that is, whether in a string, and behind a backslash. */
  let at = 0;
  let depth = 0;
  let isString = false;
  let isEscaped = false;
  let line = 1;
  let begun = 1;

  /** Looks at a character; true: an element ends with it. */
  function ends(character: string): boolean {
    if (isString) {
      if (isEscaped) isEscaped = false;
      else if (character === '\\') isEscaped = true;
      else if (character === '"') isString = false;
      return false;
    }
    if (character === '"') isString = depth > 0;
    else if (character === '{') depth++;
    else if (character === '}') return depth > 0 && --depth === 0;
    return false;
  }

  return {
    /** Characters of an element that has begun. */
    get waiting() {
      return depth > 0 ? rest.length : 0;
    },
    /** Where it begins. */
    get line() {
      return begun;
    },
    rest: () => rest,
    push(piece: string) {
      const found: { text: string; line: number }[] = [];
      rest += piece;
      let from = 0;
      for (; at < rest.length; at++) {
        const wasOutside = depth === 0;
        if (rest[at] === '\n') line++;
        if (ends(rest[at])) {
          found.push({ text: rest.slice(from, at + 1), line: begun });
          from = at + 1;
        } else if (wasOutside && depth === 1) {
          from = at;
          begun = line;
        }
      }
      // Outside of elements there is nothing to keep.
      rest = depth === 0 ? '' : rest.slice(from);
      at = rest.length;
      return found;
    },
  };
}
