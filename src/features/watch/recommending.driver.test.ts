import { afterEach, expect, test, vi } from 'vitest';
import type { FolderNews } from '../../files/run-folder/reader';
import type { Moment } from '../../metrics/moment';
import type { Advice, Asked } from '../../workers/protocol';
import { createWorkbench } from '../workbench';
import { recommendingDriver } from './recommending.driver';

afterEach(() => vi.unstubAllGlobals());

/** All that was asked of the worker is answered, all that was sent has arrived. */
const quiet = async () => {
  for (let i = 0; i < 20; i++) await null;
};

const advice = (step: number, prediction: number | null = null): Advice => ({
  ...{ step, prediction, isKnown: true, ratedCount: 0, best: [{ item: 1, prediction: step }] },
});

/** News of a run: where it has a frame, and what it has learnt. */
const news = (messages: { message: string; step: number }[] = [], frames = 1) =>
  ({ runs: [{ moments: [], frames: Array(frames).fill({}), messages }] }) as unknown as FolderNews;

/** A watched job of two users and two items, whose newest frame is of step 9; the server answers as it is told. */
async function bench(answers: (init?: RequestInit) => unknown = () => ({ isOpen: true })) {
  const workbench = createWorkbench();
  workbench.setState({
    names: { users: [{ id: '7' }, { id: '8' }], items: [{ id: 'x' }, { id: 'y', title: 'Film Y' }] },
  });
  const posted: unknown[] = [];
  vi.stubGlobal('fetch', async (url: string, init?: RequestInit) => {
    if (init?.method === 'POST') posted.push([url, init.headers, JSON.parse(String(init.body))]);
    const answer = answers(init);
    if (answer === null) throw new TypeError('nobody there');
    return new Response(JSON.stringify(answer), { status: (answer as { status?: number }).status ?? 200 });
  });
  const asked: Asked[] = [];
  const moments = [3, 4, 5].map((step) => ({ step, observations: 100 * step }) as Moment);
  const { actions, begin, heard } = recommendingDriver(workbench, {
    async advise(one) {
      asked.push(one);
      return one.step === Number.MAX_VALUE
        ? advice(9)
        : advice(one.isBefore ? one.step - 1 : one.step, one.isBefore ? 3 : 4);
    },
    moments: () => moments,
  });
  await begin('server');
  return { ...actions, begin, heard, asked, posted, now: () => workbench.getState().recommending };
}
const accepts = (init?: RequestInit) => (init?.method === 'POST' ? { message: 'm1' } : { isOpen: true });

test('whoever is picked is asked for by their row, whenever there is a new frame; who is new has none', async () => {
  const { recommendTo, heard, asked, now } = await bench();
  expect(now()).toMatchObject({ takesRatings: true, user: null, advice: null });
  recommendTo('8');
  await quiet();
  expect(now().advice).toEqual(advice(9));
  heard(news([], 0));
  heard(news());
  await quiet();
  recommendTo('me');
  await quiet();
  expect(asked.map(({ user }) => user)).toEqual([1, 1, null]);
});

test('a rating goes to the inbox, waits, and is followed into the batch that says it has it', async () => {
  const { recommendTo, rateFor, heard, posted, asked, now } = await bench(accepts);
  recommendTo('8');
  await rateFor(1, 4.5);
  const headers = { 'X-Factorscope': 'inbox' };
  expect(posted).toEqual([['/watch/inbox', headers, [{ user: '8', item: 'y', value: 4.5 }]]]);
  expect(now().sent).toMatchObject([{ user: '8', item: { title: 'Film Y' }, status: 'sent', message: 'm1' }]);
  heard(news([{ message: 'another', step: 3 }]));
  expect(now().sent).toMatchObject([{ status: 'sent' }]);
  heard(news([{ message: 'm1', step: 4 }]));
  await quiet();
  expect(now().sent).toMatchObject([
    {
      status: 'learnt',
      learnt: {
        step: 4,
        ratings: 100,
        before: { step: 3, prediction: 3 },
        after: { step: 4, prediction: 4 },
      },
    },
  ]);
  expect(asked.filter(({ item }) => item !== undefined)).toMatchObject([
    { user: 1, item: 1, isBefore: true },
    { user: 1, item: 1, isBefore: false },
  ]);
});

test('a batch that was quicker than the answer of the server is not missed', async () => {
  const { recommendTo, rateFor, heard, now } = await bench(accepts);
  recommendTo('8');
  heard(news([{ message: 'm1', step: 5 }]));
  await rateFor(0, 1);
  await quiet();
  expect(now().sent).toMatchObject([{ status: 'learnt', learnt: { step: 5 } }]);
});

test('what is not taken is said; without an inbox, or a server, none is taken', async () => {
  const refused = await bench((init) => (init ? { status: 400, isOpen: true } : {}));
  expect(refused.now().takesRatings).toBe(false);
  refused.recommendTo('8');
  await refused.rateFor(0, 1);
  expect(refused.now().sent).toMatchObject([{ status: 'refused' }]);
  const away = await bench(() => null);
  expect(away.now().takesRatings).toBe(false);
  away.recommendTo('8');
  await away.rateFor(0, 1);
  expect(away.now().sent).toMatchObject([{ status: 'refused' }]);
  await away.begin('server');
  expect(away.now().sent).toEqual([]);
});

test('of many ratings the newest twenty are followed', async () => {
  const { recommendTo, rateFor, now } = await bench(accepts);
  recommendTo('8');
  for (let i = 0; i < 22; i++) await rateFor(0, 1);
  expect(now().sent.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, i) => 22 - i));
});
