import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlobWriter, TextReader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { raceMethodIds } from '../../methods';
import type { RunConfig } from '../../methods/config';
import type { Snapshot } from '../../methods/snapshot';
import type { Moment } from '../../metrics/moment';
import { seededRandom } from '../../ratings/random';
import { arrayNames, type Manifest, readManifest } from './manifest';
import { npyHeader, npyShape } from './npy';
import { type OpenedFile, readRunFile } from './read';
import type { Refusal } from './refusal';
import { writeRunFile } from './write';

const config: RunConfig = {
  ...{
    method: 'sgd',
    rank: 3,
    lambda: 0.05,
    regularisation: 'weighted',
    baseline: 'mean',
    learningRate: 0.02,
  },
  ...{ initial: 'normal', initialNoise: 0.1, seed: 7, holdOutShare: 0.2 },
};
const data: Manifest['data'] = {
  ...{ name: 'naïve “ratings”.csv', userCount: 5, itemCount: 4, ratingCount: 12, trainingCount: 10 },
  ...{ validationCount: 2, holdOut: 'latest', scale: { min: 1, max: 5, step: 0.5 }, checksum: '0123abcd' },
};
const moments: Moment[] = [
  [0, 0, 0, 0, 2, 2.1],
  [0.1, 1, 4, 0.25, 1.5, null],
  [1, 10, 40, 0.5, 1.1, 1.2],
].map(([step, observations, flops, seconds, trainRmse, validationRmse]) => ({
  ...{ step: step ?? 0, observations: observations ?? 0, flops, seconds: seconds ?? 0 },
  ...{ tallies: {}, values: { trainRmse, validationRmse } },
}));

/** A snapshot whose numbers come from `next`. */
function snapshotOf(
  step: number,
  rank: number,
  userCount: number,
  itemCount: number,
  next: () => number,
): Snapshot {
  const floats = (length: number) => Float32Array.from({ length }, next);
  return {
    ...{
      method: 'sgd',
      step,
      observations: step * 10,
      flops: step * 1e9,
      seconds: step / 7,
      rank,
      userCount,
      itemCount,
    },
    ...{
      mean: Math.PI * step,
      tallies: {},
      values: { trainRmse: 1 / (1 + step), validationRmse: step > 0 ? 2 / (1 + step) : null },
    },
    userBias: floats(userCount),
    itemBias: floats(itemCount),
    userFactors: floats(userCount * rank),
    itemFactors: floats(itemCount * rank),
  };
}

/** Of lists, a frame was judged. */
const judged = { part: 'validation', size: 3, likedFrom: 0.75, users: 10, among: 20 } as const;
const found: readonly Moment[] = [
  {
    ...{ step: moments[0].step, observations: 0, flops: 0, seconds: 0, tallies: {} },
    values: { validationNdcg: 0.25, validationNdcgError: null },
  },
];

function written(
  runs: readonly (readonly Snapshot[])[],
  about = data,
  how: typeof judged | null = null,
): Promise<Blob> {
  async function* frames() {
    for (const [run, snapshots] of runs.entries()) for (const snapshot of snapshots) yield { run, snapshot };
  }
  return writeRunFile(
    about,
    runs.map(([{ rank }], i) => ({
      ...{ name: `B-SGD ${i + 1}`, config: { ...config, rank }, moments, found: how ? found : [] },
      marks: [{ step: 0.1, observations: 1, seconds: 0, flops: 0, setting: 'γ', label: 'γ 0.01' }],
      changes: [{ unit: 3, lambda: 0.1, learningRate: 0.01 }],
    })),
    frames(),
    how,
  );
}

const twoRuns = () => {
  const { normal } = seededRandom(1);
  const at = (step: number) => snapshotOf(step, 3, 5, 4, normal);
  return [[at(0), at(0.1), at(1 / 3)], [at(0)]];
};

const opened = (file: OpenedFile) => {
  if (!file.ok) throw new Error(`refused: ${file.problem.code}`);
  return file;
};
const bits = (values: Float32Array) => [...new Uint32Array(values.buffer, values.byteOffset, values.length)];

describe('NPY', () => {
  test('a header says its shape, and data begin at a multiple of 64 bytes, as numpy has it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e9), { minLength: 1, maxLength: 4 }), (shape) => {
        const header = npyHeader(shape);
        expect(header.length % 64).toBe(0);
        expect(npyShape(header)).toEqual({ shape, dataAt: header.length });
        for (const length of [0, 5, 11, header.length - 1])
          expect(npyShape(header.subarray(0, length))).toBeNull();
      }),
    );
  });

  test('other kinds and orders of numbers, and what is no NPY, are refused', () => {
    const changed = (from: string, to: string) =>
      new TextEncoder().encode(String.fromCharCode(...npyHeader([2, 3])).replace(from, to));
    const codeOf = (head: Uint8Array) => {
      try {
        return npyShape(head);
      } catch (error) {
        return (error as Refusal).code;
      }
    };
    // What is not ASCII is one byte in the file.
    const header = (from: string, to: string) => {
      const bytes = changed(from, to).slice(1);
      bytes[0] = 0x93;
      return bytes;
    };
    expect(codeOf(header('<f4', '<f4'))).toMatchObject({ shape: [2, 3] });
    expect(codeOf(header('<f4', '<f8'))).toBe('bad-value');
    expect(codeOf(header('<f4', '>f4'))).toBe('bad-value');
    expect(codeOf(header('False', 'True '))).toBe('bad-value');
    expect(codeOf(header("'shape'", "'sharp'"))).toBe('corrupt');
    expect(codeOf(new TextEncoder().encode('not an array at all'))).toBe('corrupt');
  });
});

/** The least that a manifest says beside the configuration of its run. */
const manifestOf = (config: unknown) =>
  JSON.stringify({
    ...{ format: 'factorscope-run', version: 1, data },
    runs: [{ name: 'a run', folder: 'run1', config, snapshots: { step: [0], trainRmse: [1] } }],
  });

describe('the configuration of a run', () => {
  const positive = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(Math.abs);
  const anyConfig: fc.Arbitrary<RunConfig> = fc.record({
    method: fc.constantFrom(...raceMethodIds),
    rank: fc.integer({ min: 1, max: 256 }),
    lambda: positive,
    regularisation: fc.constantFrom('plain', 'weighted'),
    baseline: fc.constantFrom('none', 'mean', 'biases'),
    learningRate: positive,
    initial: fc.constantFrom('normal', 'uniform'),
    initialNoise: positive,
    seed: fc.nat(),
    holdOutShare: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
  });

  test('survives its manifest, whatever it is', () => {
    fc.assert(
      fc.property(anyConfig, (config) => {
        expect(readManifest(manifestOf(config)).runs[0].config).toEqual(config);
      }),
    );
  });

  test('needs a method and a rank; the rest is what a run without it has', () => {
    expect(readManifest(manifestOf({ method: 'als', rank: 3 })).runs[0].config).toEqual({
      ...{ method: 'als', rank: 3, lambda: 0, regularisation: 'plain', baseline: 'none', learningRate: 0 },
      ...{ initial: 'normal', initialNoise: 0, seed: 0, holdOutShare: 0 },
    });
    for (const wrong of [
      ...[{ rank: 0 }, { rank: 1.5 }, { rank: undefined }, { method: 'k-means' }, { method: undefined }],
      ...[{ lambda: -1 }, { lambda: null }, { seed: 0.5 }, { holdOutShare: 1.1 }, { baseline: 'toString' }],
    ])
      expect(() => readManifest(manifestOf({ method: 'als', rank: 3, ...wrong }))).toThrow('bad-value');
    expect(() => readManifest(manifestOf({ method: 'als', rank: 3, more: 1 }))).toThrow('unknown-key');
  });
});

describe('a run file', () => {
  test('gives back what was written, bit for bit', async () => {
    const runs = twoRuns();
    const { data: about, runs: back } = opened(await readRunFile(await written(runs)));
    expect(about).toEqual(data);
    expect(back.map(({ name }) => name)).toEqual(['B-SGD 1', 'B-SGD 2']);
    expect(back[0]).toMatchObject({
      config,
      moments,
      changes: [{ unit: 3, lambda: 0.1, learningRate: 0.01 }],
    });
    expect(back.map(({ snapshots }) => snapshots)).toEqual(runs);
  });

  test('keeps every float32 there is, −0 and the smallest too', async () => {
    const float = fc.float({ noNaN: true, noDefaultInfinity: true });
    await fc.assert(
      fc.asyncProperty(
        fc.array(float, { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (values, userCount, itemCount, rank) => {
          let i = 0;
          const one = snapshotOf(0.5, rank, userCount, itemCount, () => values[i++ % values.length]);
          const file = await written([[one]], { ...data, userCount, itemCount });
          const [{ snapshots }] = opened(await readRunFile(file)).runs;
          for (const name of arrayNames) expect(bits(snapshots[0][name])).toEqual(bits(one[name]));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('cut off anywhere, it is refused', async () => {
    const file = await written(twoRuns());
    for (let share = 0; share < 40; share++) {
      const answer = await readRunFile(file.slice(0, Math.floor((file.size * share) / 40)));
      expect(answer).toMatchObject({ ok: false });
      expect(['truncated', 'not-a-run-file', 'corrupt']).toContain(answer.ok ? '' : answer.problem.code);
    }
  });

  test('with any byte changed it is refused, or says the same', async () => {
    const runs = twoRuns();
    const file = new Uint8Array(await (await written(runs)).arrayBuffer());
    const { below } = seededRandom(3);
    let refused = 0;
    for (let i = 0; i < 120; i++) {
      const bytes = file.slice();
      // Every second one in the directory at the end, where names and lengths are.
      const from = i % 2 === 0 ? 0 : bytes.length - 800;
      bytes[from + below(bytes.length - from)] ^= 1 + below(255);
      const answer = await readRunFile(new Blob([bytes]));
      if (answer.ok) expect(answer.runs.map(({ snapshots }) => snapshots)).toEqual(runs);
      else refused++;
    }
    expect(refused).toBeGreaterThan(40);
  }, 20_000);

  test('is read by numpy as it stands in the documentation', async () => {
    const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', 'import numpy']).status === 0);
    if (!python) return console.info('numpy is absent: the run file was re-read by our own reader only');
    const runs = twoRuns();
    const folder = mkdtempSync(join(tmpdir(), 'run-file-'));
    try {
      const path = join(folder, 'run.zip');
      writeFileSync(path, new Uint8Array(await (await written(runs)).arrayBuffer()));
      const program = `
import io, json, sys, zipfile, numpy as np
z = zipfile.ZipFile(sys.argv[1])
U, P = (np.load(io.BytesIO(z.read(f'run1/{name}Factors.npy'))) for name in ('user', 'item'))
assert z.testzip() is None
m = json.loads(z.read('manifest.json'))['runs'][0]
print(json.dumps([list(U.shape), list(P.shape), str(U.dtype), m['snapshots']['step'], U.view(np.uint32).ravel().tolist()]))
`;
      const { stdout, stderr } = spawnSync(python, ['-c', program, path], { encoding: 'utf8' });
      expect(stderr).toBe('');
      const [users, items, type, steps, words] = JSON.parse(stdout);
      expect([users, items, type]).toEqual([[3, 5, 3], [3, 4, 3], 'float32']);
      expect(steps).toEqual(moments.map(({ step }) => step));
      expect(words).toEqual(runs[0].flatMap(({ userFactors }) => bits(userFactors)));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const odd: { name: string; expect: string; reason?: string }[] = JSON.parse(
  fixture('manifest.json').toString(),
);

/** Two users' and three items' worth of arrays that fit the tiny manifests of the fixtures; compressed, as others do. */
async function archiveOf(
  manifest: string | Uint8Array,
  arrays: Record<string, Uint8Array>,
  folder = '',
): Promise<Blob> {
  const zip = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  const source = typeof manifest === 'string' ? new TextReader(manifest) : new Uint8ArrayReader(manifest);
  await zip.add(`${folder}manifest.json`, source);
  for (const [name, bytes] of Object.entries(arrays))
    await zip.add(folder + name, new Uint8ArrayReader(bytes));
  return zip.close();
}
const npy = (shape: number[], values: number[]) =>
  new Uint8Array([...npyHeader(shape), ...new Uint8Array(Float32Array.from(values).buffer)]);
const tiny = {
  'run1/userFactors.npy': npy(
    [2, 3, 2],
    Array.from({ length: 12 }, (_, i) => i),
  ),
  'run1/itemFactors.npy': npy(
    [2, 2, 2],
    Array.from({ length: 8 }, (_, i) => -i),
  ),
};
const tinyManifest = fixture('188_run_bom.json').toString().slice(1);

describe('what others write', () => {
  for (const { name, expect: expected, reason } of odd) {
    test(`${name}: ${expected} ${reason ?? ''}`, async () => {
      const answer = await readRunFile(await archiveOf(fixture(name), tiny));
      expect(answer.ok ? { expect: 'accept' } : { expect: 'reject', reason: answer.problem.code }).toEqual(
        reason ? { expect: expected, reason } : { expect: expected },
      );
      expect(({} as { polluted?: number }).polluted).toBeUndefined();
      // A manifest alone is no run.
      expect(await readRunFile(new Blob([fixture(name)]))).toEqual({
        ok: false,
        problem: { code: 'not-a-run-file' },
      });
    });
  }

  test('the least that a run needs: counts, scale, method, rank, steps, errors and factors', async () => {
    for (const folder of ['', 'my-run/']) {
      const [run] = opened(await readRunFile(await archiveOf(tinyManifest, tiny, folder))).runs;
      expect(run).toMatchObject({
        name: 'ALS',
        config: { method: 'als', rank: 2, learningRate: 0, seed: 0 },
      });
      expect(
        run.snapshots.map(({ step, mean, values }) => [step, mean, values?.validationRmse ?? null]),
      ).toEqual([
        [0, 0, null],
        [1, 0, null],
      ]);
      expect([...run.snapshots[1].userFactors]).toEqual([6, 7, 8, 9, 10, 11]);
      expect([...run.snapshots[1].itemBias]).toEqual([0, 0]);
      expect(run.moments.map(({ values }) => values?.trainRmse)).toEqual([2, 1]);
    }
  });

  test('arrays that do not fit, are not numbers, or are not there are refused', async () => {
    const users = 'run1/userFactors.npy';
    const values = Array.from({ length: 12 }, (_, i) => i);
    const codeFor = async (bytes: Uint8Array) => {
      const answer = await readRunFile(await archiveOf(tinyManifest, { ...tiny, [users]: bytes }));
      return answer.ok ? 'taken' : answer.problem.code;
    };
    expect(await codeFor(npy([2, 3, 2], values))).toBe('taken');
    expect(await codeFor(npy([2, 2, 3], values))).toBe('bad-shape');
    expect(await codeFor(npy([12], values))).toBe('bad-shape');
    expect(await codeFor(npy([2, 3, 2], [...values, 1]))).toBe('bad-shape');
    expect(await codeFor(npy([2, 3, 2], values.slice(1)))).toBe('truncated');
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(await codeFor(npy([2, 3, 2], [...values.slice(1), bad]))).toBe('bad-value');
    expect(await codeFor(new Uint8Array(0))).toBe('corrupt');
    const { [users]: _, ...without } = tiny;
    expect(await readRunFile(await archiveOf(tinyManifest, without))).toEqual({
      ok: false,
      problem: { code: 'bad-shape' },
    });
  });

  test('what would unpack to far more than it is worth is refused before it is unpacked', async () => {
    const steps = Array.from({ length: 3000 }, (_, i) => i);
    const sayings = (rank: number) => {
      const said = JSON.parse(tinyManifest);
      said.data = { ...said.data, userCount: 3000, itemCount: 2000 };
      const [run] = said.runs;
      run.config.rank = rank;
      run.snapshots = Object.fromEntries(Object.keys(run.snapshots).map((key) => [key, steps]));
      return JSON.stringify(said);
    };
    for (const [rank, code] of [
      [1, 'bad-shape'],
      [64, 'too-large'],
    ] as const)
      expect(await readRunFile(await archiveOf(sayings(rank), tiny))).toEqual({
        ok: false,
        problem: { code },
      });
  });

  test('steps that go back, folders that lead elsewhere, keys and versions that are not known are refused', async () => {
    const codeFor = async (from: string, to: string) => {
      expect(tinyManifest).toContain(from);
      const answer = await readRunFile(await archiveOf(tinyManifest.replace(from, to), tiny));
      return answer.ok ? 'taken' : answer.problem.code;
    };
    expect(await codeFor('"step":[0,1]', '"step":[1,0]')).toBe('bad-value');
    expect(await codeFor('"step":[0,1]', '"step":[]')).toBe('bad-shape');
    expect(await codeFor('"folder":"run1"', '"folder":"../run1"')).toBe('bad-value');
    expect(await codeFor('"rank":2', '"rank":2,"momentum":1')).toBe('unknown-key');
    expect(await codeFor('"rank":2', '"rank":2.5')).toBe('bad-value');
    expect(await codeFor('"rank":2,', '')).toBe('bad-value');
    expect(await codeFor('"rank":2', '"rank":257')).toBe('too-large');
    expect(await codeFor('"version":1', '"version":2')).toBe('newer-version');
    expect(await codeFor('"version":1', '"version":"1"')).toBe('bad-value');
    expect(await codeFor('"max":5', '"max":0')).toBe('bad-value');
  });

  test('archives that are no runs are told apart, locked ones too', async () => {
    const zip = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
    await zip.add('ratings.csv', new TextReader('1,2,3\n'));
    expect(await readRunFile(await zip.close())).toEqual({ ok: false, problem: { code: 'not-a-run-file' } });
    const locked = new ZipWriter(new BlobWriter(), { useWebWorkers: false, password: 'x' });
    await locked.add('manifest.json', new TextReader(tinyManifest));
    expect(await readRunFile(await locked.close())).toEqual({
      ok: false,
      problem: { code: 'encrypted-zip' },
    });
  });
});

test('what frames recommended comes back as it was recorded, with how it was judged', async () => {
  const { judged: how, runs } = opened(await readRunFile(await written(twoRuns(), data, judged)));
  expect(how).toEqual(judged);
  const [{ found: lists }] = runs;
  expect(lists).toHaveLength(1);
  // Where it was is what the moment of the same step says.
  const { observations, flops, seconds } = runs[0].moments[0];
  expect(lists[0]).toMatchObject({ step: moments[0].step, observations, flops, seconds });
  expect(lists[0].values).toMatchObject({ validationNdcg: 0.25, validationNdcgError: null });
  const plain = opened(await readRunFile(await written(twoRuns())));
  expect([plain.judged, plain.runs[0].found]).toEqual([null, []]);
});
