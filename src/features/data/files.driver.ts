import { proxy } from 'comlink';
import { exportFileName } from '../../files/file-name';
import { saveBlob } from '../../files/save';
import type { Mapping } from '../../ratings/columns';
import type { ReadOptions } from '../../ratings/formats/format';
import type { Bundle } from '../../ratings/formats/read-files';
import type { Refused } from '../../ratings/problem';
import type { Source, Workbench } from '../../state/workbench';
import type { DataApi, LoadResult } from '../../workers/protocol';
import type { WorkerHandle } from '../../workers/worker-handle';

/** Loads with the data worker, and tells whether it was taken; `accepted` is called once the ratings have taken the place of the old. */
export type Load = (
  what: string,
  source: Source,
  read: (worker: WorkerHandle<DataApi>) => Promise<LoadResult>,
  more?: { readonly keepSettings?: boolean | (() => boolean); readonly accepted?: () => void },
) => Promise<boolean>;

interface Brought {
  readonly bundle: Bundle;
  readonly options: ReadOptions;
  /** What was brought to ratings that were there already. */
  readonly only?: 'titles';
}

const named = (file: File) => ({ file, name: file.name });

/** The files that a user brings: told apart, read, and read again where something is said of them. */
export function filesBrought({ getState: get, setState: set }: Workbench, load: Load) {
  /** What the ratings on the stage were read from; null where they come from elsewhere. */
  let current: Brought | null = null;
  /** What a question is asked of. */
  let asked: Brought | null = null;
  /** Rows that were not taken. */
  let rejected: Blob | null = null;

  const progress = proxy((rows: number, share: number) => {
    const { loading } = get();
    if (loading && loading.needed === undefined) set({ loading: { ...loading, rows, share } });
  });

  /** Reads files, once it is known which; where they are not clear, somebody is asked. */
  function read(
    what: string,
    which: Brought | ((worker: WorkerHandle<DataApi>) => Promise<Brought | Refused>),
    keepSettings: boolean,
  ) {
    let brought: Brought | null = null;
    let csv: Blob | null = null;
    return load(
      what,
      'file',
      async (worker) => {
        const found = typeof which === 'function' ? await which(worker) : which;
        if ('problem' in found) return found;
        brought = found;
        const { bundle, options } = found;
        const result = await worker.call((api) => api.readFile(bundle, options, progress));
        if (result.ok && found.only === 'titles' && !result.ratings.itemTitles)
          return { ok: false, problem: { code: 'no-titles-match', fileName: what } };
        if (result.ok) csv = result.rejected?.csv ?? null;
        else if (result.preview) {
          asked = found;
          const { preview, problem } = result;
          set({ question: { fileName: bundle.ratings.name, preview, problem } });
        }
        return result;
      },
      {
        keepSettings: () => keepSettings || brought?.only === 'titles',
        accepted: () => {
          current = brought;
          rejected = csv;
        },
      },
    );
  }

  function readAgain(change: (brought: Brought) => Brought = (brought) => brought) {
    if (current) void read(current.bundle.ratings.name, change(current), true);
  }

  const actions = {
    /** Says which column is which, of the file that was asked about. */
    answer(mapping: Mapping) {
      const brought = asked;
      set({ question: null, notice: null });
      if (!brought) return;
      const options = { ...brought.options, mapping };
      void read(brought.bundle.ratings.name, { ...brought, options }, brought === current);
    },
    /** Asks about the ratings that are there. */
    ask() {
      const { data } = get();
      if (!current || !data?.preview) return;
      asked = current;
      set({ question: { fileName: data.ratings.name, preview: data.preview, problem: null } });
    },
    /** Leaves a file that nobody could say the columns of. */
    dismissQuestion() {
      const problem = get().question?.problem;
      set({ question: null, ...(problem ? { notice: { kind: 'refused', problem } } : {}) });
    },
    keepWithin: (range: readonly [number, number]) =>
      readAgain((brought) => ({ ...brought, options: { ...brought.options, range } })),
    addTest: (file: File) =>
      readAgain((brought) => ({ ...brought, bundle: { ...brought.bundle, test: named(file) } })),
    saveRejected() {
      const { data } = get();
      if (data && rejected) saveBlob(rejected, exportFileName(data.ratings.name, 'rejected', [], 'csv'));
    },
  };

  return {
    progress,
    actions,
    /** One ratings file or several that belong together; titles alone go with the ratings that are there. */
    open(files: readonly File[]) {
      set({ question: null });
      const before = get().data?.source === 'file' ? current : null;
      return read(
        files.length === 1 ? files[0].name : `${files.length} files`,
        async (worker) => {
          const fileName = files.map(({ name }) => name).join(', ');
          const sorted = await worker.call((api) => api.sort(files.map(named)));
          if (typeof sorted === 'string') return { ok: false, problem: { code: sorted, fileName } };
          const { ratings, test, titles } = sorted;
          if (ratings) return { bundle: { ratings, test, titles }, options: {} };
          if (titles && before) return { ...before, bundle: { ...before.bundle, titles }, only: 'titles' };
          return { ok: false, problem: { code: 'titles-alone', fileName } };
        },
        false,
      );
    },
    /** Reads what is there again: once divided, it is no longer known what came as a test set. */
    again: () => readAgain(),
  };
}

/** Text that was pasted, as a file. */
export const pastedFile = (text: string) => new File([text], 'pasted ratings', { type: 'text/plain' });

/** What is being loaded, from now on. */
export const startOf = (what: string) => ({ what, share: null, rows: 0, since: performance.now() });
