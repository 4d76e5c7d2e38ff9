import type { FileEntry } from '@zip.js/zip.js';
import type { FilmedRun } from '../../draw/film';
import type { Snapshot } from '../../methods/snapshot';
import { entriesOf, unpacked } from '../../ratings/formats/zip-entries';
import { failure, type Result } from '../../ratings/result';
import { momentsOf } from './columns';
import {
  type ArrayName,
  arrayNames,
  decoded,
  type Manifest,
  type ManifestRun,
  readManifest,
} from './manifest';
import { checkFinite, npyShape } from './npy';
import { Refusal, type RunFileCode } from './refusal';
import { pathOf, shapeOf } from './write';

/** A run out of a file, whole and checked. */
export type OpenedRun = Omit<FilmedRun, 'colour'>;

/** What is in a run file. */
export interface OpenedRuns {
  readonly data: Manifest['data'];
  /** How lists were judged; null where none were. */
  readonly judged: Manifest['judged'] | null;
  readonly runs: readonly OpenedRun[];
}

export type OpenedFile = Result<OpenedRuns, RunFileCode>;

const refuse = (code: RunFileCode) => new Refusal(code);

/** Bytes of a manifest at most: 10,000 snapshots and as many moments of 64 runs are less. */
const longestManifest = 64 << 20;
const mostEntries = 4096;
/** Factors hardly become smaller by packing: whatever unpacks to more than so many times the file is not worth its room. */
const mostFold = 50;
/** Bytes of factors that are always taken. */
const fewBytes = 64 << 20;

/**
 * Opens a run file. Nothing in it is believed before it is checked: arrays are allocated as their bytes come, and no
 * more than the manifest's shapes, which are bounded, have.
 *
 * @param said is told of snapshots that were read, of so many
 */
export async function readRunFile(
  file: Blob,
  said: (done: number, of: number) => void = () => {},
): Promise<OpenedFile> {
  try {
    const { entries, root, manifest } = await contentsOf(file);
    if (bytesOf(manifest) > Math.max(fewBytes, mostFold * file.size)) throw new Refusal('too-large');
    const of = manifest.runs.reduce((sum, { snapshots }) => sum + snapshots.step.length, 0);
    const runs: OpenedRun[] = [];
    let done = 0;
    for (const run of manifest.runs) {
      runs.push(await readRun(entries, root, manifest, run));
      done += run.snapshots.step.length;
      said(done, of);
    }
    return { ok: true, data: manifest.data, judged: manifest.judged ?? null, runs };
  } catch (error) {
    if (error instanceof Refusal) return failure(error.code, {});
    throw error;
  }
}

/** Bytes of the factors that a manifest tells of. */
const bytesOf = ({ data, runs }: Manifest): number =>
  4 *
  (data.userCount + data.itemCount) *
  runs.reduce((sum, { config, snapshots }) => sum + config.rank * snapshots.step.length, 0);

/** Whether `readRunFile` would have this for a run, though perhaps for a bad one. */
export async function isRunFile(file: Blob): Promise<boolean> {
  try {
    await contentsOf(file);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return error.code !== 'not-a-run-file';
    throw error;
  }
}

async function contentsOf(file: Blob) {
  const entries = await filesOf(file);
  const manifestEntry = [...entries.keys()].find((name) => /^([^/]+\/)?manifest\.json$/.test(name));
  if (!manifestEntry) throw new Refusal('not-a-run-file');
  const manifest = readManifest(await textOf(entries.get(manifestEntry) as FileEntry));
  return { entries, manifest, root: manifestEntry.slice(0, -'manifest.json'.length) };
}

async function filesOf(file: Blob): Promise<Map<string, FileEntry>> {
  const magic = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (magic[0] !== 0x50 || magic[1] !== 0x4b) throw new Refusal('not-a-run-file');
  const listed = await entriesOf(file, refuse);
  if (!listed.some(({ filename }) => filename.endsWith('manifest.json'))) throw new Refusal('not-a-run-file');
  if (listed.length > mostEntries) throw new Refusal('too-large');
  const entries = new Map<string, FileEntry>();
  for (const entry of listed) {
    if (entry.directory) continue;
    // Two files of one name: whoever reads the other would see another run.
    if (entries.has(entry.filename)) throw new Refusal('corrupt');
    entries.set(entry.filename, entry);
  }
  return entries;
}

async function readRun(
  entries: ReadonlyMap<string, FileEntry>,
  root: string,
  { data }: Manifest,
  { name, folder, config, snapshots: moments, metrics, lists, marks, changes, arrays: listed }: ManifestRun,
): Promise<OpenedRun> {
  const { userCount, itemCount, trainingCount } = data;
  const count = moments.step.length;
  const arrays = {} as Record<ArrayName, Float32Array<ArrayBuffer>[]>;
  for (const array of arrayNames) {
    const shape = shapeOf(array, count, config.rank, userCount, itemCount);
    const entry = entries.get(root + pathOf(folder, array));
    if (entry) arrays[array] = await readArrays(entry, shape);
    else if (listed?.includes(array)) throw new Refusal('corrupt');
    else if (array.endsWith('Bias')) arrays[array] = moments.step.map(() => new Float32Array(shape[1]));
    else throw new Refusal('bad-shape');
  }
  const { mean, ...columns } = moments;
  const measured = momentsOf(columns, trainingCount);
  const snapshots = measured.map(
    (moment, i): Snapshot => ({
      ...moment,
      ...{ method: config.method, rank: config.rank, userCount, itemCount },
      mean: mean?.[i] ?? 0,
      userFactors: arrays.userFactors[i],
      itemFactors: arrays.itemFactors[i],
      userBias: arrays.userBias[i],
      itemBias: arrays.itemBias[i],
    }),
  );
  const all = metrics ? momentsOf(metrics, trainingCount) : measured;
  const placeOf = new Map(all.map((moment) => [moment.step, moment]));
  const found = lists ? momentsOf(lists, trainingCount) : [];
  return {
    name,
    config,
    snapshots,
    moments: all,
    found: found.map((moment) => ({ ...moment, ...placeOf.get(moment.step), values: moment.values ?? {} })),
    marks,
    changes,
  };
}

/** The stacked arrays of a file, each for itself. */
async function readArrays(entry: FileEntry, shape: readonly number[]): Promise<Float32Array<ArrayBuffer>[]> {
  const [count, ...each] = shape;
  const length = each.reduce((product, one) => product * one, 1);
  const arrays: Float32Array<ArrayBuffer>[] = [];
  /** The header, as far as it has come; null once it was read. */
  let head: Uint8Array | null = new Uint8Array(0);
  /** The array that is being filled, as bytes, and how many of them are there. */
  let bytes = new Uint8Array(0);
  let at = 0;
  for await (const chunk of unpacked(entry, refuse)) {
    let data = chunk;
    if (head) {
      head = new Uint8Array([...head, ...chunk]);
      const found = npyShape(head);
      if (!found) continue;
      if (found.shape.join() !== shape.join()) throw new Refusal('bad-shape');
      data = head.subarray(found.dataAt);
      head = null;
    }
    for (let from = 0; from < data.length; ) {
      if (at === bytes.length) {
        if (arrays.length === count) throw new Refusal('bad-shape');
        const array = new Float32Array(length);
        arrays.push(array);
        bytes = new Uint8Array(array.buffer);
        at = 0;
      }
      const end = Math.min(data.length, from + bytes.length - at);
      bytes.set(data.subarray(from, end), at);
      at += end - from;
      from = end;
      if (at === bytes.length) checkFinite(arrays[arrays.length - 1]);
    }
  }
  if (head) throw new Refusal('corrupt');
  if (arrays.length < count || at < bytes.length) throw new Refusal('truncated');
  return arrays;
}

async function textOf(entry: FileEntry): Promise<string> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const chunk of unpacked(entry, refuse)) {
    length += chunk.length;
    if (length > longestManifest) throw new Refusal('too-large');
    parts.push(chunk.slice());
  }
  return decoded(await new Blob(parts).arrayBuffer());
}
