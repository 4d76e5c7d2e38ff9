import { pause } from '../ratings/sliced';
import { freshModel, knownOf, type Learner, type Surroundings } from './learner';
import type { Method } from './method';

/** The mean alone: what every other method has to beat. */
export const mean: Method = {
  id: 'mean',
  name: 'Mean',
  title: 'the mean',
  words: 'The mean of what has arrived.',
  colours: ['#6b7280', '#8b93a0'],
  step: { one: 'batch', many: 'batches', digits: 0 },
  formula: () => 'R ≈ μ',
  arriving: { settings: [], knowsNobody: true, begin: runningMean },
};

/** Says μ of everything. */
function runningMean(around: Surroundings): Learner {
  const { stream, means } = around;
  const model = freshModel(around, 1, 0);
  return {
    model,
    known: knownOf(stream, 1),
    keepsRatings: false,
    learnt: 0,
    diverged: false,
    *learn(_, to) {
      model.mean = means.now;
      this.learnt = to;
      yield pause;
    },
  };
}
