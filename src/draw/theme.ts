import { aroundZeroFor, type ColourTable, colourTable, paletteOf, wordOf } from './palette';

/** Colours of what stands around the matrices, as in features/shell/tokens.css, and over them. */
export interface Theme {
  readonly ground: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly reference: string;
  /** Where nobody has come yet: hatched. */
  readonly unseen: { readonly ground: string; readonly lines: string };
  /** Rows and columns that are new. */
  readonly fresh: string;
  /** Around what a rating of one's own changed, and around that, so that it is seen on any colour. */
  readonly lit: { readonly frame: string; readonly around: string };
}

export const themes: Readonly<Record<'light' | 'dark', Theme>> = {
  light: {
    ground: '#ffffff',
    ink: '#1d2127',
    muted: '#5c6470',
    grid: '#dfe2e7',
    reference: '#6b7280',
    unseen: { ground: '#f1f2f5', lines: '#d3d8df' },
    fresh: '#0e7c86',
    lit: { frame: '#d6006c', around: '#fffd' },
  },
  dark: {
    ground: '#161a20',
    ink: '#e8eaee',
    muted: '#9aa2ae',
    grid: '#2a3038',
    reference: '#8b93a0',
    unseen: { ground: '#1c2027', lines: '#343b46' },
    fresh: '#38b6bf',
    lit: { frame: '#ffd24a', around: '#000b' },
  },
};

export const themeFor = (dark: boolean): Theme => themes[dark ? 'dark' : 'light'];

/** Whether the page is dark now: as was chosen, or as the system is. */
export function isDark(chosen: 'auto' | 'light' | 'dark'): boolean {
  return chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
}

/** The colours of a matrix: tables for ratings and for what lies around zero, and words for what is not known or held out. */
export interface Colours {
  readonly table: ColourTable;
  readonly aroundZero: ColourTable;
  readonly unknown: number;
  readonly heldOut: number;
}

/** What is not known must not look like a value: a neutral of the theme; held-out cells in a magenta no palette has. */
export function coloursFor(palette: string, dark: boolean): Colours {
  return {
    table: colourTable(paletteOf(palette).colourAt),
    aroundZero: aroundZeroFor(dark),
    unknown: wordOf(dark ? '#2b2f36' : '#e4e6ea'),
    heldOut: wordOf('#ff4fa3'),
  };
}

/** Colours of runs that were left for others, readable on light and on dark. */
export const runColours = [
  '#8a63d2',
  '#2f9e6e',
  '#cc4f86',
  '#8f8a1e',
  '#2a93ae',
  '#b98224',
  '#7a8494',
  '#d0574a',
] as const;

/** A font of the page's family; sizes in device pixels. */
export const fontOf = (weight: number, size: number) =>
  `${weight} ${size}px 'Inter Variable', system-ui, sans-serif`;
