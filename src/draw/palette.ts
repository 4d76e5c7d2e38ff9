import * as chromatic from 'd3-scale-chromatic';

export interface Palette {
  /** d3-scale-chromatic's name without 'interpolate': 'Viridis', 'RdBu' … in lower case as id. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'sequential' | 'diverging';
  /** Told apart by people with the common colour-vision deficiencies (ColorBrewer's and matplotlib's word). */
  readonly colourBlindSafe: boolean;
  readonly colourAt: (t: number) => string;
}

const sequential = (name: string, colourAt: (t: number) => string, colourBlindSafe = true): Palette => ({
  id: name.toLowerCase(),
  name,
  kind: 'sequential',
  colourBlindSafe,
  colourAt,
});
const diverging = (name: string, colourAt: (t: number) => string, colourBlindSafe = true): Palette => ({
  ...sequential(name, colourAt, colourBlindSafe),
  kind: 'diverging',
});

/** Viridis, the post's, is first. */
export const palettes: readonly Palette[] = [
  sequential('Viridis', chromatic.interpolateViridis),
  sequential('Cividis', chromatic.interpolateCividis),
  sequential('Magma', chromatic.interpolateMagma),
  sequential('Inferno', chromatic.interpolateInferno),
  sequential('Plasma', chromatic.interpolatePlasma),
  sequential('Turbo', chromatic.interpolateTurbo, false),
  sequential('Warm', chromatic.interpolateWarm, false),
  sequential('Cool', chromatic.interpolateCool, false),
  sequential('Cubehelix', chromatic.interpolateCubehelixDefault),
  sequential('Greys', chromatic.interpolateGreys),
  sequential('Blues', chromatic.interpolateBlues),
  sequential('Greens', chromatic.interpolateGreens),
  sequential('Oranges', chromatic.interpolateOranges),
  sequential('Purples', chromatic.interpolatePurples),
  sequential('Reds', chromatic.interpolateReds),
  sequential('YlGnBu', chromatic.interpolateYlGnBu),
  sequential('YlOrRd', chromatic.interpolateYlOrRd),
  sequential('BuPu', chromatic.interpolateBuPu),
  sequential('GnBu', chromatic.interpolateGnBu),
  sequential('PuBuGn', chromatic.interpolatePuBuGn),
  diverging('RdBu', chromatic.interpolateRdBu),
  diverging('PuOr', chromatic.interpolatePuOr),
  diverging('BrBG', chromatic.interpolateBrBG),
  diverging('PRGn', chromatic.interpolatePRGn),
  diverging('PiYG', chromatic.interpolatePiYG),
  diverging('RdYlBu', chromatic.interpolateRdYlBu),
  diverging('RdYlGn', chromatic.interpolateRdYlGn, false),
  diverging('Spectral', chromatic.interpolateSpectral, false),
];

/** 256 colours as RGBA bytes read as one little-endian word each: what a pixel of ImageData takes. */
export type ColourTable = Uint32Array;

export function paletteOf(id: string): Palette {
  return palettes.find((palette) => palette.id === id) ?? palettes[0];
}

export function colourTable(colourAt: (t: number) => string): ColourTable {
  return Uint32Array.from({ length: 256 }, (_, i) => wordOf(colourAt(i / 255)));
}

/** '#rrggbb' or 'rgb(r, g, b)', the two forms d3 gives, as an opaque little-endian RGBA word. */
export function wordOf(colour: string): number {
  const [r, g, b] = colour.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    : (colour.match(/\d+/g) ?? []).map(Number);
  return wordOfRgb(r, g, b);
}

export const wordOfRgb = (r: number, g: number, b: number): number =>
  ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;

export const rgbOf = (word: number): [r: number, g: number, b: number] => [
  word & 255,
  (word >> 8) & 255,
  (word >> 16) & 255,
];

/** Errors and factors, around zero: blue below, red above. On light, zero is light. */
export const errorColourAt = (t: number): string => chromatic.interpolateRdBu(1 - t);

/** On dark, zero is as dark as the page, so that what is nothing does not shine: the same hues at the same places. */
const onDark = [
  [156, 208, 255],
  [52, 120, 190],
  [22, 26, 32],
  [190, 72, 58],
  [255, 180, 156],
] as const;

export function errorColourOnDarkAt(t: number): string {
  const place = Math.min(1, Math.max(0, t)) * (onDark.length - 1);
  const from = Math.min(onDark.length - 2, Math.floor(place));
  const mixed = onDark[from].map((low, i) => low + (place - from) * (onDark[from + 1][i] - low));
  return `rgb(${mixed.map(Math.round).join(', ')})`;
}

const aroundZero = { light: colourTable(errorColourAt), dark: colourTable(errorColourOnDarkAt) };
export const aroundZeroFor = (dark: boolean): ColourTable => aroundZero[dark ? 'dark' : 'light'];
