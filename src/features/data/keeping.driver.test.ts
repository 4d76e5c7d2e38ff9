import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FoundData, type KeptData, mostKept } from '../../files/kept-data';
import { dataOf } from '../../state/fixtures/data-of';
import type { LoadedData } from '../../state/loaded-data';
import { eventHub } from '../events';
import { workbenchWith } from '../fixtures/loaded';
import { keepingDriver } from './keeping.driver';
import type { Brought } from './slice';

const page = { hash: '' };
beforeEach(() => {
  vi.useFakeTimers();
  page.hash = '';
  vi.stubGlobal('location', page);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const quiet = () => vi.advanceTimersByTimeAsync(0);

const brought = (size = 4): Brought => ({
  files: [{ file: { size } as Blob, name: 'mine.csv' }],
  options: {},
});
const kept = (checksum = '0123456789abcdef'): KeptData => ({
  ...brought(),
  link: `v=1&data=file&checksum=${checksum}`,
});

/** A driver over a disk that has something, or that cannot be written. */
function keepingBench(
  data: LoadedData | null,
  { found = null, isFull = false }: { found?: FoundData; isFull?: boolean } = {},
) {
  const workbench = workbenchWith(data);
  const events = eventHub();
  const said: string[] = [];
  const opened: KeptData[] = [];
  const full = () => {
    if (isFull) throw new DOMException('full', 'QuotaExceededError');
  };
  const keeper = {
    async keep({ files }: KeptData) {
      full();
      said.push(`keep ${files[0].name}`);
    },
    async note(link: string) {
      said.push(`note ${new URLSearchParams(link).get('rank')}`);
    },
    find: async () => found,
    async forget() {
      full();
      said.push('forget');
    },
  };
  const keeping = keepingDriver({ workbench, events }, keeper, null, (one) => opened.push(one), page.hash);
  return { workbench, get: workbench.getState, events, said, opened, keeping };
}

test('files that were taken are kept, and what becomes of them is noted, now and then', async () => {
  const { events, get, said, workbench } = keepingBench(dataOf('file'));
  await events.tell('filesTaken', brought());
  expect([said, get().kept]).toEqual([['keep mine.csv'], { kind: 'kept', bytes: 4 }]);
  for (const rank of [3, 4]) {
    workbench.setState(({ settings }) => ({ settings: { ...settings, rank } }));
    await vi.advanceTimersByTimeAsync(900);
  }
  expect(said).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5000);
  expect(said).toEqual(['keep mine.csv', 'note 4']);
});

test('what is too large is not kept, nor what was before it; where nothing can be, that is said', async () => {
  const large = keepingBench(dataOf('file'));
  await large.events.tell('filesTaken', brought(mostKept + 1));
  expect([large.said, large.get().kept]).toEqual([['forget'], { kind: 'too-large' }]);
  const full = keepingBench(dataOf('file'), { isFull: true });
  await full.events.tell('filesTaken', brought());
  expect(full.get().kept).toEqual({ kind: 'failed' });
});

test('once forgotten, nothing is kept any more', async () => {
  const { events, keeping, get, said } = keepingBench(dataOf('file'));
  await events.tell('filesTaken', brought());
  await keeping.forget();
  await events.tell('filesTaken', brought());
  expect([said, get().kept]).toEqual([['keep mine.csv', 'forget'], null]);
});

test('who comes back is offered what was kept, once; who comes for something else is not', async () => {
  const { keeping, get, opened } = keepingBench(dataOf('picture'), { found: kept() });
  await quiet();
  expect(get().notice).toEqual({ kind: 'kept', name: 'mine.csv', bytes: 4, isLinked: false });
  keeping.open();
  keeping.open();
  expect([get().notice, opened]).toEqual([null, [kept()]]);
  page.hash = '#rank=3';
  const linked = keepingBench(dataOf('picture'), { found: kept() });
  await quiet();
  expect(linked.get().notice).toBeNull();
});

test('a link to the very file finds it on this machine; one to another waits for that', async () => {
  page.hash = '#data=file';
  for (const checksum of ['0123456789abcdef', 'fedcba9876543210']) {
    const bench = keepingBench(dataOf('picture'), { found: kept(checksum) });
    const file = {
      name: 'mine.csv',
      userCount: 1,
      itemCount: 1,
      ratingCount: 1,
      checksum: '0123456789abcdef',
    };
    bench.workbench.setState({ notice: { kind: 'link-file', file } });
    await quiet();
    expect(bench.get().notice?.kind).toBe(checksum === file.checksum ? 'kept' : 'link-file');
  }
});

test('what is kept is opened as the link says that somebody came by, unless that is what was set here', async () => {
  const file = { name: 'mine.csv', userCount: 1, itemCount: 1, ratingCount: 1, checksum: '0123456789abcdef' };
  const own = `${kept().link}&rank=5&frames=1`;
  for (const [link, isLinked] of [
    [`${kept().link}&rank=5`, false],
    [`${kept().link}&rank=7`, true],
  ] as const) {
    page.hash = `#${link}`;
    const bench = keepingBench(dataOf('picture'), { found: { ...kept(), link: own } });
    bench.workbench.setState({ notice: { kind: 'link-file', file } });
    await quiet();
    expect(bench.get().notice).toEqual({ kind: 'kept', name: 'mine.csv', bytes: 4, isLinked });
    bench.keeping.open();
    expect(bench.opened.map((one) => one.link)).toEqual([isLinked ? link : own]);
  }
});

test('what cannot be read is said to be so, and opens nothing', async () => {
  for (const why of ['corrupt', 'newer'] as const) {
    const { get, keeping, opened } = keepingBench(dataOf('picture'), { found: why });
    await quiet();
    expect(get().notice).toEqual({ kind: 'kept-unreadable', why });
    keeping.open();
    expect(opened).toEqual([]);
  }
});
