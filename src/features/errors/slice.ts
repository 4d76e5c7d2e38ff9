import type { MethodId } from '../../methods/method';
import type { Snapshot } from '../../methods/snapshot';
import type { ErrorMetric, Part } from '../../metrics/metric';
import type { ErrorSurvey } from '../../sessions/error-survey';

/** Where the errors of a frame are. */
export interface SurveyedFrame {
  readonly frame: Snapshot;
  /** On which ratings. */
  readonly part: Part;
  /** What was told then: whose errors count. */
  readonly metric: ErrorMetric;
  readonly survey: ErrorSurvey;
}

export interface ErrorsSlice {
  /** Somebody looks at where the errors are. */
  readonly surveying: boolean;
  /** Of the frames in the panes, those that were surveyed last. */
  readonly surveyed: Readonly<Record<MethodId, SurveyedFrame>>;
}

export const errorsSlice = (): ErrorsSlice => ({ surveying: false, surveyed: {} });

export interface ErrorsActions {
  /** Begins to keep what is shown of errors true to the frames on the stage, or ends it. */
  survey(open: boolean): void;
}
