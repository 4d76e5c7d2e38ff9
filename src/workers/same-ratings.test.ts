import { gzipSync } from 'node:zlib';
import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { expect, test } from 'vitest';
import { pageKernels } from '../kernels/page-kernels';
import { atOnceOf } from '../methods';
import { finish, snapshotOf } from '../methods/fixtures/finish';
import { trainingRmse } from '../methods/run';
import { readFiles } from '../ratings/formats/read-files';
import { holdOut } from '../ratings/hold-out';
import { sourceOf } from '../ratings/lines';
import { seededRandom, shuffledIndices } from '../ratings/random';
import type { RatingSet } from '../ratings/rating-set';
import { sampleCsv } from '../ratings/sample';
import { settle } from '../ratings/sliced';

/** However the same ratings are written down, the same is learnt from them. */

const lines = sampleCsv(3).trimEnd().split('\n');
const [header, ...body] = lines;
const text = lines.join('\n');

async function read(content: string | Uint8Array): Promise<RatingSet> {
  const file = { file: new Blob([content as BlobPart]), name: 'r.csv' };
  const result = await readFiles(
    [file],
    {},
    () => {},
    () => undefined,
  );
  if (!result.ok) throw new Error(result.problem.code);
  return result.ratings;
}

/** Counts, and RMSE of ALS after so many iterations, on all ratings. */
function learnt(ratings: RatingSet, iterations = 3) {
  const { userCount, itemCount, ratingCount } = ratings;
  const split = settle(
    holdOut(sourceOf(ratings, userCount, itemCount), { kind: 'random', share: 0, seed: 1 }),
  );
  const run = settle(
    atOnceOf('als').begin(pageKernels, ratings, split, {
      ...{
        method: 'als',
        rank: 2,
        lambda: 0.1,
        regularisation: 'weighted',
        baseline: 'mean',
        learningRate: 1,
      },
      ...{ initial: 'normal', initialNoise: 0.1, seed: 5, holdOutShare: 0 },
    }),
  );
  finish(run.advance(2 * iterations));
  return { userCount, itemCount, ratingCount, rmse: trainingRmse(snapshotOf(run)) };
}

test('line ends, marks, encodings and archives change nothing, bit for bit', async () => {
  const plain = learnt(await read(text));
  expect(plain).toMatchObject({ ratingCount: 60_000 });
  const zip = new ZipWriter(new Uint8ArrayWriter());
  await zip.add('ml/ratings.csv', new TextReader(text));
  const utf16 = new Uint8Array(2 + 2 * text.length);
  utf16.set([0xff, 0xfe]);
  for (let i = 0; i < text.length; i++) utf16[2 + 2 * i] = text.charCodeAt(i);
  for (const written of [
    lines.join('\r\n'),
    lines.join('\r'),
    `\ufeff${text}\n`,
    text.replaceAll(',', ';'),
    gzipSync(text),
    await zip.close(),
    utf16,
  ])
    expect(learnt(await read(written))).toEqual(plain);
}, 30_000);

test('nor do the names of users and items', async () => {
  const renamed = [header, ...body.map((line) => line.replace(/^(\d+),(\d+)/, 'Ünal $1,"item, $2"'))].join(
    '\n',
  );
  expect(learnt(await read(renamed))).toEqual(learnt(await read(text)));
});

test('the order of the rows changes where ALS starts, not where it ends', async () => {
  const settled = 40;
  const plain = learnt(await read(text), settled);
  const order = shuffledIndices(body.length, seededRandom(2));
  const { rmse, ...counts } = learnt(
    await read([header, ...Array.from(order, (j) => body[j])].join('\n')),
    settled,
  );
  expect(plain).toMatchObject(counts);
  expect(Math.abs(rmse - plain.rmse)).toBeLessThan(0.0005 * plain.rmse);
});
