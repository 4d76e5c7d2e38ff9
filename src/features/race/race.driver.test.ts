import { beforeEach, describe, expect, test } from 'vitest';
import { knownTally } from '../../metrics/tally';
import { allQuiet, notCloneable } from '../../workers/fixtures/fake-worker';
import { stubFrames } from '../fixtures/frames';
import { frameAt } from '../fixtures/loaded';
import { at, begun, type RunBench, runBench } from './fixtures/run-bench';

let frames = stubFrames();
beforeEach(() => {
  frames = stubFrames();
});

/** The next piece of work that a run asks of its worker, once its frame has come. */
async function nextPiece(worker: RunBench['workers'][number]) {
  frames.pass();
  return worker.asked('advance');
}

describe('a run', () => {
  test('is begun, goes on frame by frame, and is finished at its end', async () => {
    const bench = runBench();
    bench.workbench.setState(({ settings }) => ({ settings: { ...settings, iterations: 1 } }));
    const [worker] = bench.workers;
    bench.race.handOver('als');
    const load = await worker.asked('load');
    expect(load.args[1]).toBe('als');
    load.answer('page');
    const run = bench.race.fresh('als');
    void bench.race.conduct('als', run);
    expect(bench.run('als')).toMatchObject({ name: 'ALS 1', status: 'starting' });
    const start = await worker.asked('start');
    const past = { changes: [], from: null, unit: 0, firstRmse: null };
    expect(start.args[0]).toEqual({ feed: 'all', config: run.config, past });
    start.answer(at('als', 0));
    await allQuiet();
    expect(bench.run('als').status).toBe('going');
    expect(bench.get().computing.slow).toBe(true);
    for (const step of [0.5, 1]) {
      const piece = await nextPiece(worker);
      expect(piece.args).toEqual([{ units: 1 }]);
      piece.answer(at('als', step));
      await allQuiet();
    }
    expect(bench.run('als')).toMatchObject({ status: 'finished', moments: 4 });
    expect(bench.run('als').track.along('step')).toEqual([0, 0.5, 1]);
    frames.pass(3);
    expect(worker.called.filter((name) => name === 'advance')).toHaveLength(2);
    // A later end is another way to go on.
    bench.workbench.setState(({ settings }) => ({ settings: { ...settings, iterations: 5 } }));
    void bench.events.tell('settingsChanged', ['iterations']);
    expect(bench.run('als').status).toBe('going');
  });

  test('pauses, makes single steps, and leaves the machine to a large file that is being read', async () => {
    const bench = runBench();
    const { worker } = await begun(bench);
    bench.workbench.setState({ playing: false });
    frames.pass(3);
    expect(worker.called).not.toContain('advance');
    bench.race.step('als', 'step');
    const step = await nextPiece(worker);
    expect(step.args).toEqual([{ units: 2 }]);
    step.answer(at('als', 1));
    await allQuiet();
    const loading = { what: 'large', share: null, rows: 2e6, since: 0 };
    bench.workbench.setState({ playing: true, loading });
    frames.pass(3);
    expect(worker.called.filter((name) => name === 'advance')).toHaveLength(1);
  });

  test('diverges: where and what would hold is said, and it does not go on', async () => {
    const bench = runBench();
    const { worker } = await begun(bench);
    (await nextPiece(worker)).answer({
      status: 'diverged',
      cause: 'grew',
      moments: [],
      step: 3,
      proposedLearningRate: 0.01,
    });
    await allQuiet();
    const diverged = { cause: 'grew', step: 3, proposedLearningRate: 0.01 };
    expect(bench.run('als')).toMatchObject({ status: 'diverged', diverged });
    const { latest } = bench.run('als').track;
    if (latest) bench.race.goOn('als', latest);
    bench.race.apply('als', { lambda: 1, learningRate: 1 });
    expect(worker.called.filter((name) => name === 'apply')).toHaveLength(0);
  });

  test.each([
    ['a sum of errors', { tallies: { train: knownTally(1, 0, Number.NaN) } }],
    ['a validation error', { values: { validationRmse: Number.POSITIVE_INFINITY } }],
    ['a factor', { userFactors: Float32Array.of(1, Number.NaN) }],
  ])('ends at its last good frame where %s is no finite number, whoever sent it', async (_, broken) => {
    const bench = runBench();
    const { worker } = await begun(bench);
    const [good, bad] = [frameAt('als', 0.5), { ...frameAt('als', 1), ...broken }];
    (await nextPiece(worker)).answer({
      ...{ status: 'running', unit: 3, moments: [good, bad, frameAt('als', 1.5)] },
      ...{ snapshots: [good, bad] },
    });
    await allQuiet();
    const { status, diverged, track } = bench.run('als');
    expect([status, diverged?.cause, diverged?.step]).toEqual(['diverged', 'not-finite', 1]);
    expect([track.along('step'), track.latest?.step]).toEqual([[0, 0.5], 0.5]);
    frames.pass(3);
    expect(worker.called.filter((name) => name === 'advance')).toHaveLength(1);
  });

  test('takes λ up where the worker says; what comes after another run has begun is dropped', async () => {
    const bench = runBench();
    const { worker } = await begun(bench);
    bench.race.apply('als', { lambda: 2, learningRate: 0.1 });
    const change = { unit: 1, lambda: 2, learningRate: 0.1 };
    (await worker.asked('apply')).answer(change);
    await allQuiet();
    expect(bench.run('als').changes).toEqual([change]);
    bench.race.apply('als', { lambda: 3, learningRate: 0.1 });
    const late = await worker.asked('apply');
    void bench.race.conduct('als', bench.race.fresh('als'));
    late.answer({ ...change, lambda: 3 });
    await allQuiet();
    expect(bench.run('als').changes).toEqual([]);
  });

  test('goes on from any of its frames, as it was changed on the way', async () => {
    const bench = runBench();
    const { worker } = await begun(bench);
    (await nextPiece(worker)).answer(at('als', 0.5));
    await allQuiet();
    const { track, id } = bench.run('als');
    bench.race.goOn('als', track.snapshots[1]);
    expect(worker.called.filter((name) => name === 'start')).toHaveLength(1);
    bench.race.goOn('als', track.snapshots[0]);
    const again = await worker.asked('start');
    expect(again.args[0]).toMatchObject({ past: { unit: 0, from: { step: 0 } } });
    expect([bench.run('als').id, track.along('step')]).toEqual([id, [0]]);
  });
});

describe('whatever becomes of a worker, it is said, and there is a way on', () => {
  /** Another worker is given the ratings, and takes the run up from its newest frame. */
  async function revives(bench: RunBench, step: number) {
    expect(bench.run('als').status).toBe('lost');
    const before = bench.workers.length;
    bench.race.revive('als');
    expect(bench.workers).toHaveLength(before + 1);
    const worker = bench.workers[before];
    (await worker.asked('load')).answer('simd');
    const start = await worker.asked('start');
    start.answer(at('als', step));
    await allQuiet();
    expect(bench.run('als')).toMatchObject({ status: 'going', name: 'ALS 1' });
    (await nextPiece(worker)).answer(at('als', step + 0.5));
    await allQuiet();
    expect(bench.run('als').track.latest?.step).toBe(step + 0.5);
    return start.args[0];
  }

  test('it dies when the run is begun', async () => {
    const bench = runBench();
    bench.race.handOver('als');
    void bench.race.conduct('als', bench.race.fresh('als'));
    bench.workers[0].die();
    await allQuiet();
    await revives(bench, 0);
  });

  test('it dies at work', async () => {
    const bench = runBench();
    const { worker } = await begun(bench);
    (await nextPiece(worker)).answer(at('als', 0.5));
    await allQuiet();
    await nextPiece(worker);
    worker.die();
    await allQuiet();
    expect(await revives(bench, 0.5)).toMatchObject({ past: { unit: 1, from: { step: 0.5 } } });
  });

  test('it dies while paused: whoever plays finds out, and no setting brings one that knows nothing', async () => {
    const bench = runBench();
    const { worker } = await begun(bench);
    worker.die();
    await bench.events.tell('settingsChanged', ['workers']);
    bench.race.apply('als', { lambda: 2, learningRate: 0.1 });
    expect(await bench.race.visit('als', 3)).toBeNull();
    expect([bench.workers.length, bench.run('als').status]).toEqual([2, 'going']);
    frames.pass();
    await allQuiet();
    await revives(bench, 0);
  });

  test('it hangs: another run does not wait for it, and its late answer is dropped', async () => {
    const bench = runBench();
    const { worker, conducted } = await begun(bench);
    const hung = await nextPiece(worker);
    const next = bench.race.fresh('als');
    void bench.race.conduct('als', next);
    (await worker.asked('start')).answer(at('als', 0));
    hung.answer(at('als', 9));
    await conducted;
    expect(bench.run('als')).toMatchObject({ id: next.id, status: 'going' });
    expect(next.track.along('step')).toEqual([0]);
  });

  test('two runs are begun, and answered in the other order: only the newer counts', async () => {
    const bench = runBench();
    const [worker] = bench.workers;
    const runs = [bench.race.fresh('als'), bench.race.fresh('als')];
    for (const run of runs) void bench.race.conduct('als', run);
    const [older, newer] = [await worker.asked('start'), await worker.asked('start')];
    newer.answer(at('als', 0));
    await allQuiet();
    older.answer({ status: 'superseded' });
    await allQuiet();
    expect(bench.run('als')).toMatchObject({ id: runs[1].id, status: 'going' });
    expect(runs[0].track.latest).toBeNull();
  });

  test('something took it over unasked: Play brings it back', async () => {
    const bench = runBench();
    const { worker } = await begun(bench);
    (await nextPiece(worker)).answer({ status: 'superseded' });
    await allQuiet();
    const { latest } = bench.run('als').track;
    if (latest) bench.race.goOn('als', latest);
    expect(await worker.asked('start')).toBeDefined();
  });

  test('it answers twice with the same frame: the run has it once', async () => {
    const bench = runBench();
    const { worker } = await begun(bench);
    for (let i = 0; i < 2; i++) {
      (await nextPiece(worker)).answer(at('als', 0.5));
      await allQuiet();
    }
    expect(bench.run('als').track.along('step')).toEqual([0, 0.5]);
  });

  test('one that ends by itself is replaced once without a word, and what was asked of it is done', async () => {
    const bench = runBench();
    const { worker } = await begun(bench);
    bench.workbench.setState({ playing: false });
    bench.race.step('als', 'step');
    await nextPiece(worker);
    worker.die('died');
    await allQuiet();
    const [, , second] = bench.workers;
    (await second.asked('load')).answer('simd');
    const start = await second.asked('start');
    // From the newest frame to the end of the step that was wanted.
    expect(start.args[0]).toMatchObject({ past: { unit: 2, from: { step: 0 } } });
    start.answer(at('als', 1));
    await allQuiet();
    expect(bench.run('als').track.along('step')).toEqual([0, 1]);
    second.die('died');
    bench.race.step('als', 'step');
    frames.pass();
    await allQuiet();
    expect(bench.run('als')).toMatchObject({ status: 'lost', loss: 'died' });
    bench.race.revive('als');
    expect(bench.workers).toHaveLength(4);
  });

  test('one that has lost a helper begins again from the newest frame, by itself', async () => {
    const bench = runBench();
    const { worker } = await begun(bench);
    for (const step of [0.5, 1]) {
      (await nextPiece(worker)).fail(Object.assign(new Error('a helper was lost'), { name: 'HelperLost' }));
      (await worker.asked('start')).answer(at('als', step));
      await allQuiet();
    }
    expect(bench.run('als')).toMatchObject({ status: 'going' });
    expect(bench.workers).toHaveLength(2);
    expect(bench.run('als').track.along('step')).toEqual([0, 0.5, 1]);
  });

  test('one that goes back is not followed: it begins again where the run is', async () => {
    const bench = runBench();
    const { worker } = await begun(bench);
    (await nextPiece(worker)).answer({ ...at('als', 2), unit: 4 } as never);
    await allQuiet();
    (await nextPiece(worker)).answer({ ...at('als', 1), unit: 2 } as never);
    expect((await worker.asked('start')).args[0]).toMatchObject({ past: { from: { step: 2 } } });
    expect(bench.run('als').track.along('step')).toEqual([0, 2]);
  });

  test('the other method goes on meanwhile', async () => {
    const bench = runBench();
    const { worker } = await begun(bench);
    void bench.race.conduct('sgd', bench.race.fresh('sgd'));
    (await bench.workers[1].asked('start')).answer(at('sgd', 0));
    worker.die();
    await allQuiet();
    frames.pass();
    (await bench.workers[1].asked('advance')).answer(at('sgd', 1));
    await allQuiet();
    expect([bench.run('als').status, bench.run('sgd').status]).toEqual(['lost', 'going']);
  });

  test('what cannot be cloned is our mistake: it is thrown, and the run is said to be lost', async () => {
    const bench = runBench();
    const conducted = bench.race.conduct('als', bench.race.fresh('als'));
    (await bench.workers[0].asked('start')).fail(notCloneable());
    await expect(conducted).rejects.toHaveProperty('name', 'DataCloneError');
    await revives(bench, 0);
  });

  test('all are let go with other ratings: that is not a loss, and the next runs have workers of their own', async () => {
    const bench = runBench();
    const { worker, conducted } = await begun(bench);
    bench.race.halt('als');
    bench.race.dismiss();
    await conducted;
    expect([worker.alive, bench.run('als').status]).toEqual([false, 'starting']);
    bench.race.handOver('als');
    expect(await bench.workers[2].asked('load')).toBeDefined();
  });
});

describe('a frame that is sought', () => {
  test('is computed from the one before, and the run goes on from where it was', async () => {
    const bench = runBench();
    const { worker, conducted } = await begun(bench);
    const { latest } = bench.run('als').track;
    if (!latest) throw new Error('no frame');
    const sought = bench.race.seek('als', 3, latest);
    const start = await worker.asked('start');
    expect(start.args[0]).toMatchObject({ past: { unit: 3, from: { step: 0 } } });
    start.answer(at('als', 1.5));
    expect(await sought).toMatchObject({ snapshots: [{ step: 1.5 }] });
    await conducted;
    frames.pass(3);
    expect(worker.called).not.toContain('advance');
    bench.race.goOn('als', latest);
    expect((await worker.asked('start')).args[0]).toMatchObject({ past: { unit: 0 } });
  });

  test('does not come where another run takes the worker, or it dies', async () => {
    const bench = runBench();
    const { worker } = await begun(bench);
    const { latest } = bench.run('als').track;
    if (!latest) throw new Error('no frame');
    const sought = bench.race.seek('als', 3, latest);
    (await worker.asked('start')).answer({ status: 'superseded' });
    expect(await sought).toBeNull();
    const again = bench.race.seek('als', 3, latest);
    worker.die();
    await expect(again).rejects.toHaveProperty('name', 'WorkerLost');
  });
});
