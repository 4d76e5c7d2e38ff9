import { lensOf } from '../paint/lens';
import type { Colours } from '../paint/painter';
import { colourTable, paletteOf, wordOf } from '../paint/palette';
import { type Scene, sceneOf } from '../paint/scene';
import type { LoadedData } from './workbench';

let last: { data: LoadedData; scene: Scene } | null = null;

/** The scene of a data set; made once, since screen and export ask for the same. */
export function sceneFor(data: LoadedData): Scene {
  if (last?.data !== data)
    last = {
      data,
      scene: sceneOf(data.ratings, data.split, lensOf(data.split, data.source === 'picture')),
    };
  return last.scene;
}

/** What is not known must not look like a value: a neutral of the theme; held-out cells in a magenta no palette has. */
export function coloursFor(palette: string, dark: boolean): Colours {
  return {
    table: colourTable(paletteOf(palette).colourAt),
    unknown: wordOf(dark ? '#2b2f36' : '#e4e6ea'),
    heldOut: wordOf('#ff4fa3'),
  };
}
