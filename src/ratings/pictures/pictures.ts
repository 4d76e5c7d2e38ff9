import { landscape } from './landscape';
import { lettering } from './lettering';
import type { PictureKind } from './names';
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

/** Draws a matrix of 8-bit ratings, size × size bytes, row-major. A fresh array. */
type Draw = (asked: Asked) => Uint8Array;

const toned =
  (tone: (seed: number) => Tone): Draw =>
  ({ size, seed }) =>
    render(size, tone(seed));

/** How each of the made-up shop's matrices is drawn. */
const pictures: Readonly<Record<PictureKind, Draw>> = {
  portrait: toned(portrait),
  landscape: toned(landscape),
  lettering: toned(lettering),
  plasma: ({ size, seed }) => plasma(size, seed),
  'low-rank': ({ size, seed, rank }) => lowRank(size, seed, rank),
  checkerboard: ({ size, seed }) => checkerboard(size, seed),
  noise: ({ size, seed }) => noise(size, seed),
};

export interface PictureRecipe extends Asked {
  readonly kind: PictureKind;
}

/** Draws a picture from nothing but its recipe. */
export const drawPicture = ({ kind, ...asked }: PictureRecipe): Uint8Array => pictures[kind](asked);
