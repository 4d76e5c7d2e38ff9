import { expose } from 'comlink';
import { singularValues } from '../kernels/floor';
import { referencesOf } from '../kernels/references';
import { arraysIn } from '../kernels/simd/space';
import { audit } from '../ratings/audit';
import { heldOutCount, holdOut } from '../ratings/hold-out';
import { heapArrays } from '../ratings/lines';
import { drawPicture } from '../ratings/pictures/pictures';
import { shopRatings } from '../ratings/pictures/shop';
import { type ReadResult, ratingsReader } from '../ratings/read-ratings';
import { sampleCsv } from '../ratings/sample';
import { sniffBytes } from '../ratings/sniff';
import { snapshotBytes } from '../runs/timeline';
import { breather } from './breather';
import { isolated, simdModule } from './kernel-modules';
import { bytesNeeded, layoutOf, memoryOf, mostBytes, roomInTab } from './layout';
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
  async prepare(ratings, holdOutShare, seed, rank) {
    const { userCount, itemCount, ratingCount } = ratings;
    const validationCount = heldOutCount(ratingCount, holdOutShare);
    const shape = { userCount, itemCount, validationCount, trainingCount: ratingCount - validationCount };
    const layout = layoutOf(shape, rank);
    const needed = bytesNeeded(shape, rank, snapshotBytes);
    if (layout.bytes > mostBytes || needed > roomInTab) return { ok: false, needed, most: roomInTab };
    try {
      const memory = isolated && (await simdModule()) ? memoryOf(layout, true) : null;
      const arrays = memory ? arraysIn({ memory, ...layout.ratings }) : heapArrays;
      const split = holdOut(ratings, holdOutShare, seed, arrays);
      return { ok: true, split, audit: audit(ratings), references: referencesOf(split), layout, memory };
    } catch (error) {
      if (error instanceof RangeError) return { ok: false, needed, most: roomInTab };
      throw error;
    }
  },
  singularValues: ({ values, userCount, itemCount }) => singularValues(values, userCount, itemCount),
};

expose(api);
