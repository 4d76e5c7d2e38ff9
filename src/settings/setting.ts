import type { Method, MethodId } from '../methods/method';
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
export type Rated = Pick<RatingInfo, 'userCount' | 'itemCount' | 'ratingCount' | 'testCount'> &
  Partial<Pick<RatingInfo, 'scale'>>;

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
  /** Where a log scale begins, if not at `min`: 0 has no place on it, and gets the first of the slider. */
  readonly begins?: number;
  readonly scale: 'linear' | 'log';
  /** Spacing of a linear scale; a log scale shows two significant digits. From 1 on, numbers are whole. */
  readonly step: number;
}

/** A number; `null`, where that is the default: whatever follows from the rest. */
export interface NumberSetting<T = number | null> extends Described<T>, Bounds {
  readonly kind: 'number';
  readonly unit?: string;
  /** Shown times this; 100 for a share in per cent. */
  readonly shown?: number;
  /** Which way models get simpler, where one does. */
  readonly simpler?: 'less' | 'more';
}

/** One of a few words. */
export interface ChoiceSetting<T extends string = string> extends Described<T> {
  readonly kind: 'choice';
  /** What each is called. */
  readonly options: Readonly<Record<T, string>>;
  /** Those that only who is here can choose, and no link. */
  readonly unlinked?: readonly string[];
  /** What a screen reader calls it, where its label is too short for that. */
  readonly spoken?: string;
}

/** Some of a few words, each at most once. */
export interface SeveralSetting<T extends string = string> extends Described<readonly T[]> {
  readonly kind: 'several';
  /** What each is called, and does. */
  readonly options: Readonly<Record<T, readonly [label: string, info: string]>>;
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

/** What is said of a setting beside its values and its default; as a rule whatever learns begins anew. */
type More<S extends Setting> = Omit<
  S,
  'kind' | 'fallback' | 'options' | 'min' | 'max' | 'scale' | 'step' | 'effect'
> &
  Partial<Pick<S, Extract<keyof S, 'step' | 'effect'>>>;
const usual = { effect: 'restart' } as const;

const numbers =
  (scale: Bounds['scale'], step: number) =>
  (min: number, max: number, fallback: number, more: More<NumberSetting<number>>): NumberSetting<number> => ({
    ...{ ...usual, kind: 'number', scale, step, min, max, fallback },
    ...more,
  });
export const linear = numbers('linear', 1);
export const log = numbers('log', 0);

/** λ as it is set: from 0 on, and for files as follows from them. */
export const lambda = (
  fallback: number,
  forFiles: (ratings: Rated) => number,
  more: More<NumberSetting<number>>,
) => log(0, 1e3, fallback, { begins: 1e-4, forFiles, ...more });

/** A share, as it is shown. */
export const percent = { unit: '%', shown: 100 } as const;

export const choice = <T extends string>(
  options: Readonly<Record<T, string>>,
  fallback: NoInfer<T>,
  more: More<ChoiceSetting<NoInfer<T>>>,
): ChoiceSetting<T> => ({ ...usual, kind: 'choice', options, fallback, ...more });

export const several = <T extends string>(
  options: Readonly<Record<T, readonly [label: string, info: string]>>,
  fallback: readonly NoInfer<T>[],
  more: More<SeveralSetting<NoInfer<T>>>,
): SeveralSetting<T> => ({ ...usual, kind: 'several', options, fallback, ...more });

/** Who learns, of some methods. */
export const choiceOfMethods = (
  methods: readonly Method[],
  fallback: readonly MethodId[],
  more: Omit<More<SeveralSetting>, 'label'>,
) =>
  several<MethodId>(
    Object.fromEntries(methods.map(({ id, name, words }) => [id, [name, words] as const])),
    fallback,
    { label: 'Methods', areMethods: true, ...more },
  );

export const flag = (fallback: boolean, more: More<FlagSetting>): FlagSetting => ({
  ...{ ...usual, kind: 'flag', fallback },
  ...more,
});

/** The words of a choice, and what each is called. */
export const optionsOf = <T extends string>({ options }: { readonly options: Readonly<Record<T, string>> }) =>
  Object.entries(options) as [id: T, name: string][];

export const isWhole = ({ step }: Pick<Bounds, 'step'>): boolean => step >= 1;
