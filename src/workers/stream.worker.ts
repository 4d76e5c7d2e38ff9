import { expose, transfer } from 'comlink';
import type { Kernels } from '../kernels/kernels';
import { pageKernels } from '../kernels/page-kernels';
import { scratchBytes, simdKernels } from '../kernels/simd/simd-kernels';
import type { MethodId } from '../methods/method';
import type { Snapshot } from '../methods/snapshot';
import type { StreamConfig } from '../methods/stream-config';
import type { Split } from '../ratings/hold-out';
import type { Sliced } from '../ratings/sliced';
import { type Lab, type Moment, openLab } from '../sessions/lab';
import { type Rater, raterOf } from '../sessions/own-rating';
import { labBytes } from '../sessions/room';
import { breather } from './breather';
import { isolated, simdModule } from './kernel-modules';
import { roomInTab } from './layout';
import type { StreamApi, StreamFacts, StreamProgress } from './stream-protocol';

/** A stream has so many measurements, and so many pictures of every method, at least and about. */
const measurements = 2000;
const pictures = 100;

interface Open {
  readonly lab: Lab;
  readonly rater: Rater;
  readonly measureEvery: number;
  readonly pictureEvery: number;
}

let open: Open | null = null;
/** Counts calls of `open`: what belongs to an older one is dropped. */
let ticket = 0;
/** Work on the lab, one after the other. */
let working: Promise<unknown> = Promise.resolve();

/**
 * Bytes that a stream may take: some ten million ratings. Beyond, putting them in order would keep the worker from its
 * mail for longer than it is waited for.
 */
const mostBytes = Math.min(roomInTab / 2, 600 * 2 ** 20);

const breathe = breather();
const now = () => performance.now() / 1000;
const page = 65536;

/** Does work to its end, answering the worker's mail in between; null where another stream took over. */
async function finish<T>(work: Sliced<T>, owner: number): Promise<{ value: T } | null> {
  for (;;) {
    if (owner !== ticket) return null;
    const slice = work.next();
    if (slice.done) return { value: slice.value };
    await breathe();
  }
}

/** After all work that was begun before. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = working.then(work);
  working = done.catch(() => {});
  return done;
}

/** Kernels with a memory of their own, as large as the lab; what is begun anew takes no room of what was. */
async function kernelsFor(bytes: number): Promise<Kernels> {
  const module = await simdModule();
  if (!module) return pageKernels;
  const pages = Math.ceil(bytes / page) + 3;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: isolated });
  return simdKernels(module, { memory, from: page + scratchBytes, to: memory.buffer.byteLength }, page);
}

function factsOf({ lab, measureEvery }: Open, kernels: Kernels): Omit<StreamFacts, 'batchAls'> {
  const { stream, batchCount, validationCount, measuredCount } = lab;
  const { users, items, values } = stream.ratings;
  return {
    ...{ batchCount, validationCount, measuredCount, measureEvery },
    count: stream.count,
    you: stream.you,
    users: stream.users,
    items: stream.items,
    ratings: { users: users.slice(), items: items.slice(), values: Float32Array.from(values) },
    driftsFrom: stream.driftsFrom,
    kernels: kernels === pageKernels ? 'page' : 'simd',
  };
}

const buffersOf = (snapshots: readonly Snapshot[]) =>
  snapshots.flatMap(({ userBias, itemBias, userFactors, itemFactors }) =>
    [userBias, itemBias, userFactors, itemFactors].map(({ buffer }) => buffer as ArrayBuffer),
  );

const picturesOf = ({ lab }: Open, methods: readonly MethodId[]): Snapshot[] =>
  lab.learners
    .filter(({ method, diverged }) => methods.includes(method) && !diverged)
    .map(({ method }) => lab.snapshot(method));

async function opened(split: Split, scale: Lab['around']['scale'], config: StreamConfig, owner: number) {
  const { lineCount: userCount, otherCount: itemCount, value } = split.byUser;
  const bytes = labBytes(
    { userCount, itemCount, ratingCount: value.length, validationCount: split.validationCount },
    config,
  );
  const noRoom = { status: 'no-room', needed: bytes, most: mostBytes } as const;
  if (bytes > noRoom.most) return noRoom;
  try {
    const kernels = await kernelsFor(bytes);
    const lab = await finish(openLab(kernels, split, scale, config, now), owner);
    if (!lab) return { status: 'superseded' } as const;
    const { batchCount } = lab.value;
    const every = (count: number) => Math.max(1, Math.ceil(batchCount / count));
    const being = {
      lab: lab.value,
      rater: raterOf(lab.value, now),
      measureEvery: every(measurements),
      pictureEvery: every(pictures),
    };
    const batchAls = await finish(lab.value.batchAls(), owner);
    if (!batchAls) return { status: 'superseded' } as const;
    return {
      status: 'open',
      being,
      facts: { ...factsOf(being, kernels), batchAls: batchAls.value },
    } as const;
  } catch (error) {
    if (error instanceof RangeError) return noRoom;
    throw error;
  }
}

const api: StreamApi = {
  ping() {},
  open(split, scale, config, shown) {
    const owner = ++ticket;
    open = null;
    return inTurn(async () => {
      if (owner !== ticket) return { status: 'superseded' };
      const result = await opened(split, scale, config, owner);
      if (result.status !== 'open') return result;
      open = result.being;
      const first = await finish(open.lab.measured(), owner);
      if (!first) return { status: 'superseded' };
      const snapshots = picturesOf(open, shown);
      const progress = { batch: 0, moments: [first.value], snapshots };
      return transfer({ status: 'open', facts: result.facts, progress }, buffersOf(snapshots));
    });
  },
  advance({ to, milliseconds, shown }) {
    const owner = ticket;
    return inTurn(async () => {
      if (!open || owner !== ticket) return { status: 'superseded' };
      const { lab, measureEvery, pictureEvery } = open;
      const until = performance.now() + milliseconds;
      const moments: Moment[] = [];
      const snapshots: Snapshot[] = [];
      const last = Math.min(to, lab.batchCount);
      while (lab.batch < last) {
        if (!(await finish(lab.advance(), owner))) return { status: 'superseded' };
        const ends = lab.batch >= last || performance.now() >= until;
        if (ends || lab.batch % measureEvery === 0) {
          const moment = await finish(lab.measured(), owner);
          if (!moment) return { status: 'superseded' };
          moments.push(moment.value);
        }
        const all = lab.batch % pictureEvery === 0 || lab.batch === lab.batchCount;
        snapshots.push(...picturesOf(open, all ? lab.around.config.methods : ends ? shown : []));
        if (ends) break;
      }
      const progress: StreamProgress = { batch: lab.batch, moments, snapshots };
      return transfer(progress, buffersOf(snapshots));
    });
  },
  look(shown) {
    return inTurn(async () => {
      const snapshots = open ? picturesOf(open, shown) : [];
      return transfer(snapshots, buffersOf(snapshots));
    });
  },
  rate(rating) {
    const owner = ticket;
    return inTurn(async () => {
      if (!open) return { status: 'superseded' };
      const rated = await finish(open.rater.rate(rating), owner);
      if (!rated || !open) return { status: 'superseded' };
      if (!rated.value) return { status: 'no-learner' };
      const { undoable } = open.rater;
      return { status: 'rated', rating: rated.value, snapshot: open.lab.snapshot('sgd'), undoable };
    });
  },
  undo() {
    return inTurn(async () => {
      if (!open?.rater.undo()) return null;
      return { snapshot: open.lab.snapshot('sgd'), undoable: open.rater.undoable };
    });
  },
};

expose(api);
