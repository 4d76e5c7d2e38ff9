import type { Moment } from '../../metrics/moment';
import { type Columns, momentsOf } from '../run-file/columns';
import { type ArrayName, arrayNames, decoded } from '../run-file/manifest';
import { checkFinite, npyShape } from '../run-file/npy';
import { Refusal } from '../run-file/refusal';
import {
  type FolderManifest,
  type FolderMoment,
  type RowName,
  readFolderManifest,
  readMoment,
  readName,
} from './manifest';

/** A run folder, however it is reached. */
export interface Folder {
  /** A file's bytes from one on, and how many it has in all; null where there is no such file. */
  read(
    name: string,
    from?: number,
  ): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly size: number } | null>;
}

/** Factors as they are in a folder: of as many users and items as there were then. Whoever gets it owns the arrays. */
export interface FolderFrame extends Readonly<Record<ArrayName, Float32Array<ArrayBuffer>>> {
  readonly moment: Moment;
  readonly mean: number;
}

/** What of a run is new. */
interface RunNews {
  /** Ascending by step; also those that come with a frame. */
  readonly moments: readonly Moment[];
  /** Ascending by step. Where more had come than fit into memory, some in between are left out, evenly. */
  readonly frames: readonly FolderFrame[];
  /** Messages from an inbox, and the step that has learnt what they brought. */
  readonly messages: readonly { readonly message: string; readonly step: number }[];
}

/** What is new in a folder. */
export interface FolderNews {
  readonly manifest: FolderManifest;
  /** Names of the next rows, after those that were told before. */
  readonly users: readonly RowName[];
  readonly items: readonly RowName[];
  /** Of every run of the manifest, in its order. */
  readonly runs: readonly RunNews[];
  /** All that was told before is of another beginning of this folder, and not there any more. */
  readonly isBegunAnew: boolean;
  /** More is there already. */
  readonly isMore: boolean;
}

/** Bytes of frames that are read at once: what comes first is shown while the rest is read. */
const bytesAtOnce = 16 << 20;
/** Bytes of a table's new lines at most. */
const longestTable = 64 << 20;

/**
 * Reads a run folder that is being written: at every look what is new since the last one. Nothing in it is believed
 * before it is checked; a Refusal names the first thing that is not right.
 *
 * @param room bytes that the frames of one run may take
 */
export function folderReader(folder: Folder, room: number) {
  let known = beginning();
  let isBegunAnew = false;

  /** What is new; null where there is no run folder, or none any more. */
  async function look(): Promise<FolderNews | null> {
    const told = await folder.read('manifest.json');
    if (!told) return gone();
    const manifest = readFolderManifest(decoded(told.bytes));
    try {
      const [users, items] = await Promise.all([known.users.next(folder), known.items.next(folder)]);
      const runs: RunNews[] = [];
      for (const [i, run] of manifest.runs.entries()) {
        known.runs[i] ??= runReader(run.folder);
        runs.push(await known.runs[i].look(folder, manifest, run.config.rank, room));
      }
      const isMore = known.runs.some((run) => run.isMore());
      const news = { manifest, users, items, runs, isBegunAnew, isMore };
      isBegunAnew = false;
      return news;
    } catch (error) {
      if (error === shrunk) return gone() ?? look();
      // What is taken away while it is read is not damaged.
      if (error instanceof Refusal && !(await folder.read('manifest.json'))) return gone();
      throw error;
    }
  }

  /** The newest frame of a run, by its place in the manifest, of those whose steps are wanted; null where there is none. */
  async function frame(run: number, isWanted: (step: number) => boolean): Promise<FolderFrame | null> {
    return (await known.runs[run]?.frame(folder, isWanted)) ?? null;
  }

  function gone() {
    isBegunAnew ||= known.runs.length > 0;
    known = beginning();
    return null;
  }

  return { look, frame };
}

const beginning = () => ({
  users: tableReader('users.ndjson', readName),
  items: tableReader('items.ndjson', readName),
  runs: [] as ReturnType<typeof runReader>[],
});

/** A table has fewer bytes than it had: somebody began it anew. */
const shrunk = new Error('begun anew');

/** Reads a table that grows, a line of JSON a row. A line that does not end yet is read once it does. */
function tableReader<Row>(name: string, read: (line: string) => Row) {
  let at = 0;
  return {
    async next(folder: Folder): Promise<Row[]> {
      const found = await folder.read(name, at);
      if (!found && at === 0) return [];
      if (!found || found.size < at) throw shrunk;
      if (found.bytes.length > longestTable) throw new Refusal('too-large');
      const end = found.bytes.lastIndexOf(0x0a) + 1;
      at += end;
      const lines = decoded(found.bytes.subarray(0, end)).split('\n');
      return lines.filter((line) => line.trim() !== '').map(read);
    },
  };
}

/** Reads what is new of one run. */
function runReader(path: string) {
  const table = tableReader(`${path}/columns.ndjson`, readMoment);
  let step = Number.NEGATIVE_INFINITY;
  /** Frames that lines have named; and those of them that were not read yet. */
  const named: FolderMoment[] = [];
  let waiting: FolderMoment[] = [];
  /** What the frames are of, as the manifest said last. */
  let about: { readonly data: FolderManifest['data']; readonly rank: number } | null = null;
  /** Rows of the newest frame, which the next one has at least. */
  let rows = { user: 0, item: 0 };

  /** Where more waits than there is room for, every second frame is left out, but the newest. */
  function thin(bytesOfFrame: number, room: number) {
    while (waiting.length > 2 && waiting.length * bytesOfFrame > room)
      waiting = waiting
        .toReversed()
        .filter((_, i) => i % 2 === 0)
        .toReversed();
  }

  return {
    isMore: () => waiting.length > 0,
    async frame(folder: Folder, isWanted: (step: number) => boolean): Promise<FolderFrame | null> {
      const line = named.findLast(({ step }) => isWanted(step));
      return line && about ? readFrame(folder, path, line, about, { user: 0, item: 0 }) : null;
    },
    async look(folder: Folder, { data }: FolderManifest, rank: number, room: number): Promise<RunNews> {
      const lines = await table.next(folder);
      for (const line of lines) {
        if (line.step <= step) throw new Refusal('bad-value');
        step = line.step;
      }
      about = { data, rank };
      const withFrames = lines.filter(({ frame }) => frame !== undefined);
      named.push(...withFrames);
      waiting.push(...withFrames);
      const bytesOfFrame = 4 * (data.userCount + data.itemCount) * (rank + 1);
      if (bytesOfFrame > room) throw new Refusal('too-large');
      thin(bytesOfFrame, room);
      const frames: FolderFrame[] = [];
      for (let bytes = 0; waiting.length > 0 && bytes < bytesAtOnce; bytes += bytesOfFrame) {
        const [line] = waiting;
        const frame = await readFrame(folder, path, line, about, rows);
        rows = { user: frame.userBias.length, item: frame.itemBias.length };
        frames.push(frame);
        waiting.shift();
      }
      const messages = lines.flatMap(({ step, messages = [] }) =>
        messages.map((message) => ({ message, step })),
      );
      return { moments: lines.map((line) => momentOf(line, data.trainingCount)), frames, messages };
    },
  };
}

/** Arrays of one frame; without biases where the folder has none of it. */
async function readFrame(
  folder: Folder,
  path: string,
  line: FolderMoment,
  { data, rank }: { readonly data: FolderManifest['data']; readonly rank: number },
  least: Readonly<Record<'user' | 'item', number>>,
): Promise<FolderFrame> {
  const { trainingCount } = data;
  const number = String(line.frame).padStart(6, '0');
  const arrays = {} as Record<ArrayName, Float32Array<ArrayBuffer>>;
  for (const name of arrayNames) {
    const found = await folder.read(`${path}/${number}.${name}.npy`);
    const side = name.startsWith('user') ? 'user' : 'item';
    const isBias = name.endsWith('Bias');
    if (!found && !isBias) throw new Refusal('corrupt');
    const factors = arrays[`${side}Factors`];
    arrays[name] = found
      ? arrayOf(found.bytes, isBias ? [] : [rank])
      : new Float32Array(factors.length / rank);
    const count = arrays[name].length / (isBias ? 1 : rank);
    if (count > data[`${side}Count`] || count < least[side]) throw new Refusal('bad-shape');
    if (isBias && count !== factors.length / rank) throw new Refusal('bad-shape');
  }
  return { ...arrays, moment: momentOf(line, trainingCount), mean: line.mean ?? 0 };
}

/** The numbers of an NPY file whose rows have this shape. */
function arrayOf(bytes: Uint8Array<ArrayBuffer>, shapeOfRow: readonly number[]): Float32Array<ArrayBuffer> {
  const head = npyShape(bytes);
  if (!head) throw new Refusal('truncated');
  const [count, ...row] = head.shape;
  if (!Number.isSafeInteger(count) || row.join() !== shapeOfRow.join()) throw new Refusal('bad-shape');
  const length = count * shapeOfRow.reduce((product, one) => product * one, 1);
  if (bytes.length - head.dataAt < 4 * length) throw new Refusal('truncated');
  if (bytes.length - head.dataAt > 4 * length) throw new Refusal('bad-shape');
  const values = new Float32Array(bytes.slice(head.dataAt).buffer);
  checkFinite(values);
  return values;
}

/** A line as a moment; what it does not say is counted, or 0. */
function momentOf(
  { mean: _, frame: __, messages: ___, ...told }: FolderMoment,
  trainingCount: number,
): Moment {
  const columns = Object.fromEntries(Object.entries(told).map(([name, value]) => [name, [value ?? null]]));
  return momentsOf(columns as unknown as Columns, trainingCount)[0];
}
