import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pictureDefaults } from '../../settings/race';
import { streamDefaults } from '../../settings/stream';
import { dataOf } from '../../state/fixtures/data-of';
import type { LoadedData, Source } from '../../state/loaded-data';
import { runConfig } from '../../state/run-configs';
import { eventHub } from '../events';
import { runOf, workbenchWith } from '../fixtures/loaded';
import { ofStream } from '../stream/slice';
import { linkDriver } from './link.driver';
import { linkSentence } from './link-words';

/** The page's address, its listeners, and its clipboard. */
const page = {
  location: { hash: '', origin: 'https://here', pathname: '/' },
  listeners: [] as ((event: { newURL: string }) => void)[],
  copied: [] as string[],
  mayCopy: true,
};

beforeEach(() => {
  vi.useFakeTimers();
  Object.assign(page, { listeners: [], copied: [], mayCopy: true });
  page.location.hash = '';
  vi.stubGlobal('location', page.location);
  vi.stubGlobal('history', {
    replaceState: (_: unknown, __: string, hash: string) => {
      page.location.hash = hash;
    },
  });
  vi.stubGlobal('addEventListener', (_: string, listener: (typeof page.listeners)[number]) =>
    page.listeners.push(listener),
  );
  vi.stubGlobal('navigator', {
    clipboard: {
      async writeText(text: string) {
        if (!page.mayCopy) throw new Error('not allowed');
        page.copied.push(text);
      },
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A driver of the link; data that are asked for come where `brings` says so. */
function driverWith(data: LoadedData | null, brings = true, more: Partial<LoadedData> = {}) {
  const workbench = workbenchWith(data);
  const asked: unknown[] = [];
  const bring = async (source: Source, change?: Partial<LoadedData>) => {
    await Promise.resolve();
    if (brings) workbench.setState({ data: dataOf(source, { ...more, ...change }) });
    return brings;
  };
  const events = eventHub();
  events.on('settingsLinked', (settings) => void asked.push(settings));
  events.on('runsLinked', (runs) => void asked.push(['runs', runs]));
  events.on('streamLinked', (stream) => void asked.push(['stream', stream]));
  events.on('orderLinked', (by) => void asked.push(['order', by]));
  events.on('windowLinked', (window) => void asked.push(['window', window]));
  const { open, actions } = linkDriver(
    { workbench, events },
    {
      async loadPicture() {
        asked.push('picture');
        return bring('picture');
      },
      async loadSample(size) {
        asked.push(size);
        const ratings = { ...dataOf('sample').ratings, ratingCount: 60_000 };
        return bring('sample', { ratings });
      },
    },
  );
  const arrived = () => void events.tell('ratingsArrived');
  const link = { open, arrived, ...actions };
  const state = () => workbench.getState();
  return { link, workbench, asked, state };
}

/** All that was begun has come to its end, and settings have stood still for long enough. */
const settle = () => vi.advanceTimersByTimeAsync(1000);
const hash = () => page.location.hash;

/** Somebody typed another address. The browser says so a little later: the address may be another one by then. */
function typed(newHash: string, byThen = newHash) {
  page.location.hash = byThen;
  for (const listener of page.listeners) listener({ newURL: `https://here/${newHash}` });
}

test('the address stays clean until something is set, and then follows once that stands still', async () => {
  const { link, workbench } = driverWith(null);
  link.open('');
  await settle();
  expect(hash()).toBe('');
  workbench.setState({ settings: { ...pictureDefaults, rank: 3 } });
  await vi.advanceTimersByTimeAsync(300);
  workbench.setState({ settings: { ...pictureDefaults, rank: 4 } });
  await vi.advanceTimersByTimeAsync(300);
  expect(hash()).toBe('');
  await settle();
  expect(hash()).toContain('rank=4');
});

test('a link of a picture is taken, with its defaults where it says nothing', async () => {
  const { link, state, asked } = driverWith(null);
  link.open('#rank=7&palette=plasma');
  await settle();
  expect(asked).toEqual(['picture']);
  expect(state().settings).toEqual({ ...pictureDefaults, rank: 7 });
  expect(state().looks.palette).toBe('plasma');
  expect(state().notice).toBeNull();
  expect(hash()).toContain('data=picture');
});

test('where the data of a link are refused, the settings are as before', async () => {
  const { link, state } = driverWith(dataOf('picture'), false);
  link.open('#rank=7');
  expect(state().settings.rank).toBe(7);
  await settle();
  expect(state().settings).toEqual(pictureDefaults);
});

test('whoever sets something else meanwhile keeps it', async () => {
  const { link, state, workbench } = driverWith(dataOf('picture'), false);
  link.open('#rank=7');
  workbench.setState({ settings: { ...pictureDefaults, rank: 9 } });
  await settle();
  expect(state().settings.rank).toBe(9);
});

test('runs, marks, order and window come once the data are there; a window that does not fit them does not', async () => {
  const runs = 'als=3,0 1 0.1&sgd=40';
  const place = 'data=picture&orderBy=count&window=0 2 1 3';
  const change = { unit: 0, lambda: 1, learningRate: 0.1 };
  const linked = { als: { unit: 3, changes: [change] }, sgd: { unit: 40, changes: [] } };
  const { link, asked, state } = driverWith(null);
  link.open(`#${runs}&${place}&marks=als 2 sgd 0.5:Half%0Aals 3:All`);
  expect(asked).toEqual(['picture']);
  await settle();
  expect(state().marks).toEqual([
    { id: 1, name: 'Half', steps: { als: 2, sgd: 0.5 } },
    { id: 2, name: 'All', steps: { als: 3 } },
  ]);
  const window = { users: { from: 0, to: 2 }, items: { from: 1, to: 3 } };
  expect(asked).toEqual(['picture', ['runs', linked], ['order', 'count'], ['window', window]]);
  const other = driverWith(null);
  other.link.open('#rank=3&window=0 21 1 3');
  await settle();
  expect(other.asked).toEqual(['picture']);
});

test('a link of a stream opens the lab; one of the race leaves it', async () => {
  const { link, asked, state, workbench } = driverWith(null);
  link.open('#mode=stream&stream.batchSize=50&stream.batch=4');
  await settle();
  expect(asked).toEqual(['picture', ['stream', { settings: { batchSize: 50 }, batch: 4 }]]);
  workbench.setState(({ looks }) => ({ looks: { ...looks, mode: 'stream' } }));
  link.open('#rank=3');
  await settle();
  expect(state().looks.mode).toBe('race');
});

test('a link leads to whom it recommends something to, and to the map of items, as far as they are there', async () => {
  const { link, state } = driverWith(null);
  link.open('#mode=recommend&who=3&item=7&by=sgd&atLeast=1');
  await vi.waitFor(() =>
    expect(state().wanted).toEqual({ who: 3, item: 7, by: 'sgd', atLeast: 1, mine: [] }),
  );
  await settle();
  expect(state().looks.mode).toBe('recommend');
  expect(hash()).toContain('mode=recommend&by=sgd&who=3&item=7&atLeast=1');
  link.open('#mode=factors&across=2&up=0&colour=count&found=4');
  await vi.waitFor(() => expect(state().mapLook).toEqual({ across: 2, up: 0, colour: 'count', found: 4 }));
  // There are 20 users, 50 items, 20 directions, and no genres.
  link.open('#mode=factors&across=20&colour=Drama&found=50');
  await vi.waitFor(() => expect(state().mapLook).toEqual({ across: 0, up: 1, colour: 'mean', found: null }));
  const { notice } = state();
  if (notice?.kind !== 'link') throw new Error('no notice of a link');
  expect(linkSentence(notice.problems)).toBe(
    'Of this link, across is not valid, so its default stands; colour is not valid, so its default stands; found is not valid, so its default stands.',
  );
  link.open('#rank=7');
  await settle();
  expect([state().looks.mode, hash()]).toEqual(['race', expect.not.stringContaining('mode=')]);
});

test('a large sample is made up only when somebody wants it', async () => {
  const { link, asked, state } = driverWith(null);
  link.open('#data=sample-full&rank=5');
  await settle();
  expect(asked).toEqual(['picture']);
  expect(state().notice).toEqual({ kind: 'link-large', size: 'full' });
  link.acceptLink();
  await settle();
  expect(asked).toEqual(['picture', 'full', ['order', 'count']]);
  expect(state().settings).toMatchObject({ rank: 5, lambda: 0.043 });
  expect(state().notice).toBeNull();
});

test('a link to a file waits for that file, and says where another one comes', async () => {
  const { link, asked, state, workbench } = driverWith(null);
  const file = 'file=mine.csv&userCount=20&itemCount=50&ratingCount=1000&checksum=0123456789abcdef';
  link.open(`#data=file&${file}&rank=5&view=error`);
  expect(asked).toEqual(['picture']);
  await settle();
  link.arrived();
  expect(state().notice).toMatchObject({ kind: 'link-file', file: { name: 'mine.csv' } });
  workbench.setState({ data: dataOf('file', { audit: { ...dataOf('file').audit, checksum: 'other' } }) });
  link.arrived();
  expect(state().notice).toMatchObject({ kind: 'link-other-file' });
  workbench.setState({ data: dataOf('file') });
  link.arrived();
  await settle();
  const settings = expect.objectContaining({ rank: 5, methods: ['als', 'sgd'] });
  // Links from before ratings came in order by themselves say nothing of it, and lead to what they led to.
  expect(asked).toEqual(['picture', settings, ['order', 'count']]);
  expect(state().notice).toBeNull();
  expect(state().looks.view).toBe('error');
});

test('another address is opened as it comes; nonsense is said, and leaves what is there', async () => {
  const { state, asked } = driverWith(dataOf('picture'));
  typed('#rank=1e9&lambda=x&stream.rank=2');
  await settle();
  expect(state().settings.rank).toBe(128);
  const { notice } = state();
  if (notice?.kind !== 'link') throw new Error('no notice of a link');
  expect(linkSentence(notice.problems)).toBe(
    'Of this link, Rank is out of bounds, so 128 stands; Lambda is not valid, so its default stands.',
  );
  typed('#nonsense');
  await settle();
  expect(asked).toEqual(['picture']);
  expect(state().notice).toEqual({ kind: 'link', problems: [{ code: 'not-a-link' }] });
});

test('an address is opened even where the settings were written over it before the browser spoke of it', async () => {
  const { state } = driverWith(dataOf('picture'));
  typed('#v=999&rank=8', '#v=1&data=picture&rank=20');
  await settle();
  expect(state().notice).toEqual({ kind: 'link', problems: [{ code: 'newer-version' }] });
});

test('problems go by what settings are called, values in their unit', () => {
  const problems = ['holdOutShare', 'stream.batchSize', 'window', 'constructor'].map((key, i) => ({
    ...{ key, code: i < 2 ? 'out-of-bounds' : 'bad-value' },
    ...(i < 2 && { taken: i === 0 ? 0.9 : 100_000 }),
  })) as Parameters<typeof linkSentence>[0];
  expect(linkSentence([...problems, ...problems])).toBe(
    'Of this link, Hold-out is out of bounds, so 90 % stands; Batch size is out of bounds, so 100000 ratings stands; window is not valid, so its default stands; constructor is not valid, so its default stands; and more.',
  );
});

test('the link that is copied leads to the frames on the stage; the address has it, the clipboard where it may', async () => {
  const data = dataOf('sample', { ratings: { ...dataOf('sample').ratings, ratingCount: 60_000 } });
  const { link, state, workbench } = driverWith(data);
  const of = (method: string, steps: number[]) =>
    runOf(method, runConfig(method, state().settings, data), steps);
  workbench.setState({ runs: { als: of('als', [0, 0.5, 1]), sgd: of('sgd', [0, 0.25]) } });
  await link.copyLink();
  expect(hash()).toMatch(/^#v=1&data=sample-small&.*als=2%2C0\+15\+0.02&sgd=250%2C0/);
  expect(page.copied).toEqual([`https://here/${hash()}`]);
  expect(state().notice).toEqual({ kind: 'link-copied', ofFile: false });
  page.mayCopy = false;
  workbench.setState({ data: dataOf('file') });
  await link.copyLink();
  expect(state().notice).toEqual({ kind: 'link-in-address', ofFile: true });
});

test('of a stream the link says the batch that is shown, and the address follows its settings', async () => {
  const { link, workbench } = driverWith(dataOf('picture'));
  workbench.setState(({ looks }) => ({ looks: { ...looks, mode: 'stream' } }));
  workbench.setState(ofStream({ batch: 9, shown: 4 }));
  await link.copyLink();
  expect(hash()).toContain('stream.batch=4');
  workbench.setState(ofStream({ settings: { ...streamDefaults, batchSize: 12 } }));
  await settle();
  expect(hash()).toContain('stream.batchSize=12');
  expect(hash()).toContain('stream.batch=0');
});

test('a run without its ratings has no link', async () => {
  const { link, state } = driverWith(dataOf('run'));
  await link.copyLink();
  expect(hash()).toBe('');
  expect(state().notice).toBeNull();
});

test('runs that are a long way are gone only when asked; other data, and they are forgotten', async () => {
  const { link, asked, state } = driverWith(null, true, { trainingCount: 1_000_000 });
  const far = '#rank=64&epochs=500&als=4&sgd=90000000';
  link.open('#rank=64&epochs=500&als=4&sgd=9000');
  await settle();
  expect([asked.length, state().notice]).toEqual([2, null]);
  link.open(far);
  await settle();
  expect([asked.length, state().notice]).toEqual([3, { kind: 'link-far-runs' }]);
  link.acceptLink();
  const linked = { als: { unit: 4, changes: [] }, sgd: { unit: 90_000_000, changes: [] } };
  expect([asked[3], state().notice]).toEqual([['runs', linked], null]);
  link.acceptLink();
  link.open(far);
  await settle();
  link.arrived();
  link.acceptLink();
  expect(asked).toHaveLength(5);
});
