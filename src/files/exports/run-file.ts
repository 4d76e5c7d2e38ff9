import type { Snapshot } from '../../methods/snapshot';
import type { Manifest } from '../run-file/manifest';
import type { WrittenRun } from '../run-file/write';
import { type Export, unbegun } from './export';

interface Wanted {
  readonly data: Manifest['data'];
  readonly runs: readonly WrittenRun[];
}

interface Part {
  readonly run: number;
  /** Null where the arrays of a frame were let go meanwhile, to make room for newer ones: it cannot be saved. */
  readonly snapshot: Snapshot | null;
}

/** All runs with all their frames, to be opened again. */
export const runFile: Export<null, Wanted, Part> = {
  id: 'run-file',
  group: 'table',
  offers: ({ race, begun }) =>
    race
      ? [
          {
            ...{ label: 'Save runs', note: 'all frames; open the file to go on' },
            ...{ ready: begun || unbegun },
          },
        ]
      : [],
  gather({ race, fileName }) {
    const runs = race?.recorded() ?? [];
    if (!race || runs.length === 0) return null;
    function* parts(): Generator<Part> {
      for (const [run, { snapshots }] of runs.entries())
        for (const snapshot of snapshots)
          yield { run, snapshot: snapshot.userFactors.length > 0 ? snapshot : null };
    }
    return {
      fileName: fileName('run', [], 'zip'),
      wanted: {
        data: race.described,
        runs: runs.map(({ snapshots: _snapshots, colour: _colour, ...run }) => run),
      },
      parts: parts(),
      steps: {
        ...{ what: 'a run file', unit: 'snapshot' },
        of: runs.reduce((sum, { snapshots }) => sum + snapshots.length, 0),
      },
    };
  },
  async make({ data, runs }, { parts }) {
    const file = (await import('../run-file/write')).runFileWriter(data, runs);
    for await (const { run, snapshot } of parts) if (snapshot) file.add(run, snapshot);
    return file.finish();
  },
};
