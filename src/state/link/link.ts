import { pictureDefaults, raceSettings, racingOf, type Settings } from '../../settings/race';
import type { Setting, SettingList } from '../../settings/setting';
import { type StreamSettings, streamSettings } from '../../settings/stream';
import { defaultsOf, pick } from '../../settings/values';
import { type LinkedLooks, lookSettings, type Mode } from '../looks';
import { readAsked } from './asked';
import { type LinkedData, readData, writeData } from './data';
import { type LinkedPlace, readPlace, writePlace } from './place';
import { countIn, type LinkProblem, linkReader } from './reader';
import { type LinkedRuns, readRuns, writeRuns } from './runs';
import { readSettings, writeSettings } from './settings';

/** A stream, and the batch that it is at. */
export interface LinkedStream<S = Partial<StreamSettings>> {
  readonly settings: S;
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

export interface ReadLink {
  /** Null where nothing of the link could be taken. */
  readonly linked: Linked | null;
  readonly problems: readonly LinkProblem[];
}

const version = 1;
const longestLink = 8192;
const ofStream = 'stream.';
const modes: readonly Mode[] = ['race', 'recommend', 'factors', 'stream'];

/** The address's hash, without its #, that `readLink` reads back bit for bit. */
export function linkOf(
  data: LinkedData,
  settings: Settings,
  looks: LinkedLooks,
  place: LinkedPlace = { window: null, orderBy: null, marks: [] },
  runs: LinkedRuns | null = null,
  stream: LinkedStream<StreamSettings> | null = null,
): string {
  const entries = new URLSearchParams({ v: String(version) });
  const put = (key: string, value: string) => entries.set(key, value);
  writeData(data, put);
  writeSettings(raceSettings, ofData(data, settings), put);
  writeSettings(lookSettings, looks, put);
  writePlace(place, put);
  if (runs) writeRuns(runs, put);
  if (stream) {
    put('mode', 'stream');
    writeSettings(streamSettings, stream.settings, put, ofStream);
    put(`${ofStream}batch`, String(stream.batch));
  }
  return entries.toString();
}

/** What makes a picture says nothing of other data. */
const ofData = ({ kind }: LinkedData, settings: Partial<Settings>): Partial<Settings> =>
  kind === 'picture' ? settings : pick(raceSettings, settings, ({ effect }) => effect !== 'data');

/**
 * Reads a hash, which may come from anybody: every known key strictly, the first where one is repeated; unknown keys
 * are left aside. A number out of bounds is clamped to them, one that is negative or none at all gives way to the
 * default, as does a word that is not one of ours: each is said. Nothing is decoded but percent signs, and nothing
 * longer than 8 KiB. An address to load from is no recipe: data are made here, or dropped by the user.
 */
export function readLink(hash: string): ReadLink {
  const refuse = (code: LinkProblem['code']): ReadLink => ({ linked: null, problems: [{ code }] });
  const text = hash.replace(/^#/, '');
  if (text === '') return { linked: null, problems: [] };
  if (text.length > longestLink) return refuse('too-long');
  const link = linkReader(text);
  if ((link.take('v', (said) => countIn(said)) ?? version) > version) return refuse('newer-version');
  const data = readData(link);
  const settings = readSettings(raceSettings, link);
  const looks = readSettings(lookSettings, link);
  // What links leave out where it is the default is the default where it is left out.
  const isUnsaid = ({ isQuiet }: Setting) => isQuiet === true;
  const unsaid = pick(raceSettings, pictureDefaults, isUnsaid);
  const unsaidLooks = pick(lookSettings, defaultsOf(lookSettings), isUnsaid);
  const mode = link.take('mode', (said) => modes.find((one) => one === said));
  const linked: Linked = {
    ...{
      data,
      settings: ofData(data, { ...unsaid, ...settings }),
      looks: { ...unsaidLooks, ...looks },
      ...readPlace(link),
      ...((mode === 'recommend' || mode === 'factors') && { asked: readAsked(link, mode) }),
      runs: readRuns(link, racingOf({ ...pictureDefaults, ...settings })),
    },
    stream: mode === 'stream' ? readStream() : null,
  };
  const { problems } = link;
  const known = { ...settings, ...looks };
  const says = Object.keys(known).length > 0 || ['data', 'mode'].some((key) => link.said(key) !== undefined);
  return says || problems.length > 0 ? { linked, problems } : refuse('not-a-link');

  function readStream(): LinkedStream {
    const batch = link.take(`${ofStream}batch`, (said) => countIn(said)) ?? 0;
    return { settings: readSettings(streamSettings, link, ofStream), batch };
  }
}

/** The setting that a key of a link says; undefined where it says something else. */
export function settingOfKey(key: string): Setting | undefined {
  const isOfStream = key.startsWith(ofStream);
  const list: SettingList = isOfStream ? streamSettings : { ...raceSettings, ...lookSettings };
  const name = isOfStream ? key.slice(ofStream.length) : key;
  return Object.hasOwn(list, name) ? list[name] : undefined;
}
