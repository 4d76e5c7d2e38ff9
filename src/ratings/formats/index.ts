import { delimited } from './delimited';
import type { Format, Head } from './format';
import { gzip } from './gzip';
import { jsonLines } from './json-lines';
import { jsonList } from './json-list';
import { matrixMarket } from './matrix-market';
import { parquet } from './parquet';
import { tar } from './tar';
import { xlsx } from './xlsx';
import { zip } from './zip';

/** All formats, in the order in which they are asked whether a file is theirs. */
const formats: readonly Format[] = [
  parquet,
  gzip,
  xlsx,
  zip,
  tar,
  jsonLines,
  jsonList,
  matrixMarket,
  delimited,
];

/** What a file with this beginning is written in; undefined where nobody knows it. */
export const formatOf = (head: Head): Format | undefined => formats.find((format) => format.recognise(head));

/** Those that are text. */
export const textFormats = formats.filter((format) => format.kind === 'text');

const called = (kind: Format['kind']) =>
  formats.filter((format) => format.kind === kind).map(({ words }) => words);

/** What can be read, in words. */
export const readable = [...called('text'), `in ${called('archive').join(', ')}`, ...called('table')].join(
  '; ',
);
