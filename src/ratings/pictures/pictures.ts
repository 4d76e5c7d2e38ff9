import { landscape } from './landscape';
import { lettering } from './lettering';
import { checkerboard, lowRank, noise, plasma } from './patterns';
import { portrait } from './portrait';
import { render, type Tone } from './shading';

interface Asked {
  /** Rows and columns, 32…512. */
  readonly size: number;
  readonly seed: number;
  /** Of 'low-rank' only. */
  readonly rank: number;
}

interface Picture {
  readonly id: string;
  /** What it is called on the screen. */
  readonly name: string;
  /** Draws a matrix of 8-bit ratings, size × size bytes, row-major. A fresh array. */
  draw(asked: Asked): Uint8Array;
}

const toned =
  (tone: (seed: number) => Tone): Picture['draw'] =>
  ({ size, seed }) =>
    render(size, tone(seed));

/** The made-up shop's matrices. */
export const pictures = [
  { id: 'portrait', name: 'Portrait', draw: toned(portrait) },
  { id: 'landscape', name: 'Landscape', draw: toned(landscape) },
  { id: 'lettering', name: 'Lettering', draw: toned(lettering) },
  { id: 'plasma', name: 'Plasma', draw: ({ size, seed }) => plasma(size, seed) },
  { id: 'low-rank', name: 'Low rank', draw: ({ size, seed, rank }) => lowRank(size, seed, rank) },
  { id: 'checkerboard', name: 'Checkerboard', draw: ({ size, seed }) => checkerboard(size, seed) },
  { id: 'noise', name: 'Noise', draw: ({ size, seed }) => noise(size, seed) },
] as const satisfies readonly Picture[];

export type PictureKind = (typeof pictures)[number]['id'];

export interface PictureRecipe extends Asked {
  readonly kind: PictureKind;
}

/** Draws a picture from nothing but its recipe. */
export function drawPicture({ kind, ...asked }: PictureRecipe): Uint8Array {
  const picture = pictures.find(({ id }) => id === kind);
  if (!picture) throw new Error(`no picture is called ${kind}`);
  return picture.draw(asked);
}

/** What our pictures are called. */
export const pictureNames = Object.fromEntries(pictures.map(({ id, name }) => [id, name])) as Readonly<
  Record<PictureKind, string>
>;

/** What one of them is called; undefined for a picture of the user's. */
export const pictureName = (kind: string): string | undefined => pictures.find(({ id }) => id === kind)?.name;
