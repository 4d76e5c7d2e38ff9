import type { Window } from '../draw/window';
import { raceIds, streamMethodIds } from '../methods';
import type { Change } from '../methods/changes';
import type { MethodId } from '../methods/method';
import { arrivalOrders, sparkDefects } from '../methods/stream-config';
import { holdOutKinds } from '../ratings/hold-out';
import { pictureKinds } from '../ratings/pictures/pictures';
import { sampleSizes } from '../ratings/sample';
import { dataSettings, type Range, type RangeName, ranges, type Settings } from './settings';
import { type StreamSettings, streamRanges } from './stream-settings';
import type { Looks } from './workbench';

/** What a link says of the data: how to make them, or which file of the user's own they are. */
export type LinkedData =
  | { readonly kind: 'picture' }
  | { readonly kind: 'sample'; readonly size: keyof typeof sampleSizes }
  | ({ readonly kind: 'file' } & LinkedFile);

/** A file by what can be checked of it. */
export interface LinkedFile {
  readonly name: string;
  readonly userCount: number;
  readonly itemCount: number;
  readonly ratingCount: number;
  readonly checksum: string;
}

type LinkedLooks = Pick<Looks, 'view' | 'palette' | 'chartAxis' | 'chartScale' | 'difference'>;

/** Where a run is, and what was changed on its way there. */
export interface LinkedRun {
  /** Half-sweeps, or observations. */
  readonly unit: number;
  /** The first, at unit 0, is what the run began with. */
  readonly changes: readonly Change[];
}
export type LinkedRuns = Readonly<Record<MethodId, LinkedRun>>;

/** What of the matrices is looked at. */
export interface LinkedPlace {
  readonly window: Window | null;
  readonly orderBy: 'count' | 'id' | null;
}

/** A stream, and the batch that it is at. */
export interface LinkedStream {
  readonly settings: Partial<StreamSettings>;
  readonly batch: number;
}

/** All that a picture follows from. */
export interface Linked extends LinkedPlace {
  readonly data: LinkedData;
  readonly settings: Partial<Settings>;
  readonly looks: Partial<LinkedLooks>;
  /** Null: from the first guess on. */
  readonly runs: LinkedRuns | null;
  /** Null: the link is of a race. */
  readonly stream: LinkedStream | null;
}

/** What of a link was not taken as it stood: which key, and what stands instead; null: the default. */
export interface LinkProblem {
  readonly code: 'bad-value' | 'out-of-bounds' | 'newer-version' | 'not-a-link' | 'too-long';
  readonly key?: string;
  readonly taken?: number;
}

export interface ReadLink {
  /** Null where nothing of the link could be taken. */
  readonly linked: Linked | null;
  readonly problems: readonly LinkProblem[];
}

const version = 1;
const longestLink = 8192;
/** Changes of a run that a link takes along: more are a slider that was played with. */
const mostChanges = 40;

/** What the machine is asked for stays out of links: nobody else's machine is to work flat out. */
const machine = ['workers', 'flatOut', 'speed', 'film'] as const satisfies (keyof Settings)[];
const numbers = (Object.keys(ranges) as RangeName[]).filter(
  (name) => !(machine as readonly string[]).includes(name),
);

const choices = {
  picture: pictureKinds,
  holdOut: holdOutKinds,
  regularisation: ['plain', 'weighted'],
  baseline: ['none', 'mean', 'biases'],
  alsInitial: ['normal', 'uniform'],
  sgdInitial: ['normal', 'uniform'],
} as const satisfies { [K in keyof Settings]?: readonly string[] };

const looksChoices = {
  view: ['prediction', 'error', 'known'],
  chartAxis: ['step', 'observations', 'flops', 'seconds'],
  chartScale: ['linear', 'log'],
  difference: ['true', 'false'],
} as const satisfies { [K in keyof LinkedLooks]?: readonly string[] };

/** What of a stream is a word, or several. */
const streamChoices: readonly (readonly [
  name: keyof StreamSettings,
  words: readonly string[],
  several: boolean,
])[] = [
  ['order', arrivalOrders, false],
  ['alsBaseline', ['none', 'biases'], false],
  ['step', ['bounded', 'summed'], false],
  ['methods', streamMethodIds, true],
  ['defects', sparkDefects, true],
];

/** The address's hash, without its #, that `readLink` reads back bit for bit; runs of too many changes stay out. */
export function linkOf(
  data: LinkedData,
  settings: Settings,
  looks: LinkedLooks,
  { window, orderBy }: LinkedPlace = { window: null, orderBy: null },
  runs: LinkedRuns | null = null,
  stream: { readonly settings: StreamSettings; readonly batch: number } | null = null,
): string {
  const entries = new URLSearchParams({ v: String(version), data: nameOf(data) });
  if (data.kind === 'file') {
    entries.set('file', data.name.slice(0, 200));
    for (const key of ['userCount', 'itemCount', 'ratingCount', 'checksum'] as const)
      entries.set(key, String(data[key]));
  }
  for (const name of [...Object.keys(choices), ...numbers] as (keyof Settings)[])
    if (data.kind === 'picture' || !ofPictures.includes(name)) entries.set(name, String(settings[name]));
  for (const name of [...Object.keys(looksChoices), 'palette'] as (keyof LinkedLooks)[])
    entries.set(name, String(looks[name]));
  if (orderBy) entries.set('orderBy', orderBy);
  if (window) {
    const { users, items } = window;
    entries.set('window', [users.from, users.to, items.from, items.to].join(' '));
  }
  const few = runs && raceIds.every((method) => runs[method].changes.length <= mostChanges);
  if (few)
    for (const method of raceIds) {
      const { unit, changes } = runs[method];
      const said = changes.map((change) => `${change.unit} ${change.lambda} ${change.learningRate}`);
      entries.set(method, [unit, ...said].join(','));
    }
  if (stream) {
    entries.set('mode', 'stream');
    for (const [name, value] of Object.entries(stream.settings))
      if (name !== 'interval')
        entries.set(streamKey(name), Array.isArray(value) ? value.join(' ') : String(value));
    entries.set(streamKey('batch'), String(stream.batch));
  }
  return entries.toString();
}

/** What makes a picture, and says nothing of other data. */
const ofPictures: readonly (keyof Settings)[] = dataSettings;

const streamKey = (name: string) => `stream.${name}`;

const nameOf = (data: LinkedData) => (data.kind === 'sample' ? `sample-${data.size}` : data.kind);

/** Digits, a point, an exponent: nothing else that Number would take. */
const number = /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads a hash, which may come from anybody: every known key strictly, the first where one is repeated; unknown keys
 * are left aside. A number out of bounds is clamped to them, one that is negative or none at all gives way to the
 * default, as does a word that is not one of ours: each is said. Nothing is decoded but percent signs, and nothing
 * longer than 8 KiB. An address to load from is no recipe: data are made here, or dropped by the user.
 *
 * @param palettes the names there are
 */
export function readLink(hash: string, palettes: readonly string[]): ReadLink {
  const refuse = (code: LinkProblem['code']): ReadLink => ({ linked: null, problems: [{ code }] });
  const text = hash.replace(/^#/, '');
  if (text === '') return { linked: null, problems: [] };
  if (text.length > longestLink) return refuse('too-long');
  const given = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(text)) if (!given.has(key)) given.set(key, value);
  const problems: LinkProblem[] = [];
  const saidVersion = given.get('v');
  if (saidVersion !== undefined && !/^\d{1,9}$/.test(saidVersion))
    problems.push({ code: 'bad-value', key: 'v' });
  else if (Number(saidVersion ?? version) > version) return refuse('newer-version');

  const takeNumber = (
    into: Record<string, unknown>,
    name: string,
    range: Range,
    said: string,
    key: string,
  ) => {
    const value = numberIn(range, said);
    if (value === null) return problems.push({ code: 'bad-value', key });
    into[name] = value;
    return value !== Number(said) && problems.push({ code: 'out-of-bounds', key, taken: value });
  };
  const settings: Record<string, unknown> = {};
  for (const name of numbers) {
    const said = given.get(name);
    if (said === undefined) continue;
    takeNumber(settings, name, ranges[name], said, name);
  }
  const choose = (into: Record<string, unknown>, key: string, words: readonly string[]) => {
    const said = given.get(key);
    if (said === undefined) return;
    if (words.includes(said)) into[key] = said;
    else problems.push({ code: 'bad-value', key });
  };
  for (const [key, words] of Object.entries(choices)) choose(settings, key, words);
  const looks: Record<string, unknown> = {};
  for (const [key, words] of Object.entries(looksChoices)) choose(looks, key, words);
  choose(looks, 'palette', palettes);
  if (looks.difference !== undefined) looks.difference = looks.difference === 'true';
  const place: Record<string, unknown> = {};
  choose(place, 'orderBy', ['count', 'id']);
  const refused = (key: string) => {
    problems.push({ code: 'bad-value', key });
    return null;
  };
  const window = given.has('window') ? (windowIn(given.get('window') ?? '') ?? refused('window')) : null;
  const [als, sgd] = raceIds.map((method) =>
    given.has(method) ? (runIn(given.get(method) ?? '') ?? refused(method)) : null,
  );
  const data = dataIn(given);
  if (!data) problems.push({ code: 'bad-value', key: 'data' });
  const known =
    Object.keys(settings).length + Object.keys(looks).length > 0 || given.has('data') || given.has('mode');
  if (!known && problems.length === 0) return refuse('not-a-link');
  const isStream = given.get('mode') === 'stream';
  if (given.has('mode') && !isStream && given.get('mode') !== 'race') refused('mode');
  const stream: Record<string, unknown> = {};
  for (const [name, range] of isStream ? Object.entries(streamRanges) : []) {
    const said = given.get(streamKey(name));
    if (said === undefined) continue;
    if (name === 'refitEvery' && said === 'null') stream[name] = null;
    else takeNumber(stream, name, range, said, streamKey(name));
  }
  for (const [name, words, several] of isStream ? streamChoices : []) {
    const said = given.get(streamKey(name));
    if (said === undefined) continue;
    const parts = several ? said.split(' ').filter((part) => part !== '') : [said];
    if (
      parts.length <= words.length &&
      (parts.length > 0 || name === 'defects') &&
      parts.every((part) => words.includes(part))
    )
      stream[name] = several ? [...new Set(parts)] : said;
    else refused(streamKey(name));
  }
  const batch = given.get(streamKey('batch')) ?? '0';
  if (isStream && !/^\d{1,9}$/.test(batch)) refused(streamKey('batch'));
  if (data && data.kind !== 'picture') for (const name of ofPictures) delete settings[name];
  const linked: Linked = {
    ...{ data: data ?? { kind: 'picture' }, settings, looks, window },
    orderBy: (place.orderBy as Linked['orderBy']) ?? null,
    runs: als && sgd && { als, sgd },
    stream: isStream ? { settings: stream, batch: /^\d{1,9}$/.test(batch) ? Number(batch) : 0 } : null,
  };
  return { linked, problems };
}

/** Numbers between blanks, each of at most 40 characters, none negative; null where there are others. */
function numbersIn(said: string, separator: string): number[] | null {
  const parts = said.split(separator);
  if (parts.some((part) => part.length > 40 || !number.test(part))) return null;
  const values = parts.map(Number);
  return values.every((value) => value >= 0 && Number.isFinite(value)) ? values : null;
}

function windowIn(said: string): Window | null {
  const [a, b, c, d, ...more] = numbersIn(said, ' ') ?? [];
  if (d === undefined || more.length > 0 || !(a < b && c < d)) return null;
  return { users: { from: a, to: b }, items: { from: c, to: d } };
}

/** Where a run is, then its changes: each of a unit later than the one before, and within the bounds of λ and γ. */
function runIn(said: string): LinkedRun | null {
  const [first, ...rest] = said.split(',');
  const [unit, ...none] = numbersIn(first, ' ') ?? [];
  if (unit === undefined || none.length > 0 || !Number.isSafeInteger(unit) || rest.length > mostChanges)
    return null;
  const changes: Change[] = [];
  for (const text of rest) {
    const [at, lambda, learningRate, ...more] = numbersIn(text, ' ') ?? [];
    const later = Number.isSafeInteger(at) && at > (changes.at(-1)?.unit ?? -1);
    const within = lambda <= 1e6 && learningRate > 0 && learningRate <= ranges.learningRate.max;
    if (!later || !within || more.length > 0) return null;
    changes.push({ unit: at, lambda, learningRate });
  }
  return { unit, changes };
}

/** The number within its bounds; null where it is none, negative, infinite, or not whole where it has to be. */
function numberIn({ min, max, step }: Range, said: string): number | null {
  if (said.length > 40 || !number.test(said)) return null;
  const value = Number(said);
  if (!Number.isFinite(value) || value < 0) return null;
  if (step === 1 && !Number.isInteger(value)) return null;
  return Math.min(max, Math.max(min, value));
}

function dataIn(given: ReadonlyMap<string, string>): LinkedData | null {
  const said = given.get('data') ?? 'picture';
  if (said === 'picture') return { kind: 'picture' };
  const size = (Object.keys(sampleSizes) as (keyof typeof sampleSizes)[]).find(
    (one) => said === `sample-${one}`,
  );
  if (size) return { kind: 'sample', size };
  if (said !== 'file') return null;
  const count = (key: string) => (/^\d{1,10}$/.test(given.get(key) ?? '') ? Number(given.get(key)) : null);
  const [userCount, itemCount, ratingCount] = ['userCount', 'itemCount', 'ratingCount'].map(count);
  const checksum = given.get('checksum') ?? '';
  if (userCount === null || itemCount === null || ratingCount === null || !/^[\da-f]{16}$/.test(checksum))
    return null;
  const name = (given.get('file') ?? '').slice(0, 200);
  return { kind: 'file', name, userCount, itemCount, ratingCount, checksum };
}

/** Whether a data set is the one that a link was made from. */
export function isLinkedFile(file: LinkedFile, found: Omit<LinkedFile, 'name'>): boolean {
  const keys = ['userCount', 'itemCount', 'ratingCount', 'checksum'] as const;
  return keys.every((key) => file[key] === found[key]);
}
