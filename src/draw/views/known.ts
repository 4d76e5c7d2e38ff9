import { prediction } from './prediction';
import type { View } from './view';

/** What a model predicts where a rating is known, and which of the ratings are held out. */
export const known: View = { ...prediction, id: 'known', name: 'Known cells', knownOnly: true };
