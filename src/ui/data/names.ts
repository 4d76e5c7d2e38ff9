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
