import { expose, transfer } from 'comlink';
import { type Lens, lensOf } from '../draw/lens';
import { byCount, byId, byLeadingFactor, inOrderOfIndex, type Order, type Orders } from '../draw/orders';
import { cellsOf } from '../draw/scene';
import { wholeWindow } from '../draw/window';
import { singularValues } from '../kernels/floor';
import { arraysIn } from '../kernels/simd/space';
import { referencesOf } from '../methods/references';
import { audit, coldOf } from '../ratings/audit';
import type { Named, ReadOptions } from '../ratings/formats/format';
import { readable } from '../ratings/formats/index';
import { inPieces, previewFiles, readFiles } from '../ratings/formats/read-files';
import {
  chooseHeldOut,
  divided as gatherDivided,
  hiddenIn,
  hiddenOf,
  type Split,
  sourceOfSplit,
} from '../ratings/hold-out';
import { letGo } from '../ratings/let-go';
import { heapArrays, type RatingSource, sourceOf } from '../ratings/lines';
import { drawPicture } from '../ratings/pictures/pictures';
import { shopRatings } from '../ratings/pictures/shop';
import type { Read } from '../ratings/problem';
import type { RatingInfo, RatingSet } from '../ratings/rating-set';
import { failure } from '../ratings/result';
import { madeUpRatings, sampleCsv } from '../ratings/sample';
import type { Sliced } from '../ratings/sliced';
import { breather } from './breather';
import { isolated, simdModule } from './kernel-modules';
import { bytesNeeded, type IfRoom, layoutOf, memoryOf, mostBytes, roomInTab } from './layout';
import type { DataApi, Divided, Division, LaidOut, Loaded, ReadProgress } from './protocol';
import { readPicture } from './read-picture';
import { recognise } from './recognise';
import { rowReader } from './row-reader';

const breathe = breather();

/** The newest ratings as they were read; let go when they are divided. */
let pending: RatingSet | null = null;

/** What was divided last, kept where it cannot be shared. */
let divided: Split | null = null;

function splitOr(split: Split | null): Split {
  const known = split ?? divided;
  if (!known) throw new Error('nothing was divided here');
  return known;
}

/** What is laid out goes to the page as it is, not as a copy. */
function laidOut(split: Split, lens: Lens): [cells: LaidOut, buffers: ArrayBuffer[]] {
  const { known, heldOut, mean, sample } = cellsOf(split, lens);
  const { users, items, values, pixels } = sample;
  const arrays = [known, heldOut, mean, users, items, values, pixels];
  return [{ known, heldOut, mean, sample }, arrays.map(({ buffer }) => buffer as ArrayBuffer)];
}

/** Orders go to and fro with every layout: where memory can be shared they are not copied each time. */
function inShared({ users, items }: Orders): Orders {
  if (!isolated) return { users, items };
  const copy = (from: Uint32Array) => {
    const to = new Uint32Array(new SharedArrayBuffer(from.byteLength));
    to.set(from);
    return to;
  };
  const both = ({ order, place }: Order): Order => ({ order: copy(order), place: copy(place) });
  return { users: both(users), items: both(items) };
}

const finish = <T>(work: Sliced<T>) => inPieces(work, breathe);

function keep(ratings: RatingSet): RatingInfo {
  pending = ratings;
  const { users: _users, items: _items, values: _values, times, hidden, ...info } = ratings;
  const clock = times && { origin: times.origin, unit: times.unit };
  return { ...info, clock, ...(hidden && { hiddenCount: hidden.values.length }) };
}

async function read(
  files: readonly Named[],
  options: ReadOptions,
  progress: ReadProgress,
): Promise<Read<Loaded>> {
  const reader = rowReader();
  const result = await readFiles(files, options, progress, breathe, reader.read).finally(reader.dismiss);
  if (!result.ok) return result;
  const { ratings, warnings, preview, account, rejected, rejectedCount } = result;
  return {
    ok: true,
    ratings: keep(ratings),
    warnings,
    preview,
    account,
    rejected: rejectedCount > 0 ? { count: rejectedCount, rows: rejected } : null,
  };
}

/** Puts ratings, divided, into a memory that workers can share, or into arrays that will be copied to them. */
async function divide(
  source: RatingSource,
  { holdOut, rank, methods, frameBytes }: Division,
  hidden: RatingSource | null,
): Promise<IfRoom<Omit<Divided, 'cells'>>> {
  const { userCount, itemCount, timed } = source;
  const chosen = await finish(chooseHeldOut(source, holdOut));
  const shape = {
    ...{ userCount, itemCount, timed },
    trainingCount: chosen.training.count,
    validationCount: chosen.validation.count,
    hiddenCount: hidden?.ratingCount ?? 0,
  };
  const layout = layoutOf(shape, rank, methods);
  const needed = bytesNeeded(shape, rank, methods, frameBytes);
  const noRoom = failure('no-room', { needed, most: roomInTab });
  if (layout.bytes > mostBytes || needed > roomInTab) return noRoom;
  try {
    const memory = isolated && (await simdModule()) ? memoryOf(layout, true) : null;
    const arrays = memory ? arraysIn({ memory, ...layout.ratings }) : heapArrays;
    const split = await finish(gatherDivided(chosen, arrays, hidden));
    divided = memory ? null : split;
    const references = await finish(referencesOf(split));
    return { ok: true, split, references, cold: await finish(coldOf(split)), layout, memory };
  } catch (error) {
    if (error instanceof RangeError) return noRoom;
    throw error;
  }
}

const api: DataApi = {
  ping() {},
  shop: (recipe, name, pixels = drawPicture(recipe)) =>
    keep(shopRatings(pixels, recipe.size, recipe.size, name, recipe)),
  picture: readPicture,
  readable: () => readable,
  recognise,
  readFile: read,
  preview: previewFiles,
  readSample: (seed, name, progress) => read([{ file: new Blob([sampleCsv(seed)]), name }], {}, progress),
  async makeUp(size, seed, name, progress) {
    const work = madeUpRatings(size, seed, name);
    for (;;) {
      const slice = work.next();
      if (slice.done) return keep(slice.value);
      progress(slice.value, slice.value / size.ratingCount);
      await breathe();
    }
  },
  async prepare(how) {
    if (!pending) throw new Error('prepare before anything was read');
    const ratings = pending;
    pending = null;
    const { userCount, itemCount } = ratings;
    const report = await finish(audit(ratings));
    const source = sourceOf(ratings, userCount, itemCount);
    // From here on only which was when is needed, which the source has.
    letGo([ratings.times?.at ?? null]);
    const result = await divide(source, how, hiddenIn(ratings));
    letGo([ratings.users, ratings.items, ratings.values]);
    if (!result.ok) return result;
    await breathe();
    const orders = inShared(
      how.order === 'count'
        ? byCount(result.split)
        : { users: inOrderOfIndex(userCount), items: inOrderOfIndex(itemCount) },
    );
    await breathe();
    const [cells, buffers] = laidOut(result.split, lensOf(orders, wholeWindow(ratings), how.mostBins));
    return transfer({ ...result, audit: report, orders, cells }, buffers);
  },
  async divide(split, how, lens) {
    const result = await divide(sourceOfSplit(split), how, hiddenOf(split));
    if (!result.ok) return result;
    const [cells, buffers] = laidOut(result.split, lens);
    return transfer({ ...result, cells }, buffers);
  },
  cells(split, lens) {
    return transfer(...laidOut(splitOr(split), lens));
  },
  orderById: ({ userIds, itemIds, userCount, itemCount }) =>
    inShared({ users: byId(userIds, userCount), items: byId(itemIds, itemCount) }),
  orderByCount: (split) => inShared(byCount(splitOr(split))),
  orderByFactor: (users, items, rank) => inShared(byLeadingFactor(users, items, rank)),
  singularValues: ({ lineCount, otherCount, value }) => singularValues(value, lineCount, otherCount),
};

expose(api);
