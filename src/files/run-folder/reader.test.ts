import { expect, test } from 'vitest';
import { memoryFolder } from './fixtures/memory-folder';
import { folderReader } from './reader';

const room = 1 << 20;

test('what is new is told once, names and moments and frames, as it comes', async () => {
  const { folder, manifest, line, frame, append } = memoryFolder();
  const reader = folderReader(folder, room);
  expect(await reader.look()).toBeNull();
  manifest({ references: [{ name: 'Batch ALS', part: 'validation', metric: 'rmse', value: 0.9 }] });
  append('users.ndjson', '{"id":"7"}\n{"id":"8","title":"Ann"}\n');
  frame(0, 0.5);
  line({ step: 0, frame: 0, mean: 3, observations: 0, validationRmse: 1.5, trainRmse: null });
  const first = await reader.look();
  expect(first).toMatchObject({
    users: [{ id: '7' }, { id: '8', title: 'Ann' }],
    items: [],
    isMore: false,
    isBegunAnew: false,
  });
  expect(first?.manifest).toMatchObject({
    state: 'running',
    references: [{ name: 'Batch ALS', value: 0.9 }],
  });
  const [run] = first?.runs ?? [];
  expect(run.moments).toEqual([
    {
      step: 0,
      observations: 0,
      flops: 0,
      seconds: 0,
      tallies: {},
      values: { validationRmse: 1.5, trainRmse: null },
    },
  ]);
  expect(run.frames).toHaveLength(1);
  expect([...run.frames[0].userFactors, ...run.frames[0].userBias]).toEqual(Array(6).fill(0.5));
  // Without a file of biases they are 0.
  expect([...run.frames[0].itemBias]).toEqual([0]);
  expect(run.frames[0]).toMatchObject({ mean: 3, moment: run.moments[0] });
  expect((await reader.look())?.runs).toEqual([{ moments: [], frames: [], messages: [] }]);
  line({ step: 1, validationRmse: 1.25 });
  // What is not said of ratings seen is counted.
  expect((await reader.look())?.runs[0].moments).toMatchObject([{ step: 1, observations: 10 }]);
});

test('messages are told with the step that has learnt them; a frame is read anew whenever it is wanted', async () => {
  const { folder, manifest, line, frame } = memoryFolder();
  manifest();
  for (const step of [1, 2, 3]) {
    if (step !== 2) frame(step - 1, step);
    line({ step, messages: step === 2 ? ['a', 'b'] : undefined, ...(step !== 2 && { frame: step - 1 }) });
  }
  const reader = folderReader(folder, room);
  expect(await reader.frame(0, () => true)).toBeNull();
  expect((await reader.look())?.runs[0].messages).toEqual([
    { message: 'a', step: 2 },
    { message: 'b', step: 2 },
  ]);
  const stepOf = async (isWanted: (step: number) => boolean) =>
    (await reader.frame(0, isWanted))?.moment.step ?? null;
  expect(await stepOf(() => true)).toBe(3);
  expect(await stepOf((step) => step <= 2)).toBe(1);
  expect(await stepOf((step) => step < 1)).toBeNull();
  expect([...((await reader.frame(0, () => true))?.userFactors ?? [])]).toEqual([3, 3, 3, 3]);
  expect(await reader.frame(1, () => true)).toBeNull();
  line({ step: 4, messages: Array(1001).fill('x') });
  await expect(reader.look()).rejects.toMatchObject({ code: 'bad-value' });
});

test('a line that is being written is read once it is whole', async () => {
  const { folder, manifest, append } = memoryFolder();
  manifest();
  const reader = folderReader(folder, room);
  append('run1/columns.ndjson', '{"step":0}\n{"st');
  expect((await reader.look())?.runs[0].moments).toHaveLength(1);
  append('run1/columns.ndjson', 'ep":1}\n');
  expect((await reader.look())?.runs[0].moments).toMatchObject([{ step: 1 }]);
});

test('runs and rows may come later; a frame has as many rows as there were then', async () => {
  const { folder, manifest, line, frame } = memoryFolder();
  manifest({ runs: [] }, { userCount: 0, itemCount: 0 });
  const reader = folderReader(folder, room);
  expect((await reader.look())?.runs).toEqual([]);
  manifest();
  frame(0, 1);
  line({ step: 0, frame: 0 });
  const begun = await reader.look();
  expect(begun?.runs[0].frames[0].userBias).toHaveLength(2);
  const [run] = begun?.manifest.runs ?? [];
  manifest({ runs: [{ ...run, ended: 'pruned after batch 4' }] });
  expect((await reader.look())?.manifest.runs[0].ended).toBe('pruned after batch 4');
  manifest({}, { userCount: 4 });
  frame(1, 1, 4);
  line({ step: 1, frame: 1 });
  expect((await reader.look())?.runs[0].frames[0].userBias).toHaveLength(4);
});

test('whoever comes late gets what fits, evenly, and the newest; what takes long comes in parts', async () => {
  const { folder, manifest, line, frame } = memoryFolder();
  const bytesOfFrame = 4 * 3 * 3;
  manifest();
  for (let i = 0; i < 21; i++) {
    frame(i, i);
    line({ step: i, frame: i });
  }
  const news = await folderReader(folder, 6 * bytesOfFrame).look();
  expect(news?.runs[0].moments).toHaveLength(21);
  expect(news?.runs[0].frames.map(({ moment }) => moment.step)).toEqual([0, 4, 8, 12, 16, 20]);
  const [users, items] = [100_000, 20_000];
  manifest({}, { userCount: users, itemCount: items });
  for (let i = 21; i < 36; i++) {
    frame(i, i, users, items);
    line({ step: i, frame: i });
  }
  const reader = folderReader(folder, 1 << 30);
  const parts = [await reader.look(), await reader.look(), await reader.look()];
  expect(parts.map((part) => part?.isMore)).toEqual([true, true, false]);
  expect(parts.flatMap((part) => part?.runs[0].frames ?? []).map(({ moment }) => moment.step)).toEqual(
    Array.from({ length: 36 }, (_, i) => i),
  );
});

test('a folder that is taken away is said to be gone, and begins anew when it is there again', async () => {
  const { folder, files, manifest, line } = memoryFolder();
  manifest();
  line({ step: 0 });
  line({ step: 1 });
  const reader = folderReader(folder, room);
  await reader.look();
  const kept = new Map(files);
  files.clear();
  expect(await reader.look()).toBeNull();
  for (const [name, bytes] of kept) files.set(name, bytes);
  expect(await reader.look()).toMatchObject({
    isBegunAnew: true,
    runs: [{ moments: [{ step: 0 }, { step: 1 }] }],
  });
  expect((await reader.look())?.isBegunAnew).toBe(false);
  // A table that is shorter than it was is another one.
  files.delete('run1/columns.ndjson');
  line({ step: 0 });
  expect(await reader.look()).toMatchObject({ isBegunAnew: true, runs: [{ moments: [{ step: 0 }] }] });
});

test('what is not right is refused by name, before anything of it is believed', async () => {
  type Write = (folder: ReturnType<typeof memoryFolder>) => void;
  const framed =
    (write: Write): Write =>
    (folder) => {
      folder.frame(0, 1);
      write(folder);
      folder.line({ step: 0, frame: 0 });
    };
  const bytes = (folder: ReturnType<typeof memoryFolder>, name: string) =>
    folder.files.get(name) as Uint8Array<ArrayBuffer>;
  const users = 'run1/000000.userFactors.npy';
  const cases: [code: string, write: Write][] = [
    ['corrupt', ({ write }) => write('manifest.json', '{"format":')],
    ['not-a-run-file', ({ write }) => write('manifest.json', '{"format": "another"}')],
    ['newer-version', ({ manifest }) => manifest({ version: 2 })],
    ['unknown-key', ({ manifest }) => manifest({ more: 1 })],
    ['bad-value', ({ manifest }) => manifest({}, { scale: { min: 5, max: 1 } })],
    ['too-large', ({ manifest }) => manifest({}, { userCount: 9_000_000 })],
    [
      'bad-value',
      ({ manifest }) =>
        manifest({ runs: [{ name: 'x', folder: '../../etc', config: { method: 'als', rank: 2 } }] }),
    ],
    [
      'too-large',
      ({ manifest }) =>
        manifest({ runs: [{ name: 'x', folder: 'x', config: { method: 'als', rank: 300 } }] }),
    ],
    [
      'bad-value',
      ({ manifest }) => manifest({ references: [{ name: 'x', part: 'train', metric: 'rmse', value: null }] }),
    ],
    ['bad-value', ({ line }) => line({ step: 'x' })],
    ['bad-value', ({ line }) => line({ step: 0, frame: -1 })],
    ['bad-value', ({ line }) => line({ step: 0, frame: '../x' })],
    ['unknown-key', ({ line }) => line({ step: 0, other: 1 })],
    ['unknown-key', ({ append }) => append('users.ndjson', '{"id":"1","__proto__":{"x":1}}\n')],
    ['corrupt', ({ append }) => append('run1/columns.ndjson', 'nonsense\n')],
    ['corrupt', ({ files }) => files.set('users.ndjson', new Uint8Array([0xff, 0x0a]))],
    ['bad-value', ({ append }) => append('run1/columns.ndjson', '{"step":1}\n{"step":1}\n')],
    ['corrupt', ({ line }) => line({ step: 0, frame: 0 })],
    ['corrupt', framed(({ write }) => write(users, 'no array at all, but long enough'))],
    ['truncated', framed((folder) => folder.files.set(users, bytes(folder, users).slice(0, -1)))],
    ['bad-shape', framed(({ array }) => array(users, [2, 3], [1, 2, 3, 4, 5, 6]))],
    ['bad-shape', framed(({ array }) => array(users, [2, 2], [1, 2, 3, 4, 5]))],
    ['bad-shape', framed(({ array }) => array(users, [3, 2], [1, 2, 3, 4, 5, 6]))],
    ['bad-shape', framed(({ array }) => array('run1/000000.userBias.npy', [1], [1]))],
    ['bad-value', framed(({ array }) => array(users, [2, 2], [1, 2, Number.NaN, 4]))],
    ['bad-value', framed(({ array }) => array(users, [2, 2], [1, 2, Number.POSITIVE_INFINITY, 4]))],
  ];
  for (const [code, write] of cases) {
    const folder = memoryFolder();
    folder.manifest();
    write(folder);
    await expect(folderReader(folder.folder, room).look(), write.toString()).rejects.toThrow(code);
  }
});
