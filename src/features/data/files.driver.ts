import { fileNameOf } from '../../files/file-name';
import { saveBlob } from '../../files/save';
import type { Mapping, Preview } from '../../ratings/columns';
import type { Named } from '../../ratings/formats/format';
import type { Problem } from '../../ratings/problem';
import { type RejectedRow, rejectedTable } from '../../ratings/rejected';
import { failure } from '../../ratings/result';
import type { Recognised } from '../../workers/recognise';
import type { Context } from '../context.driver';
import type { Loading } from './loading.driver';
import type { Brought, Question, Said } from './slice';

/** Who opens what is no ratings file. */
export type Openers = Readonly<
  Record<Extract<Recognised, { chosen: Named }>['kind'], (chosen: Named) => unknown>
>;

const named = (file: File): Named => ({ file, name: file.name });

/** Text that was pasted, as a file. */
export const pastedFile = (text: string) => new File([text], 'pasted ratings', { type: 'text/plain' });

/** The files that a user brings: told apart, read, and read again where something is said of them. */
export function filesBrought(
  { workbench, events, ratings: data }: Pick<Context, 'workbench' | 'events' | 'ratings'>,
  { attempt, load, refuse }: Pick<Loading, 'attempt' | 'load' | 'refuse'>,
  openers: Openers,
) {
  const { getState: get, setState: set } = workbench;
  /** What the ratings on the stage were read from; null where they come from elsewhere. */
  let current: Brought | null = null;
  /** What a question is asked of. */
  let asked: Brought | null = null;

  /** Reads ratings files; where it is not clear which column is which, somebody is asked. */
  function read(
    what: string,
    brought: Brought,
    how: { readonly keepSettings: boolean; readonly titlesOnly?: boolean },
  ) {
    const { files, options } = brought;
    return load(
      what,
      'file',
      async (worker, progress) => {
        const result = await worker.call((api) => api.readFile(files, options, progress));
        if (result.ok && how.titlesOnly && !result.ratings.itemTitles)
          return failure('no-titles-match', { fileName: what });
        if (!result.ok && result.problem.preview) {
          asked = brought;
          const { problem } = result;
          ask(problem.fileName, result.problem.preview, problem);
        }
        return result;
      },
      {
        keepSettings: how.keepSettings,
        accepted() {
          current = brought;
          void events.tell('filesTaken', brought);
        },
      },
    );
  }

  function ask(fileName: string, preview: Preview, problem: Problem | null) {
    const { chosen } = asked?.options ?? {};
    const said = chosen === undefined ? {} : { chosen };
    const { data } = get();
    const others = current && asked !== current && data?.source === 'file' ? data.ratings.name : null;
    set({ question: { fileName, preview, problem, said, others } });
  }

  /** The question is asked anew, of what is shown now; what was asked meanwhile is not touched. */
  async function follow(question: Question, files: readonly Named[]) {
    const { said } = question;
    const preview = await data.ask((api) => api.preview(files, said));
    const { question: now } = get();
    if (preview && now?.said === said) set({ question: { ...now, preview } });
  }

  /** Titles alone go with the ratings that are there. */
  function openTitles(what: string, titles: readonly Named[]) {
    const before = get().data?.source === 'file' ? current : null;
    if (!before) return refuse({ kind: 'refused', problem: { code: 'titles-alone', fileName: what } });
    const { files, options } = before;
    const others = files.filter(({ as }) => as !== 'titles');
    const brought = [...others, ...titles.map((each) => ({ ...each, as: 'titles' as const }))];
    return read(what, { files: brought, options }, { keepSettings: true, titlesOnly: true });
  }

  /** Opens files, whatever they are. */
  async function open(files: readonly File[]) {
    set({ question: null });
    const what = files.length === 1 ? files[0].name : `${files.length} files`;
    const found = await attempt<Recognised>(what, (worker) =>
      worker.call((api) => api.recognise(files.map(named))),
    );
    if (!found) return;
    set({ loading: null });
    if ('chosen' in found) await openers[found.kind](found.chosen);
    else if (found.kind === 'titles') await openTitles(what, files.map(named));
    else await read(what, { files: files.map(named), options: {} }, { keepSettings: false });
  }

  function readAgain(change: (brought: Brought) => Brought = (brought) => brought) {
    if (current) void read(current.files[0].name, change(current), { keepSettings: true });
  }

  const actions = {
    openFiles: (chosen: readonly File[]) => void open(chosen),
    paste: (text: string) => void open([pastedFile(text)]),
    askReadable() {
      const answer = data.ask((api) => api.readable());
      // A worker that is lost meanwhile says nothing: the next one is asked when the menu opens again.
      answer.then((readable) => set({ readable })).catch(() => {});
    },
    answer(mapping: Mapping) {
      const brought = asked;
      const { question } = get();
      set({ question: null, notice: null });
      if (!brought) return;
      const { chosen } = question?.said ?? {};
      const options = { ...brought.options, mapping, ...(chosen === undefined ? {} : { chosen }) };
      const keepSettings = brought === current;
      void read(brought.files[0].name, { ...brought, options }, { keepSettings });
    },
    addPerson(mapping: Mapping) {
      const brought = asked;
      const { question } = get();
      set({ question: null, notice: null });
      if (!brought || !question || !current) return;
      const person = brought.files.find(({ name }) => name === question.fileName) ?? brought.files[0];
      const how = { ...brought.options, ...question.said, mapping };
      const files = [...current.files, { ...person, as: 'person' as const, how }];
      void read(current.files[0].name, { ...current, files }, { keepSettings: true });
    },
    preview(said: Said) {
      const before = get().question;
      if (!before || !asked) return;
      const question = { ...before, said };
      set({ question });
      // A worker that is lost meanwhile shows nothing new: the next wish is asked of another.
      follow(question, asked.files).catch(() => {});
    },
    ask() {
      const { data } = get();
      if (!current || !data?.preview) return;
      asked = current;
      ask(data.ratings.name, data.preview, null);
    },
    dismissQuestion() {
      const problem = get().question?.problem;
      set({ question: null, ...(problem ? { notice: { kind: 'refused', problem } } : {}) });
    },
    keepWithin: (range: readonly [number, number]) =>
      readAgain((brought) => ({ ...brought, options: { ...brought.options, range } })),
    tell(change: Partial<Mapping>) {
      const mapping = get().data?.preview?.mapping;
      if (!mapping) return;
      readAgain((brought) => ({
        ...brought,
        options: { ...brought.options, mapping: { ...mapping, ...change } },
      }));
    },
    addTest: (file: File) =>
      readAgain(({ files, options }) => {
        const others = files.filter(({ as }) => as !== 'test');
        return { files: [...others, { ...named(file), as: 'test' }], options };
      }),
    async saveRejected(name: string, rows: readonly RejectedRow[]) {
      // Only who wants such a file loads what writes it.
      const { csvOf } = await import('../../ratings/csv');
      const csv = new Blob([csvOf(rejectedTable(rows))], { type: 'text/csv' });
      saveBlob(csv, fileNameOf([name, 'rejected'], 'csv'));
    },
  };

  // Once divided, it is no longer known what came as a test set.
  events.on('testSetWanted', () => readAgain());

  return {
    actions,
    open,
    /** What the ratings on the stage were read from; null where they come from elsewhere. */
    current: () => current,
    /** Reads files as they were read before. */
    openAs: (brought: Brought) => void read(brought.files[0].name, brought, { keepSettings: false }),
  };
}
