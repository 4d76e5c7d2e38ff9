import { expose } from 'comlink';
import { singularValues } from '../kernels/floor';
import { referencesOf } from '../kernels/references';
import { audit } from '../ratings/audit';
import { holdOut } from '../ratings/hold-out';
import { drawPicture } from '../ratings/pictures/pictures';
import { shopRatings } from '../ratings/pictures/shop';
import { type ReadResult, ratingsReader } from '../ratings/read-ratings';
import { sampleCsv } from '../ratings/sample';
import { sniffBytes } from '../ratings/sniff';
import { breather } from './breather';
import type { DataApi, ReadProgress } from './protocol';
import { readPicture } from './read-picture';

const breathe = breather();

async function readStream(source: Blob, fileName: string, progress: ReadProgress): Promise<ReadResult> {
  const reader = ratingsReader(fileName);
  const odd = sniffBytes(new Uint8Array(await source.slice(0, 64).arrayBuffer()));
  if (odd) return { ok: false, problem: { code: odd, fileName } };
  const decoder = new TextDecoder();
  const bytes = source.stream().getReader();
  let read = 0;
  for (;;) {
    const { done, value } = await bytes.read();
    const problem = reader.push(decoder.decode(value, { stream: !done }));
    if (problem) {
      await bytes.cancel();
      return { ok: false, problem };
    }
    if (done) return reader.finish();
    read += value.byteLength;
    progress(reader.rowCount, read / source.size);
    await breathe();
  }
}

const api: DataApi = {
  ping() {},
  shop: (recipe, name) => shopRatings(drawPicture(recipe), recipe.size, recipe.size, name, recipe),
  picture: readPicture,
  shopOf: (pixels, recipe, name) => shopRatings(pixels, recipe.size, recipe.size, name, recipe),
  readFile: readStream,
  readSample: (seed, name, progress) => readStream(new Blob([sampleCsv(seed)]), name, progress),
  prepare: (ratings, holdOutShare, seed) => {
    const split = holdOut(ratings, holdOutShare, seed);
    return { split, audit: audit(ratings), references: referencesOf(split) };
  },
  singularValues: ({ values, userCount, itemCount }) => singularValues(values, userCount, itemCount),
};

expose(api);
