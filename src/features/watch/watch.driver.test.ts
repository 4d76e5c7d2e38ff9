import { expect, test } from 'vitest';
import type { FolderManifest } from '../../files/run-folder/manifest';
import type { FolderFrame, FolderNews } from '../../files/run-folder/reader';
import { allQuiet } from '../../workers/fixtures/fake-worker';
import { driverBench } from '../fixtures/driver-bench';
import type { PastRun } from '../replay/slice';
import { watchDriver } from './watch.driver';

const manifest = (userCount: number, change: Partial<FolderManifest> = {}): FolderManifest =>
  ({
    ...{ format: 'factorscope-run-folder', version: 1, state: 'running', references: [] },
    data: { name: 'mine', userCount, itemCount: 1, scale: { min: 1, max: 5, step: 0 }, trainingCount: 8 },
    runs: [
      { name: 'Job', folder: 'run1', config: { method: 'mini-batch', rank: 1, lambda: 0, learningRate: 0 } },
    ],
    ...change,
  }) as FolderManifest;

/** A frame of so many users, of whom the first has factor 1, the second 2, and so on. */
const frame = (step: number, users: number): FolderFrame => ({
  moment: { step, observations: 4 * step, flops: 0, seconds: 0, tallies: {}, values: { validationRmse: 1 } },
  mean: 3,
  userFactors: Float32Array.from({ length: users }, (_, i) => i + 1),
  ...{ itemFactors: new Float32Array(1), userBias: new Float32Array(users), itemBias: new Float32Array(1) },
});

const names = (...ids: string[]) => ids.map((id) => ({ id }));
const newsOf = (
  manifest: FolderManifest,
  frames: FolderFrame[],
  change: Partial<FolderNews> = {},
): FolderNews => ({
  ...{ manifest, users: [], items: [], isBegunAnew: false, isMore: false },
  runs: [{ moments: frames.map(({ moment }) => moment), frames, messages: [] }],
  ...change,
});

function watchBench() {
  const bench = driverBench();
  const { workbench, get } = bench;
  let ids = 100;
  const stages: number[] = [];
  const stage = ({ userCount }: { userCount: number }) => stages.push(userCount);
  const dropped: number[] = [];
  const { watch, ...actions } = watchDriver(
    bench.context,
    {
      layDown(run) {
        const id = ++ids;
        workbench.setState(({ shelf }) => ({ shelf: [...shelf, { ...run, id } as unknown as PastRun] }));
        return id;
      },
      actions: { dropRun: (id: number) => void dropped.push(id) } as never,
    },
    {
      showAlone: (about) => {
        workbench.setState(({ data }) => ({ data: data && { ...data, source: 'run' } }));
        stage(about);
      },
      stage,
    },
  );
  void watch('server', 'the folder');
  const worker = () => bench.workers.watcher[bench.workers.watcher.length - 1];
  return {
    ...{ ...bench, actions, stages, dropped, worker },
    status: () => get().watch?.status,
    track: () => get().shelf[get().shelf.length - 1].track,
    async told(became: Parameters<Awaited<ReturnType<typeof this.asked>>['answer']>[0]) {
      (await this.asked()).answer(became);
      await allQuiet();
    },
    asked: () => worker().asked('next'),
    opens: async () => (await worker().asked('open')).answer(undefined),
  };
}
const news = (news: FolderNews) => ({ ok: true, watched: { kind: 'news', news } }) as const;

test('frames of a run are on one track, whose earlier frames grow with the users that come later', async () => {
  const bench = watchBench();
  await bench.opens();
  expect(bench.status()).toBe('opening');
  await bench.told(news(newsOf(manifest(2), [frame(0, 2)], { users: names('p', 'q'), items: names('z') })));
  expect([bench.status(), bench.stages]).toEqual(['running', [2]]);
  await bench.told(news(newsOf(manifest(3, { state: 'ended' }), [frame(1, 3)], { users: names('r') })));
  expect([bench.status(), bench.stages]).toEqual(['ended', [2, 3]]);
  expect(bench.track().snapshots.map(({ userFactors }) => [...userFactors])).toEqual([
    [1, 2, 0],
    [1, 2, 3],
  ]);
  expect(bench.track().moments.map(({ step }) => step)).toEqual([0, 1]);
});

test('a run of the ratings on the stage has its rows where these have theirs', async () => {
  const bench = watchBench();
  const { ratings } = bench.get().data!;
  const { userCount } = ratings;
  const userIds = Array.from({ length: userCount }, (_, i) => `u${i}`);
  bench.workbench.setState(({ data }) => ({
    data: data && { ...data, ratings: { ...ratings, userIds, itemIds: null } },
  }));
  await bench.opens();
  await bench.told(news(newsOf(manifest(2), [frame(0, 2)], { users: names('u1', 'u0'), items: names('1') })));
  expect(bench.stages).toEqual([]);
  expect(bench.get().watch?.isBeside).toBe(true);
  expect([...bench.track().latest!.userFactors]).toEqual([2, 1, ...Array(userCount - 2).fill(0)]);
});

test('where somebody comes who is not on the stage, the folder is read anew, and has the stage to itself', async () => {
  const bench = watchBench();
  const { ratings } = bench.get().data!;
  const userIds = Array.from({ length: ratings.userCount }, (_, i) => `u${i}`);
  bench.workbench.setState(({ data }) => ({
    data: data && { ...data, ratings: { ...ratings, userIds, itemIds: null } },
  }));
  await bench.opens();
  const first = { users: names('u1', 'u0'), items: names('1') };
  await bench.told(news(newsOf(manifest(2), [frame(0, 2)], first)));
  await bench.told(news(newsOf(manifest(3), [frame(1, 3)], { users: names('me') })));
  expect(bench.workers.watcher).toHaveLength(2);
  expect([bench.status(), bench.stages]).toEqual(['opening', []]);
  await bench.opens();
  const all = { users: names('u1', 'u0', 'me'), items: names('1') };
  await bench.told(news(newsOf(manifest(3), [frame(0, 2), frame(1, 3)], all)));
  expect([bench.get().watch?.isBeside, bench.stages]).toEqual([false, [3]]);
  expect([...bench.track().latest!.userFactors]).toEqual([1, 2, 3]);
});

test('what passes is waited for; what is begun anew takes the place of what was', async () => {
  const bench = watchBench();
  await bench.opens();
  await bench.told({ ok: true, watched: { kind: 'gone' } });
  expect(bench.status()).toBe('empty');
  await bench.told({ ok: true, watched: { kind: 'unreachable' } });
  expect(bench.status()).toBe('unreachable');
  await bench.told(news(newsOf(manifest(2), [frame(5, 2)])));
  const anew = { isBegunAnew: true, users: names('p', 'q') };
  await bench.told(news(newsOf(manifest(2), [frame(0, 2)], anew)));
  await bench.told(news(newsOf(manifest(2), [frame(0, 2)], anew)));
  expect(bench.dropped).toHaveLength(2);
  expect(bench.get().names.users).toEqual(names('p', 'q'));
  expect(bench.track().latest?.step).toBe(0);
});

test('what is refused ends it, with the reason; so does the death of its worker', async () => {
  const bench = watchBench();
  await bench.opens();
  await bench.told({ ok: false, problem: { code: 'bad-value' } });
  expect(bench.get().watch).toMatchObject({ status: 'refused', code: 'bad-value' });
  expect(bench.worker().alive).toBe(false);
  const other = watchBench();
  other.worker().die();
  await allQuiet();
  expect(other.status()).toBe('lost');
});

test('who brings other ratings leaves a folder that had the stage to itself; an answer that comes late is nothing', async () => {
  const bench = watchBench();
  await bench.opens();
  await bench.told(news(newsOf(manifest(2), [frame(0, 2)])));
  const late = await bench.asked();
  await bench.events.tell('ratingsArrived');
  expect(bench.get().watch).toBeNull();
  late.answer(news(newsOf(manifest(2), [frame(1, 2)])));
  await allQuiet();
  expect([bench.get().watch, bench.track().moments.length]).toEqual([null, 1]);
});

test('nothing is shown while other ratings are on their way', async () => {
  const bench = watchBench();
  await bench.opens();
  bench.workbench.setState({ loading: { what: 'x', share: null, rows: 0, since: 0 } });
  await bench.told(news(newsOf(manifest(2), [frame(0, 2)])));
  expect(bench.status()).toBe('opening');
  bench.workbench.setState({ loading: null });
  await allQuiet();
  expect(bench.status()).toBe('running');
});
