import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { raceMethodIds, streamMethodIds } from '../../methods';
import { arbitraryValues } from '../../settings/fixtures/arbitrary';
import { changed, pictureDefaults, raceSettings, type Settings } from '../../settings/race';
import type { Setting } from '../../settings/setting';
import { changedStream, type StreamSettings, streamDefaults, streamSettings } from '../../settings/stream';
import { defaultsOf, pick } from '../../settings/values';
import { lookSettings } from '../looks';
import { type LinkedAsked, usuallyAsked } from './asked';
import { isLinkedFile, type LinkedData } from './data';
import { linkOf, readLink as read } from './link';

const looks = {
  ...defaultsOf(lookSettings),
  view: 'error',
  palette: 'plasma',
  metric: 'rmse',
  chartAxis: 'flops',
  chartScale: 'log',
  difference: true,
} as const;

const number = fc.nat(1e8);
const arbitraryAsked: fc.Arbitrary<LinkedAsked> = fc.oneof(
  fc.record({
    ...{ mode: fc.constant('recommend' as const), by: fc.constantFrom(null, ...raceMethodIds) },
    ...{ who: fc.oneof(number, fc.constant('you' as const)), item: fc.option(number) },
    ...{ atLeast: fc.constantFrom(1, 5, 20, 50), across: fc.constant(0), up: fc.constant(1) },
    ...{ colour: fc.constant('mean'), found: fc.constant(null) },
  }),
  fc.record({
    ...{ mode: fc.constant('factors' as const), by: fc.constantFrom(null, ...raceMethodIds) },
    ...{ who: fc.constant(0), item: fc.constant(null), atLeast: fc.constantFrom(1, 5, 20, 50) },
    ...{ across: fc.nat(127), up: fc.nat(127), found: fc.option(number) },
    colour: fc.constantFrom('mean', 'count', 'Film-Noir', 'Enfants & amis', 'é#=?'),
  }),
);

const isLinked = ({ effect }: Setting) => effect !== 'machine';

test('a link gives back what it was made of, bit for bit', () => {
  fc.assert(
    fc.property(
      arbitraryValues(raceSettings),
      arbitraryValues(lookSettings),
      arbitraryValues(streamSettings),
      fc.nat(1e6),
      arbitraryAsked,
      (settings, looks, ofStream, batch, asked) => {
        const stream = { settings: ofStream, batch };
        const hash = linkOf({ kind: 'picture' }, settings, looks, undefined, null, stream);
        const { linked, problems } = read(hash);
        expect(problems).toEqual([]);
        const place = { window: null, orderBy: null, marks: [], asked };
        const there = read(linkOf({ kind: 'picture' }, settings, looks, place));
        expect(there).toMatchObject({ problems: [], linked: { looks, stream: null, asked } });
        expect(linked?.settings).toEqual(pick(raceSettings, settings, isLinked));
        expect(linked?.looks).toEqual(looks);
        expect(linked?.stream).toEqual({ settings: pick(streamSettings, ofStream, isLinked), batch });
        expect(changed(settings, linked?.settings ?? {})).toEqual(settings);
        expect(changedStream(ofStream, linked?.stream?.settings ?? {})).toEqual(ofStream);
      },
    ),
  );
});

const recorded = new URL('../../fixtures/bits/bits.json', import.meta.url);
const ofVersion1: { name: string; link: string }[] = JSON.parse(readFileSync(recorded, 'utf8'));

test.each(ofVersion1)('is written as ever: $name', ({ link }) => {
  const { linked, problems } = read(link);
  if (!linked || problems.length > 0) throw new Error(JSON.stringify(problems));
  const { data, stream, runs } = linked;
  const settings = { ...pictureDefaults, ...linked.settings };
  const of = stream && { ...stream, settings: { ...streamDefaults, ...stream.settings } };
  expect(linkOf(data, settings, { ...looks, ...linked.looks }, linked, runs, of)).toBe(link);
});

test('runs survive a link, whatever was changed on the way', () => {
  const change = fc.record({
    unit: fc.nat(),
    lambda: fc.double({ min: 0, max: 1e6, noNaN: true }).map(Math.abs),
    learningRate: fc.double({ min: 1e-300, max: raceSettings.learningRate.max, noNaN: true }),
  });
  const run = fc.record({
    unit: fc.nat(),
    changes: fc
      .uniqueArray(change, { selector: ({ unit }) => unit, maxLength: 40 })
      .map((changes) => changes.toSorted((a, b) => a.unit - b.unit)),
  });
  fc.assert(
    fc.property(fc.record({ als: run, sgd: run }), (runs) => {
      const hash = linkOf({ kind: 'picture' }, pictureDefaults, looks, undefined, runs);
      // Longer than that is too long for an address, and the whole of it is refused.
      if (hash.length <= 8192) expect(read(hash)).toMatchObject({ problems: [], linked: { runs } });
    }),
  );
});

test('data are a recipe, or a file by its counts and checksum', () => {
  const file = {
    name: 'a & b=c#.csv',
    userCount: 3,
    itemCount: 4,
    ratingCount: 5,
    checksum: '0123456789abcdef',
  };
  for (const data of [
    { kind: 'sample', size: 'million' },
    { kind: 'file', ...file },
  ] satisfies LinkedData[]) {
    const hash = linkOf(data, pictureDefaults, looks);
    expect(read(`#${hash}`).linked?.data).toEqual(data);
    expect(hash).not.toContain('picture=');
  }
  expect(isLinkedFile(file, { ...file, checksum: '0123456789abcdee' })).toBe(false);
  expect(isLinkedFile(file, file)).toBe(true);
});

test('a link leads to a frame: what was changed on the way, and what of the matrices is looked at', () => {
  const place = {
    window: { users: { from: 0.5, to: 20 }, items: { from: 3, to: 1 / 3 + 9 } },
    marks: [{ name: 'First: a guess', steps: { als: 7.5, sgd: 0.125 } }],
    orderBy: 'count',
  } as const;
  const changes = [
    { unit: 0, lambda: 0.1, learningRate: 0.02 },
    { unit: 7, lambda: 1 / 3, learningRate: 1e-4 },
  ];
  const runs = { als: { unit: 15, changes }, sgd: { unit: 123_456_789, changes: [] } };
  const hash = linkOf({ kind: 'picture' }, pictureDefaults, looks, place, runs);
  expect(read(hash)).toMatchObject({ problems: [], linked: { ...place, runs } });
});

test('marks that would make an address too long are left out, the last first', () => {
  const marks = Array.from({ length: 50 }, (_, i) => ({ name: `${i} ${'é'.repeat(30)}`, steps: { als: i } }));
  const place = { window: null, orderBy: null, marks };
  const hash = linkOf({ kind: 'picture' }, pictureDefaults, looks, place);
  const { linked, problems } = read(hash);
  expect(problems).toEqual([]);
  expect(linked?.marks.length).toBeGreaterThan(8);
  expect(linked?.marks).toEqual(marks.slice(0, linked?.marks.length));
});

test('a link leads to a stream and its batch', () => {
  const settings = {
    ...streamDefaults,
    ...{ order: 'user', batchSize: 77, rank: 5, methods: ['sgd', 'spark'], defects: [], refitEvery: null },
  } as StreamSettings;
  const { speed: _, ...linked } = settings;
  const hash = linkOf({ kind: 'picture' }, pictureDefaults, looks, undefined, null, { settings, batch: 12 });
  expect(read(hash)).toMatchObject({ problems: [], linked: { stream: { settings: linked, batch: 12 } } });
  expect(changedStream(streamDefaults, read(hash).linked?.stream?.settings ?? {})).toEqual(settings);
  for (const [key, value] of [
    ['batchSize', '1.5'],
    ['methods', ''],
    ['methods', 'sgd __proto__'],
    ['methods', 'sgd '.repeat(streamMethodIds.length + 1)],
    ['defects', 'all'],
    ['order', 'toString'],
    ['batch', '-1'],
    ['rank', 'NaN'],
  ]) {
    const { linked, problems } = read(`mode=stream&stream.${key}=${value}`);
    expect(problems, `${key}=${value}`).toEqual([{ code: 'bad-value', key: `stream.${key}` }]);
    expect(linked?.stream).toEqual({ settings: {}, batch: 0 });
  }
  expect(read('mode=stream&stream.batchSize=1e9')).toMatchObject({
    problems: [{ code: 'out-of-bounds', taken: 100_000 }],
    linked: { stream: { settings: { batchSize: 100_000 } } },
  });
});

test('a frame that is none is said, and left aside', () => {
  for (const [key, ...values] of [
    [
      'als',
      '',
      '1.5',
      '1e99',
      '-1',
      '3,4',
      '3,4 5',
      '3,4 5 0.1 6',
      '3,4 5 2',
      '3,4 1 0.1,4 1 0.1',
      '3,x y z',
      'NaN',
    ],
    ['window', '', '1 2 3', '1 2 3 x', '2 1 0 5', '0 1 5 5', '0 1 2 3 4', '-1 2 0 3'],
    ['orderBy', 'factors', '__proto__'],
    ['marks', '', 'als 1', 'als 1:', 'als:x', 'als -1:x', 'als 1e9:x', '__proto__ 1:x', 'als 1:x\n'],
  ])
    for (const value of values) {
      const { linked, problems } = read(`rank=3&${key}=${encodeURIComponent(value)}`);
      expect(problems, `${key}=${value}`).toEqual([{ code: 'bad-value', key }]);
      expect(linked).toMatchObject({ runs: null, window: null, orderBy: null, settings: { rank: 3 } });
    }
});

interface Hostile {
  readonly id: string;
  readonly set?: Record<string, string>;
  readonly raw?: string;
  readonly raw_json?: string;
  readonly expect: string;
}
const fixture = new URL('./fixtures/hostile_params.json', import.meta.url);
const hostile: Hostile[] = JSON.parse(readFileSync(fixture, 'utf8')).cases;

/** Their keys in our words; those that we do not have are to be left aside. */
const ours: Record<string, string> = { gamma: 'learningRate' };

/** What is told as words in the file. */
const told: Record<string, string> = {
  P34: 'A'.repeat(100_000),
  P35: 'eJztwTEBAAAAwqD1T20ND6AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  P42: 'rank=4',
};

/** What stands for a key that was said: a number, 'default', or nothing where the key is not ours. */
const expected: Record<string, number | 'default' | 'refused'> = {
  ...{ P01: 128, P02: 1, P03: 'default', P04: 'default', P05: 'default', P06: 'default', P07: 'default' },
  ...{ P08: 'default', P09: 'default', P10: 'default', P11: 'default', P12: 1, P13: 'default' },
  ...{ P16: 1000, P17: 200, P20: 9999, P21: 'default', P34: 'refused', P35: 'refused' },
  ...{ P36: 'refused', P37: 'refused', P24: 'refused', P25: 'refused' },
};

/** What is taken as it was said. */
const accepted: Record<string, Partial<Settings>> = { P14: { lambda: 0 }, P15: { lambda: 1e-320 } };

test('all hostile links of the fixture are here', () => expect(hostile).toHaveLength(42));

for (const { id, set, raw, raw_json, expect: words } of hostile) {
  test(`hostile link ${id}: ${words}`, () => {
    const entries = Object.entries(set ?? {}).map(([key, value]) => [ours[key] ?? key, value] as const);
    const text =
      told[id] ??
      raw?.replace(/^[?#]+/, '') ??
      raw_json ??
      new URLSearchParams(Object.fromEntries(entries)).toString();
    const { linked, problems } = read(text);
    const settings = changed(pictureDefaults, linked?.settings ?? {});
    // Whatever was said, what comes of it is within all bounds.
    expect(settings).not.toBeNull();
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    const known = entries.filter(([key]) => key in pictureDefaults);
    const verdict = expected[id];
    if (verdict === 'refused') {
      expect(linked).toBeNull();
      expect(problems).toHaveLength(1);
    } else if (verdict !== undefined) {
      const [key] = known[0] as [keyof Settings, string];
      expect(settings?.[key]).toBe(verdict === 'default' ? pictureDefaults[key] : verdict);
      expect(problems).toMatchObject([{ key, code: verdict === 'default' ? 'bad-value' : 'out-of-bounds' }]);
    } else if (accepted[id]) {
      expect(settings).toMatchObject(accepted[id]);
      expect(problems).toEqual([]);
    } else if (id === 'P38') expect(settings?.rank).toBe(4);
    else if (id === 'P39')
      expect(read('v=999&rank=8')).toEqual({ linked: null, problems: [{ code: 'newer-version' }] });
    else if (id === 'P41') expect(settings).toMatchObject({ rank: 64, size: 512 });
    else if (id === 'P42') expect(settings?.rank).toBe(4);
    // An address, a path, or what is no key of ours: nothing of it is taken, and nothing is asked for.
    else if (set?.data !== undefined)
      expect(linked?.data ?? { kind: 'picture' }).toEqual({ kind: 'picture' });
    else expect(settings).toEqual(pictureDefaults);
    if (id === 'P26' || id === 'P27') expect(problems).toEqual([{ code: 'bad-value', key: 'data' }]);
  });
}

test('a file that is described by half is no file', () => {
  for (const hash of [
    'data=file',
    'data=file&userCount=1&itemCount=1&ratingCount=1&checksum=xyz',
    'data=toString',
  ])
    expect(read(hash)).toMatchObject({ linked: { data: { kind: 'picture' } }, problems: [{ key: 'data' }] });
});

test('nonsense that is asked gives way to what is usual, and is said', () => {
  for (const [mode, key, ...values] of [
    ['recommend', 'who', '', '-1', '1.5', 'me', '1e3', '99999999999'],
    ['recommend', 'item', 'x', '-0'],
    ['recommend', 'by', 'svd', '__proto__'],
    ['recommend', 'atLeast', '0', '7', '5.0'],
    ['factors', 'across', '128', '-1', 'first'],
    ['factors', 'colour', '', 'a\n', 'x'.repeat(41)],
    ['factors', 'found', 'NaN'],
  ])
    for (const value of values) {
      const { linked, problems } = read(`mode=${mode}&${key}=${encodeURIComponent(value)}`);
      expect(problems, `${key}=${value}`).toEqual([{ code: 'bad-value', key }]);
      expect(linked?.asked).toEqual({ mode, ...usuallyAsked });
    }
  // Of another part of the page it is no key at all.
  expect(read('mode=race&who=x&across=y')).toMatchObject({ problems: [], linked: { stream: null } });
  expect(read('mode=tv').problems).toEqual([{ code: 'bad-value', key: 'mode' }]);
});
