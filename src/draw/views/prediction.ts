import { readingOfPrediction } from '../terms';
import { scaleOfRatings, type View } from './view';

/** What a model predicts everywhere. */
export const prediction: View = {
  id: 'prediction',
  name: 'Prediction',
  legend: { what: 'rating', unit: 'rating units' },
  scale: scaleOfRatings,
  formula: (ofPrediction) => ofPrediction,
  values: (buffer, frame) => buffer.predict(frame),
  parts: (buffer, frame) => buffer.parts(frame),
  reading: readingOfPrediction,
};
