import type { Change } from '../methods/changes';
import type { RunConfig } from '../methods/config';
import type { MethodId } from '../methods/method';
import type { Snapshot } from '../methods/snapshot';
import type { Axis, Moment } from '../metrics/moment';
import type { Mark } from '../sessions/track';

/** A run as it can be filmed, whoever made it. */
export interface FilmedRun {
  readonly name: string;
  /** CSS */
  readonly colour: string;
  readonly config: RunConfig;
  /** λ and γ as they were changed on the way. */
  readonly changes: readonly Change[];
  readonly moments: readonly Moment[];
  readonly marks: readonly Mark[];
  readonly snapshots: readonly Snapshot[];
  /** What was found later of what its frames recommend, also of frames that have been thinned out since. */
  readonly found: readonly Moment[];
}

/** `frames`: a ZIP of numbered PNG; `png`: the last frame alone. */
export type FilmFormat = 'mp4' | 'webm' | 'gif' | 'frames' | 'png';

/** `fit`: as large as what it shows; of a single matrix. */
type Aspect = 'fit' | '16:9' | '1:1' | '9:16';

export interface FilmOptions {
  readonly format: FilmFormat;
  /** `matrix`: one pane alone; `race`: the ratings and every run, with the chart or without. */
  readonly composition: 'matrix' | 'race' | 'race-chart';
  /** Of `matrix`, which pane: 0 for the ratings, then the runs. */
  readonly pane: number;
  readonly aspect: Aspect;
  /** Pixels of the shorter side; of `fit`, pixels per cell. */
  readonly size: number;
  /** What the runs are aligned by. */
  readonly axis: Axis;
  /** On the axis. */
  readonly from: number;
  readonly to: number;
  readonly frameCount: number;
  readonly framesPerSecond: number;
  /** Seconds that the last frame stays longer. */
  readonly hold: number;
  /** Whether parameters, step and errors are written into the picture. */
  readonly caption: boolean;
  /** Transparent: PNG only. */
  readonly background: 'light' | 'dark' | 'transparent';
}

/** A run as one frame has it; null: it has not begun there. */
export interface Painted<Frame extends Snapshot | null = Snapshot> {
  readonly name: string;
  /** CSS */
  readonly colour: string;
  /** As it was configured, and what was changed on the way. */
  readonly config: RunConfig;
  readonly changes: readonly Change[];
  readonly snapshot: Frame;
}

export function paintedAt<Frame extends Snapshot | null>(
  { name, colour, config, changes }: FilmedRun,
  snapshot: Frame,
): Painted<Frame> {
  return { name, colour, config, changes, snapshot };
}

/** Frames with a name: the step of every method that raced. */
export interface NamedFrame {
  readonly name: string;
  readonly steps: Readonly<Record<MethodId, number>>;
}
