import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readRunFile } from './files/run-file/read';
import {
  bitsOf,
  digestOfFactors,
  recorded,
  recordedAt,
  savedRuns,
  savedRunsAt,
} from './fixtures/bits/digests';
import { reproduce } from './fixtures/bits/from-link';

/**
 * The same link gives the same bits, whatever becomes of the code: bits.json was recorded once, and holds from then
 * on. Only where results are meant to change may it be recorded anew, with RECORD_BITS=1 npx vitest run src/bits.test.ts.
 */
const links = recorded();

/** What a link says, in whatever order. */
const saidBy = (link: string) => Object.fromEntries(new URLSearchParams(link));

/** The links whose work several workers share out: one in pieces, one in blocks. */
const shared = links.filter(({ name }) => /^(small sample, as|sample of a million)/.test(name));

if (process.env.RECORD_BITS === '1')
  test('records the bits of all links anew', async () => {
    const anew: (typeof links)[number][] = [];
    for (const { name, link } of links) anew.push({ name, link, bits: bitsOf(await reproduce(link)) });
    writeFileSync(recordedAt, `${JSON.stringify(anew, null, 1)}\n`);
  });
else
  describe('same link, same bits', () => {
    test.each(links)('$name', async ({ link, bits }) => {
      const reproduced = await reproduce(link);
      expect(saidBy(reproduced.link)).toEqual(saidBy(link));
      expect(bitsOf(reproduced)).toEqual(bits);
    });

    test.each(shared)('$name, with three workers', async ({ link, bits }) => {
      expect(bitsOf(await reproduce(link, 3))).toEqual(bits);
    });

    test('another λ, however near, gives other bits', async () => {
      const { link, bits } = links[0];
      const near = bitsOf(
        await reproduce(link.replaceAll('+0.02', '+0.020001').replace('+15+', '+15.0001+')),
      );
      for (const method of ['als', 'sgd'])
        expect(near[`factors ${method}`]).not.toBe(bits[`factors ${method}`]);
    });
  });

test.each(Object.entries(savedRuns()))('the run file %s opens as it was saved', async (file, saved) => {
  const opened = await readRunFile(new Blob([readFileSync(new URL(file, savedRunsAt))]));
  if (!opened.ok) throw new Error(opened.problem.code);
  const runs = opened.runs.map(({ name, config, snapshots, changes, marks }) => ({
    ...{ name, method: config.method, changes },
    steps: snapshots.map(({ step }) => step),
    marks: marks.map(({ label }) => label),
    newest: digestOfFactors(snapshots[snapshots.length - 1]),
  }));
  expect(runs).toEqual(saved);
});
