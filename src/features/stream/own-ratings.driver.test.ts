import { beforeEach, describe, expect, test, vi } from 'vitest';
import { allQuiet } from '../../workers/fixtures/fake-worker';
import { frameAt } from '../fixtures/loaded';
import { atBatch, opened, openLab } from './fixtures/lab-bench';

beforeEach(() => vi.stubGlobal('document', { hidden: false }));

describe('a rating of one’s own', () => {
  const rating = { user: 20, item: 3, value: 5 };
  const rated = (undoable: number) => ({
    ...({ status: 'rated', rating, undoable, snapshot: frameAt('sgd', 0) } as const),
  });

  /** A rating is asked for. */
  async function ratingAsked() {
    const bench = await openLab();
    bench.stream.draft(rating);
    bench.stream.rate();
    expect(bench.now()).toMatchObject({ rating: 'learning', playing: false });
    return { bench, asked: await bench.newest().asked('rate') };
  }

  test('is learnt, taken back, and gone once the stream goes on', async () => {
    const { bench, asked } = await ratingAsked();
    asked.answer(rated(1) as never);
    await allQuiet();
    expect(bench.now()).toMatchObject({
      ...{ rating: 'idle', undoable: 1, youCameAfter: 0, ownRatings: [rating], rated: { step: 0 } },
    });
    bench.stream.rate();
    (await bench.newest().asked('rate')).answer(rated(2) as never);
    await allQuiet();
    expect(bench.now().ownRatings).toHaveLength(2);
    bench.stream.undo();
    (await bench.newest().asked('undo')).answer({ snapshot: frameAt('sgd', 0), undoable: 1 });
    await allQuiet();
    expect(bench.now()).toMatchObject({ undoable: 1, youCameAfter: 0, ownRatings: [rating] });
    bench.stream.oneBatch();
    (await bench.newest().asked('advance')).answer(atBatch(1));
    await allQuiet();
    expect(bench.now()).toMatchObject({ undoable: 0, rated: null });
  });

  test('has nobody who learns it', async () => {
    const { bench, asked } = await ratingAsked();
    asked.answer(null);
    await allQuiet();
    expect(bench.now()).toMatchObject({ rating: 'no-learner', ownRatings: [], status: 'ready' });
  });

  test('was taken over by another stream: that one knows nothing of it', async () => {
    const { bench, asked } = await ratingAsked();
    bench.stream.restart();
    asked.answer(rated(1) as never);
    await opened(bench);
    expect(bench.now()).toMatchObject({ rating: 'idle', ownRatings: [], rated: null });
    bench.stream.rate();
    expect(bench.now().rating).toBe('idle');
  });
});
