import { landscape } from './landscape';
import { lettering } from './lettering';
import { checkerboard, lowRank, noise, plasma } from './patterns';
import { portrait } from './portrait';
import { render } from './shading';

/** The made-up shop's matrices. The first is the default. */
export const pictureKinds = [
  'portrait',
  'landscape',
  'lettering',
  'plasma',
  'low-rank',
  'checkerboard',
  'noise',
] as const;
export type PictureKind = (typeof pictureKinds)[number];

export interface PictureRecipe {
  readonly kind: PictureKind;
  /** Rows and columns, 32…512. */
  readonly size: number;
  readonly seed: number;
  /** Of 'low-rank' only. */
  readonly rank: number;
}

/** Draws a matrix of 8-bit ratings, size × size bytes, row-major, from nothing but its recipe. A fresh array. */
export function drawPicture({ kind, size, seed, rank }: PictureRecipe): Uint8Array {
  switch (kind) {
    case 'portrait':
      return render(size, portrait(seed));
    case 'landscape':
      return render(size, landscape(seed));
    case 'lettering':
      return render(size, lettering(seed));
    case 'plasma':
      return plasma(size, seed);
    case 'low-rank':
      return lowRank(size, seed, rank);
    case 'checkerboard':
      return checkerboard(size, seed);
    case 'noise':
      return noise(size, seed);
  }
}
