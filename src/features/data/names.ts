import type { Settings } from '../../state/settings';

export const pictureNames: Record<Exclude<Settings['picture'], 'yours'>, string> = {
  portrait: 'Portrait',
  landscape: 'Landscape',
  lettering: 'Lettering',
  plasma: 'Plasma',
  'low-rank': 'Low rank',
  checkerboard: 'Checkerboard',
  noise: 'Noise',
};

/** The name of one of our pictures by its kind; undefined for a picture of the user's. */
export const pictureName = (kind: string): string | undefined =>
  Object.hasOwn(pictureNames, kind) ? pictureNames[kind as keyof typeof pictureNames] : undefined;
