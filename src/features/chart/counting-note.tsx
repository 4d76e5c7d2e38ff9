import type { Counting } from '../../metrics/tally';
import type { LoadedData } from '../../state/loaded-data';
import { countingWords } from './counting-words';

/** How errors are counted, where that is unusual, after what they are told on. */
export function CountingNote({ counting, data }: { readonly counting: Counting; readonly data: LoadedData }) {
  const part = data.validationCount > 0 ? 'validation' : 'hidden';
  return `, ${countingWords(counting, data, part).join(', ')}`;
}
