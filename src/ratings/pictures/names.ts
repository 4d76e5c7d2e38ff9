/** The made-up shop's pictures: what each is called on the screen. Apart from how they are drawn, which only a worker does. */
export const pictureNames = {
  portrait: 'Portrait',
  landscape: 'Landscape',
  lettering: 'Lettering',
  plasma: 'Plasma',
  'low-rank': 'Low rank',
  checkerboard: 'Checkerboard',
  noise: 'Noise',
} as const;

export type PictureKind = keyof typeof pictureNames;
export const pictureKinds = Object.keys(pictureNames) as readonly PictureKind[];

/** What one of them is called; undefined for a picture of the user's. */
export const pictureName = (kind: string): string | undefined =>
  Object.hasOwn(pictureNames, kind) ? pictureNames[kind as PictureKind] : undefined;
