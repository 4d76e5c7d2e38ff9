import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readRunFile } from './read';

/** Written by spark's `RunWriter`, whose tests write it again and find it the same. */
const written = new URL('../fixtures/run-writer.zip', import.meta.url);

test('a run that another program wrote while it learnt is opened, late users and titles and all', async () => {
  const answer = await readRunFile(new Blob([readFileSync(written)]));
  if (!answer.ok) throw new Error(answer.problem.code);
  const [run] = answer.runs;
  expect(answer.data).toMatchObject({ name: 'example', userCount: 3, itemCount: 3, trainingCount: 7 });
  expect(run.config).toMatchObject({ method: 'sgd', rank: 2, lambda: 0.05, learningRate: 0.02 });
  // Batches of a stream, as shares of an epoch.
  expect(run.moments.map(({ step }) => step)).toEqual([0, 4 / 7, 1]);
  expect(run.moments.map(({ values }) => values)).toEqual([
    { trainRmse: null, validationRmse: 1.5 },
    { trainRmse: 1.25, validationRmse: 1.375 },
    { trainRmse: 1, validationRmse: 1.25 },
  ]);
  const [first, last] = run.snapshots;
  expect([...first.userFactors]).toEqual([0, 1, 2, 3, 0, 0]);
  expect([...last.userFactors]).toEqual([0, 1, 2, 3, 4, 5]);
  expect([...last.userBias]).toEqual([0.5, -0.5, 0.25]);
  expect([first.mean, last.mean]).toEqual([3, 3.5]);
});
