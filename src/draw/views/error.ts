import { readingOfPrediction } from '../terms';
import { scaleAroundZero, type View } from './view';

/** By how much a model is wrong where a rating is known: r̂ − r. */
export const error: View = {
  id: 'error',
  name: 'Error',
  legend: { what: 'error', unit: 'error' },
  scale: (ratings, colours) => scaleAroundZero(ratings, colours),
  formula: () => 'error r̂ − r',
  values: (buffer, frame) => buffer.errors(frame),
  sampled: true,
  reading: readingOfPrediction,
};
