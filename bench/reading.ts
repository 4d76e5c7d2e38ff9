import Papa from 'papaparse';
import { readFiles } from '../src/ratings/formats/read-files';
import { sampleCsv } from '../src/ratings/sample';
import type { Contender } from './contenders';

/** Characters at once, as a file's stream gives them. */
const piece = 1 << 18;

/** So many rows of text, cut into pieces: plain numbers, or ids in quotes, which are the tokeniser's. */
function piecesOf(rows: number, quoted: boolean): string[] {
  const [header, ...lines] = sampleCsv(1).trimEnd().split('\n');
  const body = `${(quoted ? lines.map((line) => line.replace(/^\d+/, '"$&"')) : lines).join('\n')}\n`;
  const text = `${header}\n${body.repeat(Math.ceil(rows / lines.length))}`;
  return Array.from({ length: Math.ceil(text.length / piece) }, (_, i) =>
    text.slice(i * piece, (i + 1) * piece),
  );
}

/** Reading a file into ratings, by one thread: rows of plain numbers, the same by the tokeniser, and the tokeniser with nothing else. */
export function readers(rows: number): Contender[] {
  const contender = (
    name: string,
    pieces: readonly string[],
    read: (pieces: readonly string[]) => unknown,
  ) => ({
    name,
    async step() {
      const begun = performance.now();
      await read(pieces);
      return performance.now() - begun;
    },
  });
  const ours = async (pieces: readonly string[]) => {
    const file = new Blob([...pieces]);
    const named = [{ name: 'r.csv', file }];
    const read = await readFiles(
      named,
      {},
      () => {},
      () => undefined,
    );
    if (!read.ok) throw new Error('not read');
  };
  const tokenised = (pieces: readonly string[]) => {
    const parser = new Papa.Parser({ delimiter: ',', newline: '\n', quoteChar: '"' });
    let rest = '';
    let count = 0;
    for (const text of pieces) {
      rest += text;
      const { data, meta } = parser.parse(rest, 0, true);
      rest = rest.slice(meta.cursor);
      count += data.length;
    }
    if (count < rows) throw new Error('not tokenised');
  };
  return [
    contender('plain rows', piecesOf(rows, false), ours),
    contender('rows with quotes', piecesOf(rows, true), ours),
    contender('Papa Parse, tokens only', piecesOf(rows, false), tokenised),
  ];
}
