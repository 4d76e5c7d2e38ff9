import { sampleSizes } from '../../ratings/sample';
import { countIn, type LinkReader, type Put } from './reader';

export type SampleSize = keyof typeof sampleSizes;

/** What a link says of the data: how to make them, or which file of the user's own they are. */
export type LinkedData =
  | { readonly kind: 'picture' }
  | { readonly kind: 'sample'; readonly size: SampleSize }
  | ({ readonly kind: 'file' } & LinkedFile);

/** A file by what can be checked of it. */
export interface LinkedFile {
  readonly name: string;
  readonly userCount: number;
  readonly itemCount: number;
  readonly ratingCount: number;
  readonly checksum: string;
}

const counts = ['userCount', 'itemCount', 'ratingCount'] as const;
const longestName = 200;

export function writeData(data: LinkedData, put: Put): void {
  put('data', data.kind === 'sample' ? `sample-${data.size}` : data.kind);
  if (data.kind !== 'file') return;
  put('file', data.name.slice(0, longestName));
  for (const key of [...counts, 'checksum'] as const) put(key, String(data[key]));
}

/** The data of a link; a picture where it says none, or none that can be made or dropped here, such as an address. */
export function readData(link: LinkReader): LinkedData {
  return link.take('data', (said) => dataIn(said, link)) ?? { kind: 'picture' };
}

function dataIn(said: string, link: LinkReader): LinkedData | undefined {
  if (said === 'picture') return { kind: 'picture' };
  if (said === 'file') return fileIn(link);
  const size = (Object.keys(sampleSizes) as SampleSize[]).find((one) => said === `sample-${one}`);
  return size && { kind: 'sample', size };
}

/** A file needs all of its counts and its checksum: described by half, it could be another. */
function fileIn(link: LinkReader): LinkedData | undefined {
  const [userCount, itemCount, ratingCount] = counts.map((key) => countIn(link.said(key) ?? '', 10));
  const checksum = link.said('checksum') ?? '';
  if (userCount === undefined || itemCount === undefined || ratingCount === undefined) return undefined;
  if (!/^[\da-f]{16}$/.test(checksum)) return undefined;
  const name = (link.said('file') ?? '').slice(0, longestName);
  return { kind: 'file', name, userCount, itemCount, ratingCount, checksum };
}

/** Whether a data set is the one that a link was made from. */
export function isLinkedFile(file: LinkedFile, found: Omit<LinkedFile, 'name'>): boolean {
  return ([...counts, 'checksum'] as const).every((key) => file[key] === found[key]);
}
