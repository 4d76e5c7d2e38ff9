import { entryOf, headOf } from '../ratings/formats/entry';
import type { Named } from '../ratings/formats/format';
import { formatOf } from '../ratings/formats/index';
import { type Read, ReadRefusal } from '../ratings/problem';
import { failure } from '../ratings/result';
import { isTitles } from '../ratings/titles';

/** What files that were brought together are; titles are for ratings that are there already. */
export type Recognised =
  | { readonly kind: 'picture' | 'run'; readonly chosen: Named }
  | { readonly kind: 'ratings' | 'titles' };

type Recogniser = (files: readonly Named[]) => Promise<Read<Recognised> | null>;

/** Each says what the files are, or null where they are nothing of its own; they are asked in this order. */
const recognisers: readonly Recogniser[] = [asPicture, asRun, asRatings];

/** Tells what files are that were brought together, or why that is not clear. */
export async function recognise(files: readonly Named[]): Promise<Read<Recognised>> {
  try {
    for (const recogniser of recognisers) {
      const recognised = await recogniser(files);
      if (recognised) return recognised;
    }
  } catch (error) {
    if (!(error instanceof ReadRefusal)) throw error;
    const fileName = files.map(({ name }) => name).join(', ');
    return failure(error.code, error.packing ? { fileName, packing: error.packing } : { fileName });
  }
  throw new Error('no files');
}

/** A picture goes by its name, or by what the browser takes it for: a picture called .csv is a mistake. */
async function asPicture(files: readonly Named[]): Promise<Read<Recognised> | null> {
  const [{ file, name }] = files;
  const isOne = files.length === 1 && file.type.startsWith('image/');
  const isCalledOne = /\.(png|jpe?g|gif|webp|avif|bmp|svg)$/i.test(name);
  return isOne || isCalledOne ? { ok: true, kind: 'picture', chosen: files[0] } : null;
}

/** A saved run is a ZIP, and comes by itself. */
async function asRun(files: readonly Named[]): Promise<Read<Recognised> | null> {
  const { bytes } = await headOf(entryOf(files[0]));
  if (files.length !== 1 || bytes[0] !== 0x50 || bytes[1] !== 0x4b) return null;
  // Only who brings a ZIP loads what looks into it.
  const { isRunFile } = await import('../files/run-file/read');
  return (await isRunFile(files[0].file)) ? { ok: true, kind: 'run', chosen: files[0] } : null;
}

/** Anything else may hold ratings, unless it only says what items are called. */
async function asRatings(files: readonly Named[]): Promise<Read<Recognised>> {
  const titles = await Promise.all(files.map(areTitles));
  return { ok: true, kind: titles.every(Boolean) ? 'titles' : 'ratings' };
}

async function areTitles(named: Named): Promise<boolean> {
  const head = await headOf(entryOf(named));
  const isText = formatOf(head)?.kind === 'text';
  return isTitles(named.name, isText ? head.text.split('\n', 1)[0] : '');
}
