import { transfer } from 'comlink';
import { byLeadingFactors } from '../draw/leading-order';
import { type Lens, lensOf } from '../draw/lens';
import { byCount, byId, inOrderOfIndex, type Order, type Orders } from '../draw/orders';
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
  dividedByUser,
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
import type { RatingInfo, RatingScale, RatingSet } from '../ratings/rating-set';
import { failure } from '../ratings/result';
import { madeUpRatings, sampleCsv } from '../ratings/sample';
import type { Sliced } from '../ratings/sliced';
import { breather } from './breather';
import { dataHelper } from './data-helper';
import { canShare, simdModule } from './kernel-modules';
import { bytesNeeded, type IfRoom, layoutOf, memoryOf, mostBytes, roomInTab } from './layout';
import type { DataApi, Divided, Division, LaidOut, Loaded, ReadProgress } from './protocol';
import { readPicture } from './read-picture';
import { recognise } from './recognise';
import { serve } from './serve';

const breathe = breather();

/** The newest ratings as they were read; let go when they are divided. */
let pending: RatingSet | null = null;

/** What was divided last, kept where it cannot be shared. */
let newest: Split | null = null;

function splitOr(split: Split | null): Split {
  const known = split ?? newest;
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
  if (!canShare) return { users, items };
  const copy = (from: Uint32Array) => {
    const to = new Uint32Array(new SharedArrayBuffer(from.byteLength));
    to.set(from);
    return to;
  };
  const both = ({ order, place }: Order): Order => ({ order: copy(order), place: copy(place) });
  return { users: both(users), items: both(items) };
}

const finish = <T>(work: Sliced<T>) => inPieces(work, breathe);
const helper = dataHelper(finish);

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
  const result = await readFiles(files, options, progress, breathe, helper.read).finally(helper.dismiss);
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

/**
 * Puts ratings, divided, into a memory that workers can share, or into arrays that will be copied to them. The items'
 * lines are whole once `turned` is.
 *
 * @param gathered called when the source is needed no longer
 * @param stepped called after each of its first two steps: what is held out was chosen, and the ratings are gathered
 */
async function divide(
  source: RatingSource,
  { holdOut, rank, methods, frameBytes }: Division,
  hidden: RatingSource | null,
  scale: RatingScale,
  gathered = () => {},
  stepped = () => {},
): Promise<IfRoom<{ readonly divided: Omit<Divided, 'cells'>; readonly turned: Promise<void> }>> {
  const { userCount, itemCount, timed } = source;
  const chosen = await finish(chooseHeldOut(source, holdOut));
  stepped();
  const shape = {
    ...{ userCount, itemCount, timed },
    trainingCount: chosen.trainingCount,
    validationCount: chosen.validationCount,
    hiddenCount: hidden?.ratingCount ?? 0,
  };
  const layout = layoutOf(shape, rank, methods);
  const needed = bytesNeeded(shape, rank, methods, frameBytes);
  const noRoom = failure('no-room', { needed, most: roomInTab });
  if (layout.bytes > mostBytes || needed > roomInTab) return noRoom;
  try {
    const memory = canShare && (await simdModule()) ? memoryOf(layout, true) : null;
    const arrays = memory ? arraysIn({ memory, ...layout.ratings }) : heapArrays;
    const split = await finish(dividedByUser(chosen, arrays, hidden));
    newest = memory ? null : split;
    gathered();
    stepped();
    const turned = helper.turnOver(split.byUser, split.byItem, memory !== null).finally(helper.dismiss);
    const references = await finish(referencesOf(split, scale));
    const cold = await finish(coldOf(split));
    return { ok: true, divided: { split, references, cold, layout, memory }, turned };
  } catch (error) {
    if (error instanceof RangeError) return noRoom;
    throw error;
  }
}

serve<DataApi>({
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
  async prepare(how, progress) {
    if (!pending) throw new Error('prepare before anything was read');
    const ratings = pending;
    pending = null;
    const { userCount, itemCount, times } = ratings;
    let steps = 0;
    const stepped = () => progress(++steps, 5);
    const sorting = times && helper.places(times.at);
    const report = await finish(audit(ratings));
    const places = await sorting;
    // From here on only which was when is needed.
    letGo([times?.at ?? null]);
    stepped();
    const source = sourceOf(ratings, userCount, itemCount, places);
    const used = () => letGo([ratings.users, ratings.items, ratings.values, places]);
    const result = await divide(source, how, hiddenIn(ratings), ratings.scale, used, stepped);
    if (!result.ok) return result;
    stepped();
    const { divided, turned } = result;
    await breathe();
    const orders = inShared(
      how.order === 'count'
        ? byCount(divided.split)
        : { users: inOrderOfIndex(userCount), items: inOrderOfIndex(itemCount) },
    );
    stepped();
    await breathe();
    const [cells, buffers] = laidOut(divided.split, lensOf(orders, wholeWindow(ratings), how.mostBins));
    await turned;
    return transfer({ ok: true, ...divided, audit: report, orders, cells }, buffers);
  },
  async divide(split, how, scale, lens) {
    const result = await divide(sourceOfSplit(split), how, hiddenOf(split), scale);
    if (!result.ok) return result;
    const { divided, turned } = result;
    const [cells, buffers] = laidOut(divided.split, lens);
    await turned;
    return transfer({ ok: true, ...divided, cells }, buffers);
  },
  cells(split, lens) {
    return transfer(...laidOut(splitOr(split), lens));
  },
  orderById: ({ userIds, itemIds, userCount, itemCount }) =>
    inShared({ users: byId(userIds, userCount), items: byId(itemIds, itemCount) }),
  orderByCount: (split) => inShared(byCount(splitOr(split))),
  orderByFactor: (users, items, rank) => inShared(byLeadingFactors(users, items, rank)),
  singularValues: ({ lineCount, otherCount, value }) => singularValues(value, lineCount, otherCount),
});
