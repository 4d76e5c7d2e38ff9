import type { Collector } from '../collector';
import type { DataCode, Refused } from '../problem';
import { failure } from '../result';
import type { RatingsReader, ReadOptions } from './format';
import { textFormats } from './index';
import { sniffText } from './sniff';
import { longestRow } from './table';

/** Characters that are read at once; enough of them to tell the format. */
const atOnce = 1 << 16;

/** Lines that are waited for, however long they are. */
const fewestLines = 10;

function hasLines(text: string, count: number): boolean {
  let end = -1;
  for (let line = 0; line < count; line++) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) return false;
  }
  return true;
}

const noBytes = new Uint8Array(0);

/**
 * Reads a text, in whichever format it is, into `rows`.
 *
 * @param name of the text itself: where it was packed, `fileName` is that of the archive
 */
export function textReader(
  fileName: string,
  rows: Collector,
  options: ReadOptions = {},
  name = fileName,
): Required<RatingsReader> {
  let reader: RatingsReader | null = null;
  let refused: Refused | null = null;
  let hasBegun = false;
  let endedInReturn = false;
  /** What was not passed on yet. */
  let text = '';

  const refuse = (code: DataCode): Refused => {
    refused = failure(code, { fileName });
    return refused;
  };

  /** Passes on what there is; at first, to who reads this format. */
  function pass(): Refused | null {
    const head = text;
    text = '';
    if (!reader) {
      const format = textFormats.find((one) => one.recognise({ name, bytes: noBytes, text: head }));
      if (!format) return refuse(sniffText(head) ?? 'binary-file');
      reader = format.reader(head, fileName, rows, options);
    }
    refused = reader.push(head);
    return refused;
  }

  return {
    get rowCount() {
      return reader?.rowCount ?? 0;
    },
    push(piece) {
      if (refused || piece === '') return refused;
      // Line ends become \n; a \r that ends a piece may be half of one.
      let next = endedInReturn ? `\r${piece}` : piece;
      endedInReturn = next.endsWith('\r');
      if (endedInReturn) next = next.slice(0, -1);
      if (!hasBegun && next !== '') {
        hasBegun = true;
        if (next.startsWith('\ufeff')) next = next.slice(1);
      }
      text += next.includes('\r') ? next.replace(/\r\n?/g, '\n') : next;
      if (text.length < atOnce) return null;
      // Long lines are waited for: by a part of the first nobody can tell what the table is.
      return reader || text.length > longestRow || hasLines(text, fewestLines) ? pass() : null;
    },
    plain: () => reader?.plain?.() ?? null,
    takePlain(read) {
      if (reader && text !== '' && !refused) pass();
      return refused || endedInReturn ? 0 : (reader?.takePlain?.(read) ?? 0);
    },
    finish() {
      if (endedInReturn) text += '\n';
      if (!refused && !reader && text.trim() === '') refuse('empty-file');
      if (!refused && (text !== '' || !reader)) pass();
      return refused ?? (reader as RatingsReader).finish();
    },
  };
}
