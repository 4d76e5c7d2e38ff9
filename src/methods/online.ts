import { scaleSpan } from '../ratings/rating-set';
import { pause } from '../ratings/sliced';
import { freshModel, type Learner, type Surroundings } from './learner';
import { ratingUnit, stepsOn } from './rating-unit';

/** An error beyond this many rating spans is divergence. */
export const divergence = 10;

/** Observations between two pauses: some milliseconds of the page. */
export const observationsPerPause = 1 << 15;

/** B-SGD, truly one observation at a time; with rank 0 there are biases only. */
export function onlineSgd(around: Surroundings, rank: number): Learner {
  const { kernels, stream, config, scale, seen, means } = around;
  const unit = ratingUnit(scale);
  const model = freshModel(around, unit, rank);
  const { learningRate, lambda, factorRate, factorLambda } = stepsOn(scale, unit, config);
  const limit = (divergence * scaleSpan(scale)) / unit;
  return {
    model,
    known: seen,
    keepsRatings: false,
    learnt: 0,
    diverged: false,
    *learn(from, to) {
      model.mean = means.now / unit;
      for (let first = from; first < to && !this.diverged; first += observationsPerPause) {
        const end = Math.min(to, first + observationsPerPause);
        this.learnt = kernels.learn(
          model,
          stream.ratings,
          null,
          first,
          end,
          learningRate,
          lambda,
          limit,
          factorRate,
          factorLambda,
        );
        if (this.learnt < end) this.diverged = true;
        yield pause;
      }
    },
  };
}
