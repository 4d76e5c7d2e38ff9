import type { Manifest } from '../run-file/manifest';
import type { WrittenFrame, WrittenRun } from '../run-file/write';
import { type Export, unbegun } from './export';
import type { Judged } from './subject';

interface Wanted {
  readonly judged: Judged | null;
  readonly data: Manifest['data'];
  readonly runs: readonly WrittenRun[];
}

/** All runs with all their frames, to be opened again. */
export const runFile: Export<null, Wanted, WrittenFrame> = {
  id: 'run-file',
  offers: ({ race, begun }) =>
    race ? [{ label: 'Save runs', note: 'all frames; open the file to go on', ready: begun || unbegun }] : [],
  gather({ race, fileName }) {
    const runs = race?.recorded() ?? [];
    if (!race || runs.length === 0) return null;
    function* parts(): Generator<WrittenFrame> {
      for (const [run, { snapshots }] of runs.entries())
        for (const snapshot of snapshots) yield { run, snapshot };
    }
    return {
      fileName: fileName('run', [], 'zip'),
      wanted: {
        data: race.described,
        judged: race.judged,
        runs: runs.map(({ snapshots: _snapshots, colour: _colour, ...run }) => run),
      },
      parts: parts(),
      steps: { what: 'a run file', unit: 'snapshot', of: runs.flatMap(({ snapshots }) => snapshots).length },
    };
  },
  async make({ data, runs, judged }, { parts }) {
    return (await import('../run-file/write')).writeRunFile(data, runs, parts, judged);
  },
};
