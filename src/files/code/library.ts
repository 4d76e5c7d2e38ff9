import type { MethodId, RunConfig } from '../../methods/config';
import type { Counting } from '../../metrics/tally';
import type { RatingInfo } from '../../ratings/rating-set';

/** A run that is to be written in the words of another library. */
export interface CodeWanted {
  /** As it is called here. */
  readonly name: string;
  /** With λ and γ as they were in force at the frame. */
  readonly config: RunConfig;
  /** Whole iterations or epochs. */
  readonly steps: number;
  /** Which errors it prints. */
  readonly counting: Counting;
  readonly ratings: Pick<RatingInfo, 'name' | 'userCount' | 'itemCount' | 'ratingCount' | 'scale'>;
}

/** A library in which some of our methods can be written with the very settings of a run. */
export interface Library {
  readonly id: string;
  readonly name: string;
  /** What is to be installed: for pip. */
  readonly packages: string;
  /** Methods that it has. */
  readonly methods: readonly MethodId[];
  /** A Python program that reads a CSV of users, items and ratings, learns as the run did, and prints how good it is. */
  codeOf(wanted: CodeWanted): string;
}
