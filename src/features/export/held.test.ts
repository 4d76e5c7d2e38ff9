import { beforeEach, describe, expect, test, vi } from 'vitest';
import { saveBlob } from '../../files/save';
import { fakePool } from '../../workers/fixtures/fake-worker';
import { roomInTab } from '../../workers/layout';
import { contextOf } from '../context.driver';
import { idleRun, runsOf } from '../race/slice';
import { beginning, ofStream } from '../stream/slice';
import { exportingDriver } from './exporting.driver';
import { learntStream, raceBench } from './fixtures/benches';

vi.mock('../../files/save', () => ({ saveBlob: vi.fn() }));
beforeEach(() => vi.mocked(saveBlob).mockClear());

/** The driver over a race and a stream, one of them on the stage, whose worker asks for parts when the test says so. */
function opened(mode: 'race' | 'stream') {
  const { workbench, held } = raceBench();
  const { pool, made } = fakePool();
  const context = contextOf(workbench, pool);
  context.ratings.put(held);
  workbench.setState(({ looks }) => ({ looks: { ...looks, mode }, stream: learntStream() }));
  const { runs, stream } = workbench.getState();
  const tracks = [...Object.values(runs).map(({ track }) => track), ...Object.values(stream.tracks)];
  const frames = Object.values(runs).flatMap(({ track }) => track.snapshots);
  const get = workbench.getState;
  return {
    ...{
      workbench,
      context,
      get,
      tracks,
      frames,
      exporting: exportingDriver(context, { bring: async () => {} }),
      workers: made.exporter,
    },
    asked: () => made.exporter[made.exporter.length - 1].asked('make'),
    areThere: () => frames.every(({ userFactors }) => userFactors.length > 0),
    areLetGo: () => frames.every(({ userFactors }) => userFactors.length === 0),
  };
}
type Bench = ReturnType<typeof opened>;

/** What somebody may do while a file is being made, as far as frames are concerned. */
const interruptions: Record<string, (bench: Bench) => void> = {
  'the runs begin anew, and the stream': ({ tracks, workbench }) => {
    for (const track of tracks) track.clear();
    workbench.setState({ runs: runsOf(idleRun) });
    workbench.setState(ofStream(beginning()));
  },
  'the runs go on, and their frames are thinned out': ({ tracks }) => {
    for (const track of tracks) {
      const { latest } = track;
      if (!latest) continue;
      for (const step of [7, 8]) track.add({ ...latest, step, userFactors: latest.userFactors.slice() });
      track.forget();
    }
  },
  'other ratings come': ({ tracks, workbench, context }) => {
    for (const track of tracks) track.clear();
    const { held } = raceBench();
    context.ratings.put(held);
    workbench.setState({ runs: runsOf(idleRun), scene: null, data: null });
    workbench.setState(ofStream({ ...beginning(), facts: null, config: null }));
  },
};

const exported = [
  { name: 'a GIF', mode: 'race', id: 'film', options: { format: 'gif', frameCount: 5 } },
  { name: 'a video', mode: 'race', id: 'film', options: { format: 'mp4', frameCount: 5 } },
  { name: 'all runs', mode: 'race', id: 'run-file', options: null },
  { name: 'a film of the stream', mode: 'stream', id: 'stream-film', options: { format: 'gif' } },
] as const;
type Exported = (typeof exported)[number];

/** All that crosses to the worker for a file; something happens after the second part. */
async function crossed(bench: Bench, { id, options }: Exported, happens: (bench: Bench) => void = () => {}) {
  const { exporting, asked } = bench;
  const saving = exporting.save(id, options);
  const { args, answer } = await asked();
  const all: unknown[] = [structuredClone(args[1])];
  for (let done = 0; ; done++) {
    if (done === 2) happens(bench);
    const part = args[2].next(done);
    if (part === null) break;
    all.push(structuredClone(part));
  }
  answer(new Blob(['x']));
  await saving;
  return all;
}

for (const one of exported)
  describe(`while ${one.name} is being saved`, () => {
    test.each(Object.entries(interruptions))('%s: the file is the same', async (_, happens) => {
      const undisturbed = await crossed(opened(one.mode), one);
      expect(undisturbed.length).toBeGreaterThan(3);
      const bench = opened(one.mode);
      expect(await crossed(bench, one, happens)).toEqual(undisturbed);
      expect(saveBlob).toHaveBeenCalledTimes(2);
      expect(bench.get().notice).toBeNull();
    });
  });

describe('what is held', () => {
  const reset = interruptions['the runs begin anew, and the stream'];
  const [gif] = exported;

  test('is let go once the file is there, and not before', async () => {
    const bench = opened('race');
    let whileSaved = false;
    await crossed(bench, gif, () => {
      reset(bench);
      whileSaved = bench.areThere();
    });
    expect(whileSaved).toBe(true);
    expect(bench.areLetGo()).toBe(true);
  });

  test('stays with the runs that still have it', async () => {
    const bench = opened('race');
    await crossed(bench, gif);
    expect(bench.areThere()).toBe(true);
    reset(bench);
    expect(bench.areLetGo()).toBe(true);
  });

  test.each([
    ['its worker dies', ({ workers }: Bench) => workers[0].die()],
    ['it is cancelled', ({ exporting }: Bench) => exporting.cancel()],
  ])('is let go where %s', async (_, ends) => {
    const bench = opened('race');
    const saving = bench.exporting.save('run-file', null);
    await bench.asked();
    reset(bench);
    expect(bench.areThere()).toBe(true);
    ends(bench);
    await saving;
    expect(bench.areLetGo()).toBe(true);
    expect(saveBlob).not.toHaveBeenCalled();
  });

  test('makes room where the tab has none for it beside what came: the export ends, and says why', async () => {
    const bench = opened('race');
    const fill = () =>
      bench.workbench.setState(({ computing }) => ({ computing: { ...computing, needed: roomInTab } }));
    // A full tab is no reason as long as the runs themselves have the frames.
    fill();
    await crossed(bench, gif);
    expect(saveBlob).toHaveBeenCalledTimes(1);
    const saving = bench.exporting.save('run-file', null);
    const { args } = await bench.asked();
    args[2].next(0);
    reset(bench);
    args[2].next(1);
    await saving;
    expect(bench.get()).toMatchObject({
      saving: null,
      notice: { kind: 'export-failed', problem: 'no-room' },
    });
    expect(saveBlob).toHaveBeenCalledTimes(1);
    expect(bench.areLetGo()).toBe(true);
  });

  test('counts the ratings, too, once others are on the stage', () => {
    const bench = opened('race');
    const held = bench.exporting.hold();
    expect(held?.bytes()).toBe(0);
    interruptions['other ratings come'](bench);
    const frames = bench.frames.reduce((sum, { userFactors }) => sum + userFactors.byteLength, 0);
    expect(held?.bytes()).toBeGreaterThan(frames + 60_000);
    held?.letGo();
  });

  test('is what a form asks about: it is saved as it was when the form opened, and pauses what learns', async () => {
    const undisturbed = await crossed(opened('race'), gif);
    const bench = opened('race');
    const held = bench.exporting.hold();
    expect(bench.get().playing).toBe(false);
    reset(bench);
    const { save } = bench.exporting;
    const ofForm = {
      ...bench.exporting,
      save: (id: string, options: unknown) => save(id, options, held ?? undefined),
    };
    expect(await crossed({ ...bench, exporting: ofForm }, gif)).toEqual(undisturbed);
    expect(bench.areLetGo()).toBe(true);
  });
});
