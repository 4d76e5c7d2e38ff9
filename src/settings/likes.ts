/** From which share of the scale on a rating counts as liked. */
export const likes = {
  '0': 'every rating',
  '0.5': 'upper half',
  '0.75': 'from 4 of 5 stars',
  '0.8': 'top fifth',
  '1': 'the highest',
} as const;
