import { describe, expect, test, vi } from 'vitest';
import { saveBlob } from '../../files/save';
import { failure } from '../../ratings/result';
import { allQuiet, notCloneable } from '../../workers/fixtures/fake-worker';
import type { Loaded } from '../../workers/protocol';
import { pastedFile } from './files.driver';
import { dataBench, fileOf, infoOf, loadedOf, preparedOf } from './fixtures/data-bench';

vi.mock('../../files/save', () => ({ saveBlob: vi.fn() }));

type Bench = ReturnType<typeof dataBench>;
const named = (name: string) => ({ name, file: fileOf(name) });
const mapping = { user: 0, item: 1, rating: 2, time: -1, header: true, delimiter: ',' };
const preview = { rows: [['a', 'b', 'c']], mapping };
const timed = { clock: { origin: 0, unit: 1 } };

/** What files are is answered. */
async function recognised({ newest }: Bench, kind: 'ratings' | 'titles' = 'ratings') {
  (await newest().asked('recognise')).answer({ ok: true, kind });
}
const namesOf = (files: readonly { name: string }[]) => files.map(({ name }) => name);

/** The reader answers, and what it read is prepared; answers what it was asked to read, and how. */
async function read({ newest }: Bench, answer: Partial<Loaded> & { ratings: Loaded['ratings'] }) {
  const call = await newest().asked('readFile');
  call.answer({ ok: true, warnings: [], ...answer });
  (await newest().asked('prepare')).answer(preparedOf());
  await allQuiet();
  return call.args;
}

/** Ratings from a file are on the stage. */
async function benchWithFile(name = 'mine.csv', answer: Partial<Loaded> = {}) {
  const bench = dataBench();
  const opened = bench.files.open([fileOf(name)]);
  await recognised(bench);
  await read(bench, { ratings: infoOf(name, timed), preview, ...answer });
  await opened;
  bench.told.length = 0;
  return bench;
}

describe('files are opened by whoever opens such a thing', () => {
  test.each(['picture', 'run'] as const)('a %s', async (kind) => {
    const bench = dataBench();
    const { files, newest, opened, get } = bench;
    const opening = files.open([fileOf('this')]);
    expect(get().loading?.what).toBe('this');
    const chosen = named('this');
    (await newest().asked('recognise')).answer({ ok: true, kind, chosen });
    await opening;
    expect(opened).toEqual([{ kind, chosen }]);
    // It is not being loaded any more, so that the worker need not be sent away for what comes.
    expect(get()).toMatchObject({ loading: null, notice: null });
  });

  test('ratings, with what comes with them', async () => {
    const bench = dataBench();
    const opening = bench.files.open(['r.csv', 'test.csv', 'movies.csv'].map(fileOf));
    expect(bench.get().loading?.what).toBe('3 files');
    await recognised(bench);
    const [files, options] = await read(bench, { ratings: infoOf('r.csv') });
    await opening;
    expect(namesOf(files)).toEqual(['r.csv', 'test.csv', 'movies.csv']);
    expect(options).toEqual({});
    expect(bench.get()).toMatchObject({
      data: { source: 'file', ratings: { name: 'r.csv' } },
      loading: null,
    });
  });

  test('text that was pasted is a file like any other', async () => {
    const bench = await benchWithFile();
    const opening = bench.files.open([pastedFile('1,2,3\n')]);
    const { args, answer } = await bench.newest().asked('recognise');
    expect(await args[0][0].file.text()).toBe('1,2,3\n');
    answer({ ok: true, kind: 'ratings' });
    (await bench.newest().asked('readFile')).answer(failure('no-ratings', { fileName: args[0][0].name }));
    await opening;
    expect(bench.get().notice).toMatchObject({ problem: { fileName: 'pasted ratings' } });
  });
});

describe('where it is not clear what they are', () => {
  test('that is said, and what was there stays', async () => {
    const bench = await benchWithFile();
    const opening = bench.files.open(['a', 'b'].map(fileOf));
    await recognised(bench);
    const problem = { code: 'no-ratings-among-files', fileName: 'a, b' } as const;
    (await bench.newest().asked('readFile')).answer({ ok: false, problem });
    await opening;
    expect(bench.get()).toMatchObject({ notice: { kind: 'refused', problem }, data: { source: 'file' } });
  });

  test('a worker that dies over them is replaced', async () => {
    const bench = await benchWithFile();
    const opening = bench.files.open([fileOf('odd.csv')]);
    await bench.newest().asked('recognise');
    bench.newest().die();
    await opening;
    expect(bench.get()).toMatchObject({ notice: { kind: 'data-lost', what: 'odd.csv' }, loading: null });
    const next = bench.files.open([fileOf('next.csv')]);
    await recognised(bench);
    await read(bench, { ratings: infoOf('next.csv') });
    await next;
    expect(bench.get().data?.ratings.name).toBe('next.csv');
  });

  test('files that cannot be sent to it are a mistake of ours', async () => {
    const bench = await benchWithFile();
    const opening = bench.files.open([fileOf('odd.csv')]);
    (await bench.newest().asked('recognise')).fail(notCloneable());
    await expect(opening).rejects.toHaveProperty('name', 'DataCloneError');
    expect(bench.get()).toMatchObject({ notice: { kind: 'data-lost' }, loading: null });
  });

  test('files that were opened before others are not opened late', async () => {
    const bench = dataBench();
    const first = bench.files.open([fileOf('slow.png')]);
    const late = await bench.newest().asked('recognise');
    const second = bench.files.open([fileOf('mine.csv')]);
    late.answer({ ok: true, kind: 'picture', chosen: named('slow.png') });
    await first;
    expect(bench.opened).toEqual([]);
    await recognised(bench);
    await read(bench, { ratings: infoOf('mine.csv') });
    await second;
    expect(bench.get().data?.ratings.name).toBe('mine.csv');
  });
});

describe('titles alone', () => {
  test('go with the ratings that are there, and change nothing else', async () => {
    const bench = await benchWithFile('mine.csv');
    bench.workbench.setState({ settings: { ...bench.get().settings, rank: 5 } });
    const opening = bench.files.open([fileOf('movies.csv')]);
    await recognised(bench, 'titles');
    const [files] = await read(bench, { ratings: infoOf('mine.csv', { ...timed, itemTitles: [null] }) });
    await opening;
    expect(namesOf(files)).toEqual(['mine.csv', 'movies.csv']);
    expect(bench.get()).toMatchObject({ settings: { rank: 5 }, notice: null });
  });

  test('are refused where none of them is of these ratings', async () => {
    const bench = await benchWithFile();
    const opening = bench.files.open([fileOf('movies.csv')]);
    await recognised(bench, 'titles');
    (await bench.newest().asked('readFile')).answer(loadedOf('mine.csv'));
    await opening;
    expect(bench.get().notice).toMatchObject({
      problem: { code: 'no-titles-match', fileName: 'movies.csv' },
    });
    // The ratings that are there are still those without titles.
    bench.files.actions.keepWithin([1, 4]);
    const { args } = await bench.newest().asked('readFile');
    expect(namesOf(args[0])).toEqual(['mine.csv']);
  });

  test.each(['picture', 'sample'] as const)('are refused beside a %s', async (source) => {
    const bench = await benchWithFile();
    await bench.bring('other', source);
    const opening = bench.files.open([fileOf('movies.csv')]);
    await recognised(bench, 'titles');
    await opening;
    expect(bench.get()).toMatchObject({
      notice: { problem: { code: 'titles-alone', fileName: 'movies.csv' } },
      ...{ loading: null, data: { source } },
    });
  });
});

describe('which column is which', () => {
  const unclear = failure('missing-column', { fileName: 'odd.csv', preview });

  async function benchAsked() {
    const bench = await benchWithFile();
    const opening = bench.files.open([fileOf('odd.csv')]);
    await recognised(bench);
    (await bench.newest().asked('readFile')).answer(unclear);
    await opening;
    return bench;
  }

  test('is asked where a file does not say, and answered, it is read so', async () => {
    const bench = await benchAsked();
    expect(bench.get()).toMatchObject({
      question: { fileName: 'odd.csv', preview, problem: { code: 'missing-column' } },
      ...{ notice: null, loading: null, data: { ratings: { name: 'mine.csv' } } },
    });
    bench.files.actions.answer({ ...mapping, user: 2 });
    expect(bench.get().question).toBeNull();
    const [files, options] = await read(bench, { ratings: infoOf('odd.csv') });
    expect([namesOf(files), options]).toEqual([['odd.csv'], { mapping: { ...mapping, user: 2 } }]);
    expect(bench.get().data?.ratings.name).toBe('odd.csv');
  });

  test('of one person’s ratings can be answered by adding them to those that are there', async () => {
    const bench = await benchAsked();
    expect(bench.get().question?.others).toBe('mine.csv');
    bench.files.actions.addPerson({ ...mapping, shape: 'person' });
    const added = infoOf('mine.csv', { userCount: 4 });
    const [files, options] = await read(bench, { ratings: added });
    expect(files).toMatchObject([
      { name: 'mine.csv' },
      { name: 'odd.csv', as: 'person', how: { mapping: { shape: 'person' } } },
    ]);
    expect(options).toEqual({});
    expect(bench.get().data?.ratings.userCount).toBe(4);
    // Whoever asks about what is there now does not add it to itself.
    bench.files.actions.ask();
    expect(bench.get().question?.others ?? null).toBe(null);
  });

  test('is shown anew as soon as it is said how the file is written, or which of several it is; the newest wish counts', async () => {
    const bench = await benchAsked();
    const { actions } = bench.files;
    const shown = (delimiter: string) => ({ rows: [[delimiter]], mapping: { ...mapping, delimiter } });
    actions.preview({ known: { delimiter: ';' } });
    const late = await bench.newest().asked('preview');
    actions.preview({ chosen: 'b.csv', known: { delimiter: '|' } });
    const next = await bench.newest().asked('preview');
    expect(next.args).toMatchObject([[{ name: 'odd.csv' }], { chosen: 'b.csv', known: { delimiter: '|' } }]);
    next.answer(shown('|'));
    late.answer(shown(';'));
    await allQuiet();
    expect(bench.get().question).toMatchObject({ preview: shown('|'), problem: { code: 'missing-column' } });
    // What cannot be shown leaves what was.
    actions.preview({ chosen: 'b.csv', known: { delimiter: ',' } });
    (await bench.newest().asked('preview')).answer(null);
    await allQuiet();
    expect(bench.get().question?.preview).toEqual(shown('|'));
    actions.answer(mapping);
    const [, options] = await read(bench, { ratings: infoOf('odd.csv') });
    expect(options).toEqual({ mapping, chosen: 'b.csv' });
  });

  test('may be left open: then it is said why the file was not loaded', async () => {
    const bench = await benchAsked();
    bench.files.actions.dismissQuestion();
    expect(bench.get()).toMatchObject({ question: null, notice: { problem: { code: 'missing-column' } } });
  });

  test('may be said of ratings that are there, which stay as they are set', async () => {
    const bench = await benchWithFile();
    bench.workbench.setState({ settings: { ...bench.get().settings, rank: 5 } });
    bench.files.actions.ask();
    expect(bench.get().question).toEqual({
      ...{ fileName: 'mine.csv', preview, problem: null, said: {}, others: null },
    });
    bench.files.actions.answer(mapping);
    const [, options] = await read(bench, { ratings: infoOf('mine.csv', timed) });
    expect(options).toEqual({ mapping });
    expect(bench.get().settings.rank).toBe(5);
    bench.files.actions.ask();
    bench.files.actions.dismissQuestion();
    expect(bench.get()).toMatchObject({ question: null, notice: null });
  });

  test('is no question any more once other files are opened', async () => {
    const bench = await benchAsked();
    void bench.files.open([fileOf('next.csv')]);
    expect(bench.get().question).toBeNull();
  });
});

test('ratings are read again without those outside, with a test set, or as they were; all of it adds up', async () => {
  const bench = await benchWithFile();
  const { files, events } = bench;
  files.actions.keepWithin([1, 4]);
  await read(bench, { ratings: infoOf('mine.csv', timed) });
  files.actions.addTest(fileOf('test.csv'));
  const tested = infoOf('mine.csv', { ...timed, testCount: 1 });
  const [brought, options] = await read(bench, { ratings: tested });
  expect(brought).toMatchObject([{ name: 'mine.csv' }, { name: 'test.csv', as: 'test' }]);
  expect(options).toEqual({ range: [1, 4] });
  expect(bench.get().settings.holdOut).toBe('test');
  void events.tell('testSetWanted');
  expect((await read(bench, { ratings: tested })).slice(0, 2)).toEqual([brought, options]);
  // A reading that fails leaves what was there, as it was read.
  files.actions.keepWithin([9, 9]);
  (await bench.newest().asked('readFile')).answer(failure('no-ratings', { fileName: 'mine.csv' }));
  await allQuiet();
  void events.tell('testSetWanted');
  expect((await bench.newest().asked('readFile')).args[1]).toEqual(options);
});

test('rows that were not taken are saved with their places and reasons, none of them a formula', async () => {
  const { files } = dataBench();
  const row = { reason: 'not-a-number', column: 3, name: 'stars', fields: [] } as const;
  await files.actions.saveRejected('bad.csv', [
    { ...row, line: 2, byte: 17, text: '=1+1,2,x', file: 'a' },
    { ...row, line: 9, column: 0, name: '', fields: ['1', ' 2'], file: 'a' },
  ]);
  const [[blob, name]] = vi.mocked(saveBlob).mock.calls;
  expect(name).toBe('factorscope_bad.csv_rejected.csv');
  expect(await blob.text()).toBe(
    `line,byte,column,name,reason,text\r\n2,17,3,stars,a rating that is no number,"'=1+1,2,x"\r\n9,,,,a rating that is no number,"1,  2"\r\n`,
  );
});

test('before anything was opened there is nothing to read again or to ask about', async () => {
  const { files, events, newest, get } = dataBench();
  void events.tell('testSetWanted');
  files.actions.ask();
  files.actions.answer(mapping);
  expect([newest().called, get().question]).toEqual([[], null]);
});

test('what can be read is asked of the worker; one that dies over it says nothing, the next does', async () => {
  const { files, newest, data, get } = dataBench();
  files.actions.askReadable();
  await newest().asked('readable');
  newest().die();
  await allQuiet();
  expect(get().readable).toBe('');
  data.renew();
  files.actions.askReadable();
  (await newest().asked('readable')).answer('CSV; Parquet');
  await allQuiet();
  expect(get().readable).toBe('CSV; Parquet');
});
