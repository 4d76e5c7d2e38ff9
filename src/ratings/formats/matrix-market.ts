import { delimited } from './delimited';
import type { TextFormat } from './format';

const mark = '%%MatrixMarket matrix coordinate';

/** Matrix Market's coordinates, as scipy.io.mmwrite has them: behind comments and a line of sizes, row, column and value. */
export const matrixMarket: TextFormat = {
  kind: 'text',
  isLines: true,
  id: 'matrix-market',
  words: 'Matrix Market',
  recognise: ({ text }) => text.startsWith(mark),
  reader(head, fileName, rows, options) {
    const lines = head.split('\n');
    const sizes = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('%'));
    const columns = { user: 0, item: 1, rating: 2, time: -1, header: false };
    const known = { ...columns, delimiter: ' ', above: sizes + 1, shape: 'rows' };
    return delimited.reader(head, fileName, rows, { known, ...options });
  },
};
