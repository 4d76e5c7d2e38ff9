import type { TextFormat } from './format';
import { isPlain, jsonRows, rowIn } from './json-rows';
import { longestRow } from './table';

/** JSON in brackets: a list of objects (see `jsonRows`), each over as many lines as it likes. A row is one of them. */
export const jsonList: TextFormat = {
  kind: 'text',
  id: 'json-list',
  words: 'JSON lists',
  recognise: ({ text }) => /^\s*\[\s*\{/.test(text) && isPlain(firstIn(text)),
  reader(_head, fileName, rows, options) {
    const taken = jsonRows(fileName, rows, options, true);
    const elements = elementsOf();
    let count = 0;
    return {
      get rowCount() {
        return taken.rowCount;
      },
      push(piece) {
        for (const element of elements.push(piece)) taken.take(element, ++count);
        if (elements.waiting > longestRow && !taken.refused())
          taken.refuse('line-too-long', { lines: [count + 1] });
        return taken.refused();
      },
      finish() {
        // What began and did not end, as in a download that was cut short.
        if (elements.waiting > 0) taken.reject(count + 1, 'malformed', [elements.rest()]);
        return taken.finish();
      },
    };
  },
};

function firstIn(text: string) {
  const [first] = elementsOf().push(text);
  return first === undefined ? null : rowIn(first);
}

/** Cuts a list that comes in pieces into the texts of the objects in it. */
function elementsOf() {
  let rest = '';
  /** Up to where `rest` was looked at, in how many braces that is, whether in a string, and behind a backslash. */
  let at = 0;
  let depth = 0;
  let isString = false;
  let isEscaped = false;

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
    rest: () => rest,
    push(piece: string): string[] {
      const found: string[] = [];
      rest += piece;
      let from = 0;
      for (; at < rest.length; at++) {
        const wasOutside = depth === 0;
        if (ends(rest[at])) {
          found.push(rest.slice(from, at + 1));
          from = at + 1;
        } else if (wasOutside && depth === 1) from = at;
      }
      // Outside of elements there is nothing to keep.
      rest = depth === 0 ? '' : rest.slice(from);
      at = rest.length;
      return found;
    },
  };
}
