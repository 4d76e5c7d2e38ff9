import { downloadZip } from 'client-zip';
import type { FilmedRun } from '../../draw/film';
import type { Snapshot } from '../../methods/snapshot';
import { type ArrayName, arrayNames, columnsOf, type Manifest, runFormat, runVersion } from './manifest';
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

/** Writes a run file: all snapshots of the first run, in their order, then those of the next; what was added leaves the heap. */
export function runFileWriter(data: Manifest['data'], runs: readonly WrittenRun[]) {
  const parts = runs.map(() => ({
    snapshots: [] as Snapshot[],
    arrays: { userFactors: [], itemFactors: [], userBias: [], itemBias: [] } as Record<ArrayName, Blob[]>,
  }));

  function manifest(): Manifest {
    return {
      format: runFormat,
      version: runVersion,
      software: 'Factorscope',
      data,
      runs: runs.map(({ name, config, moments, marks, changes }, i) => {
        const { snapshots } = parts[i];
        return {
          ...{ name, folder: folderOf(i), config, arrays: [...arrayNames] },
          snapshots: { ...columnsOf(snapshots), mean: snapshots.map(({ mean }) => mean) },
          ...{
            metrics: columnsOf(moments),
            marks: marks.map((mark) => ({ ...mark, flops: mark.flops ?? 0 })),
            changes: [...changes],
          },
        };
      }),
    };
  }

  function* entries() {
    const lastModified = new Date();
    yield { name: 'manifest.json', input: `${JSON.stringify(manifest(), null, 1)}\n`, lastModified };
    for (const [i, { snapshots, arrays }] of parts.entries()) {
      const { rank } = runs[i].config;
      for (const name of arrayNames) {
        const header = npyHeader(shapeOf(name, snapshots.length, rank, data.userCount, data.itemCount));
        const input = new Blob([header, ...arrays[name]]);
        yield { name: pathOf(folderOf(i), name), input: input.stream(), size: input.size, lastModified };
      }
    }
  }

  return {
    add(run: number, snapshot: Snapshot): void {
      const { snapshots, arrays } = parts[run];
      for (const name of arrayNames)
        arrays[name].push(new Blob([snapshot[name] as Float32Array<ArrayBuffer>]));
      const none = new Float32Array(0);
      snapshots.push({ ...snapshot, userFactors: none, itemFactors: none, userBias: none, itemBias: none });
    },
    async finish(): Promise<Blob> {
      return new Blob([await downloadZip(entries()).blob()], { type: 'application/zip' });
    },
  };
}
export type RunFileWriter = ReturnType<typeof runFileWriter>;

const folderOf = (run: number) => `run${run + 1}`;
