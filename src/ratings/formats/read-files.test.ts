import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../random';
import { readFiles } from './read-files';

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../workers/fixtures/${name}`, import.meta.url)));

interface Odd {
  readonly name: string;
  readonly category: string;
  readonly expect: 'accept' | 'warn' | 'reject';
  readonly reason?: string;
  readonly warnings?: readonly string[];
  readonly n_ratings?: number;
  readonly n_users?: number;
  readonly n_items?: number;
  readonly policy_choice?: boolean;
}
const manifest: Odd[] = JSON.parse(new TextDecoder().decode(fixture('manifest.json')));

/** A file whose stream comes in pieces of so many bytes. */
function cut(bytes: Uint8Array, size: number): Blob {
  const blob = new Blob([bytes as BlobPart]);
  const streamed = (part: Uint8Array) => {
    let at = 0;
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= part.length) return controller.close();
        controller.enqueue(part.slice(at, at + size));
        at += size;
      },
    });
  };
  return Object.assign(blob, { stream: () => streamed(bytes) });
}

const read = (file: Blob, name: string) =>
  readFiles(
    [{ file, name }],
    {},
    () => {},
    () => undefined,
  );

/** What the file must do, in the manifest's words. */
async function answer(file: Blob, name: string) {
  const result = await read(file, name);
  if (!result.ok) return { expect: 'reject', reason: result.problem.code };
  const { userCount, itemCount, ratingCount } = result.ratings;
  const warnings = result.warnings.map(({ code }) => code).sort();
  return {
    expect: warnings.length > 0 ? 'warn' : 'accept',
    ...(warnings.length > 0 ? { warnings } : {}),
    ...{ n_ratings: ratingCount, n_users: userCount, n_items: itemCount },
  };
}

/** Where we decide otherwise than the manifest, which leaves these to us: see the docstrings of the readers. */
const ours: Record<string, object> = {
  '045_unclosed_quote.csv': {
    expect: 'warn',
    warnings: ['rows-skipped'],
    n_ratings: 3,
    n_users: 3,
    n_items: 1,
  },
  '140_bomb_512MiB.csv.gz': { expect: 'reject', reason: 'too-large' },
  '054_unknown_headers.csv': { expect: 'reject', reason: 'missing-column' },
  '076_thousand_sep.csv': { expect: 'reject', reason: 'too-many-bad-rows' },
  '079_huge_range.csv': {
    expect: 'warn',
    warnings: ['rows-skipped', 'single-user'],
    n_ratings: 2,
    n_users: 1,
    n_items: 2,
  },
};

/** What the manifest would have refused, and is read since JSON in brackets is. */
const more: Record<string, object> = {
  '152_json.csv': { expect: 'warn', warnings: ['too-few-ratings'], n_ratings: 1, n_users: 1, n_items: 1 },
  '215_pretty_printed.json': { expect: 'accept', n_ratings: 5, n_users: 3, n_items: 3 },
};

test('what is decided otherwise was ours to decide', () => {
  for (const name of Object.keys(ours))
    expect(manifest.find((entry) => entry.name === name)).toMatchObject({ policy_choice: true });
});

describe('odd files', () => {
  // Pictures are decoded by browsers only: e2e/odd-files.test.ts has them.
  const texts = manifest.filter(({ category }) => category !== 'image');
  for (const { name, expect: verdict, reason, warnings, n_ratings, n_users, n_items } of texts) {
    const expected = ours[name] ??
      more[name] ?? {
        expect: verdict,
        ...(reason ? { reason } : {}),
        ...(warnings ? { warnings: [...warnings].sort() } : {}),
        ...(verdict === 'reject' ? {} : { n_ratings, n_users, n_items }),
      };
    test(`${name}: ${Object.values(expected).join(' ')}`, async () => {
      const bytes = fixture(name);
      expect(await answer(new Blob([bytes as BlobPart]), name)).toEqual(expected);
      if (bytes.length > 20_000) return;
      for (const size of [1, 2, 3, 7, 65536]) expect(await answer(cut(bytes, size), name)).toEqual(expected);
    }, 60_000);
  }
});

const rows = 'userId,movieId,rating\n1,10,4.5\n2,11,3\n007,10,1\n7,12,2\n';
const text = new TextEncoder();

test('the same ratings come out of text, gzip, and any of its encodings', async () => {
  const plain = await read(new Blob([rows]), 'r.csv');
  expect(plain.ok && plain.ratings.userIds).toEqual(['1', '2', '007', '7']);
  const utf16 = new Uint8Array(2 + 2 * rows.length);
  utf16.set([0xff, 0xfe]);
  for (let i = 0; i < rows.length; i++) utf16[2 + 2 * i] = rows.charCodeAt(i);
  for (const bytes of [gzipSync(rows), gzipSync(utf16), text.encode(`\ufeff${rows}`), utf16])
    expect(await read(new Blob([bytes as BlobPart]), 'r.csv')).toEqual(plain);
});

test('a bad byte in UTF-8 spoils its own letter only, and its line is said', async () => {
  const bytes = text.encode('user,item,rating\nJosé,1,4\nZoë,1,3\nMüller,2,5\nAna?,2,1\n');
  bytes[bytes.indexOf(63)] = 0xe9;
  const result = await read(new Blob([bytes as BlobPart]), 'r.csv');
  expect(result).toMatchObject({
    ok: true,
    ratings: { userIds: ['José', 'Zoë', 'Müller', 'Ana\ufffd'] },
    warnings: [{ code: 'bad-bytes', count: 1, lines: [5] }],
  });
});

test('Chinese and Cyrillic that are no UTF-8 are told from Latin', async () => {
  const first = async (bytes: number[]) => {
    const rows = text.encode('user,item,rating\n');
    const line = [...bytes, 44, 49, 44, 52, 10];
    const result = await read(new Blob([rows as BlobPart, Uint8Array.from([...line, ...line])]), 'r.csv');
    return result.ok ? result.ratings.userIds?.[0] : result.problem.code;
  };
  expect(await first([0xd3, 0xc3, 0xbb, 0xa7])).toBe('用户');
  expect(await first([0xc7, 0xf0, 0xe8, 0xf2, 0xe5, 0xeb, 0xfc])).toBe('Зритель');
  expect(await first([0x4a, 0x6f, 0x73, 0xe9])).toBe('José');
});

test('a gzip of nothing but zeros is refused before it is unpacked', async () => {
  const bomb = gzipSync(new Uint8Array(64 << 20));
  let seen = 0;
  const result = await readFiles(
    [{ file: cut(bomb, 4096), name: 'zeros.csv.gz' }],
    {},
    () => seen++,
    () => undefined,
  );
  expect(result).toMatchObject({ ok: false, problem: { code: 'binary-file' } });
  expect(seen).toBeLessThan(5);
});

test('one endless line in a gzip is refused, not held', async () => {
  const bomb = gzipSync(new Uint8Array(64 << 20).fill(97));
  expect(await read(new Blob([bomb as BlobPart]), 'line.csv.gz')).toMatchObject({
    ok: false,
    problem: { code: 'line-too-long' },
  });
});

test('an archive cut off or changed anywhere is refused in words, never by an exception', async () => {
  for (const name of ['004_ok.csv.gz', '005_ok.zip']) {
    const bytes = fixture(name);
    const whole = await answer(new Blob([bytes as BlobPart]), name);
    for (let length = 3; length < bytes.length; length++) {
      const { expect: verdict } = await answer(new Blob([bytes.slice(0, length) as BlobPart]), name);
      expect(verdict).toBe('reject');
    }
    for (let at = 0; at < bytes.length; at++) {
      const changed = bytes.slice();
      changed[at] ^= 0x55;
      const got = await answer(new Blob([changed as BlobPart]), name);
      // Some bytes say nothing (times, names); what is taken is taken whole.
      if (got.expect !== 'reject')
        expect({ ...got, expect: '', warnings: [] }).toEqual({ ...whole, expect: '', warnings: [] });
    }
  }
}, 120_000);

test('ten thousand mutations of good files are each taken or refused, and nothing is ever thrown', async () => {
  const random = seededRandom(20);
  const good = ['004_ok.csv.gz', '005_ok.zip', '020_utf8_bom.csv', '024_utf16le_bom.csv', '021_crlf.csv'].map(
    fixture,
  );
  const codes = new Map<string, number>();
  const times: number[] = [];
  for (let turn = 0; turn < 10_000; turn++) {
    const from = good[turn % good.length];
    let bytes: Uint8Array = from.slice();
    for (let change = random.below(4); change >= 0; change--) {
      const at = random.below(bytes.length);
      const kind = random.below(4);
      if (kind === 0) bytes[at] = random.below(256);
      else if (kind === 1) bytes = bytes.slice(0, at + 1);
      else if (kind === 2)
        bytes = Uint8Array.of(...bytes.slice(0, at), random.below(256), ...bytes.slice(at));
      else bytes = Uint8Array.of(...bytes.slice(0, at), ...bytes.slice(at + 1 + random.below(3)), 10);
    }
    const begun = process.cpuUsage();
    const result = await read(new Blob([bytes as BlobPart]), 'r.csv');
    const { user, system } = process.cpuUsage(begun);
    times.push((user + system) / 1000);
    const code = result.ok ? (result.warnings.length > 0 ? 'warn' : 'accept') : result.problem.code;
    if (result.ok) expect(result.ratings.values.every(Number.isFinite)).toBe(true);
    codes.set(code, (codes.get(code) ?? 0) + 1);
  }
  // Of the processor's time, ms; a collection of garbage may fall to any of them.
  times.sort((a, b) => a - b);
  expect(times[9_900]).toBeLessThan(50);
  expect(times[9_999]).toBeLessThan(1000);
  expect(codes.get('accept')).toBeGreaterThan(100);
  expect(codes.get('corrupt')).toBeGreaterThan(100);
}, 120_000);

test('of a file in an old encoding with zeros, that these may be no ratings is said first', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, j) => `u${j % 7};J\xf6rg ${j % 11};${j % 2 ? 5 + (j % 5) : 0}\n`,
  );
  const text = `User-ID;Book-Title;Book-Rating\n${rows.join('')}u1;;9\n`;
  const result = await read(new Blob([Buffer.from(text, 'latin1')]), 'BX-Book-Ratings.csv');
  const said = result.ok ? result.warnings.map(({ code }) => code) : result.problem.code;
  expect(said).toEqual(['maybe-missing-marker', 'rows-skipped', 'encoding-guessed']);
});
