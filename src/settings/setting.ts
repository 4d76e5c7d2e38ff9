import type { RatingInfo } from '../ratings/rating-set';

/** What has to happen when a setting is changed. */
export type Effect =
  /** Other ratings are made. */
  | 'data'
  /** The ratings are divided anew into those to train on and those held out. */
  | 'division'
  /** Whatever learns begins anew. */
  | 'restart'
  /** Somebody else learns: who is new catches up with the others. */
  | 'learners'
  /** Whatever learns takes it up from its next step on. */
  | 'live'
  /** Whatever learns ends earlier or later. */
  | 'length'
  /** Things are shown otherwise. */
  | 'look'
  /** Work is done otherwise, with the same result. Links leave it out: nobody else's machine is to be told. */
  | 'machine';

/** What of a data set a default may follow from. */
export type Rated = Pick<RatingInfo, 'ratingCount' | 'testCount'>;

interface Described<T> {
  /** What it is called on the screen. */
  readonly label: string;
  /** What it does, as its tooltip has it. */
  readonly info?: string;
  readonly effect: Effect;
  /** Its default: for pictures, and for ratings files where they have none of their own. */
  readonly fallback: T;
  readonly forFiles?: T | ((ratings: Rated) => T);
  /** Links say it only where it is not the default. */
  readonly isQuiet?: boolean;
  /** The setting that has to be one of these for this one to have a meaning. */
  readonly where?: readonly [name: string, among: readonly string[]];
}

/** Which numbers can be set, and how they are spread over a slider. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly scale: 'linear' | 'log';
  /** Spacing of a linear scale; a log scale shows two significant digits. From 1 on, numbers are whole. */
  readonly step: number;
}

/** A number; `null`, where that is the default: whatever follows from the rest. */
export interface NumberSetting extends Described<number | null>, Bounds {
  readonly kind: 'number';
  readonly unit?: string;
  /** Shown times this; 100 for a share in per cent. */
  readonly shown?: number;
}

/** One of a few words. */
export interface ChoiceSetting extends Described<string> {
  readonly kind: 'choice';
  /** What each is called. */
  readonly options: Readonly<Record<string, string>>;
  /** Those that only who is here can choose, and no link. */
  readonly unlinked?: readonly string[];
  /** What a screen reader calls it, where its label is too short for that. */
  readonly spoken?: string;
}

/** Some of a few words, each at most once. */
export interface SeveralSetting extends Described<readonly string[]> {
  readonly kind: 'several';
  /** What each is called, and does. */
  readonly options: Readonly<Record<string, readonly [label: string, info: string]>>;
  readonly fewest: number;
  /** They are methods, and have colours. */
  readonly areMethods?: boolean;
}

export interface FlagSetting extends Described<boolean> {
  readonly kind: 'flag';
}

/** Something that can be set: everything that has to be known of it, in one place. */
export type Setting = NumberSetting | ChoiceSetting | SeveralSetting | FlagSetting;

/** All settings of something by name, in the order in which links have them. */
export type SettingList = Readonly<Record<string, Setting>>;

/** What they are set to. */
export type ValuesOf<L extends SettingList> = { readonly [K in keyof L]: L[K]['fallback'] };

export const linear = (min: number, max: number, fallback: number, step = 1) =>
  ({ kind: 'number', scale: 'linear', min, max, fallback, step }) as const satisfies Partial<NumberSetting>;

export const log = (min: number, max: number, fallback: number, step = 0) =>
  ({ kind: 'number', scale: 'log', min, max, fallback, step }) as const satisfies Partial<NumberSetting>;

export const choice = <T extends string>(options: Readonly<Record<T, string>>, fallback: NoInfer<T>) =>
  ({ kind: 'choice', options, fallback }) as const satisfies Partial<ChoiceSetting>;

export const several = <T extends string>(
  options: Readonly<Record<T, readonly [label: string, info: string]>>,
  fallback: readonly NoInfer<T>[],
  fewest: number,
) => ({ kind: 'several', options, fallback, fewest }) as const satisfies Partial<SeveralSetting>;

export const flag = (fallback: boolean) =>
  ({ kind: 'flag', fallback }) as const satisfies Partial<FlagSetting>;

/** The words of a choice, and what each is called. */
export const optionsOf = <T extends string>({ options }: { readonly options: Readonly<Record<T, string>> }) =>
  Object.entries(options) as [id: T, name: string][];

export const isWhole = ({ step }: Pick<Bounds, 'step'>): boolean => step >= 1;
