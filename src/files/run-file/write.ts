import { downloadZip } from 'client-zip';
import type { FilmedRun } from '../../draw/film';
import type { Snapshot } from '../../methods/snapshot';
import { columnsOf, listsOf } from './columns';
import { type ArrayName, arrayNames, type Manifest, runFormat, runVersion } from './manifest';
import { npyHeader } from './npy';

/** Shape of an array of a run: a snapshot after the other. */
export function shapeOf(
  name: ArrayName,
  snapshots: number,
  rank: number,
  users: number,
  items: number,
): number[] {
  const rows = name.startsWith('user') ? users : items;
  return name.endsWith('Bias') ? [snapshots, rows] : [snapshots, rows, rank];
}

/** Where an array is in the archive. */
export const pathOf = (folder: string, name: ArrayName) => `${folder}/${name}.npy`;

/** A run without its snapshots, as it is written down. */
export type WrittenRun = Omit<FilmedRun, 'colour' | 'snapshots'>;

/** A snapshot of one of the runs. */
export interface WrittenFrame {
  readonly run: number;
  readonly snapshot: Snapshot;
}

/** Writes a run file: all snapshots of the first run, in their order, then those of the next; what has come leaves the heap. */
export async function writeRunFile(
  data: Manifest['data'],
  runs: readonly WrittenRun[],
  frames: AsyncIterable<WrittenFrame>,
  judged: Manifest['judged'] | null = null,
): Promise<Blob> {
  const written = runs.map((run, i) => {
    const arrays: Record<ArrayName, Blob[]> = {
      userFactors: [],
      itemFactors: [],
      userBias: [],
      itemBias: [],
    };
    return { ...run, folder: `run${i + 1}`, snapshots: [] as Omit<Snapshot, ArrayName>[], arrays };
  });
  for await (const { run, snapshot } of frames) {
    const { userFactors, itemFactors, userBias, itemBias, ...others } = snapshot;
    const { snapshots, arrays } = written[run];
    snapshots.push(others);
    for (const [name, array] of Object.entries({ userFactors, itemFactors, userBias, itemBias }))
      arrays[name as ArrayName].push(new Blob([array as Float32Array<ArrayBuffer>]));
  }
  const manifest: Manifest = {
    ...{ format: runFormat, version: runVersion, software: 'Factorscope', data },
    ...(judged && { judged }),
    runs: written.map(({ name, folder, config, snapshots, moments, marks, changes, found }) => ({
      ...{ name, folder, config, arrays: [...arrayNames] },
      snapshots: { ...columnsOf(snapshots), mean: snapshots.map(({ mean }) => mean) },
      metrics: columnsOf(moments),
      ...(judged && { lists: listsOf(found, judged.part) }),
      marks: marks.map((mark) => ({ ...mark, flops: mark.flops ?? 0 })),
      changes: [...changes],
    })),
  };
  function* entries() {
    const lastModified = new Date();
    yield { name: 'manifest.json', input: `${JSON.stringify(manifest, null, 1)}\n`, lastModified };
    for (const { folder, config, snapshots, arrays } of written)
      for (const name of arrayNames) {
        const shape = shapeOf(name, snapshots.length, config.rank, data.userCount, data.itemCount);
        const input = new Blob([npyHeader(shape), ...arrays[name]]);
        yield { name: pathOf(folder, name), input: input.stream(), size: input.size, lastModified };
      }
  }
  return new Blob([await downloadZip(entries()).blob()], { type: 'application/zip' });
}
