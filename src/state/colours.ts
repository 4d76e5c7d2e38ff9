import type { Colours } from '../draw/painter';
import { colourTable, paletteOf, wordOf } from '../draw/palette';

/** What is not known must not look like a value: a neutral of the theme; held-out cells in a magenta no palette has. */
export function coloursFor(palette: string, dark: boolean): Colours {
  return {
    table: colourTable(paletteOf(palette).colourAt),
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
