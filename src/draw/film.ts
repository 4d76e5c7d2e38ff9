import { unitOf } from '../methods';
import { type Change, liveAt } from '../methods/changes';
import type { RunConfig } from '../methods/config';
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
}

const filmFormats = ['gif', 'mp4', 'webm', 'frames', 'png'] as const;
/** `frames`: a ZIP of numbered PNG; `png`: the last frame alone. */
export type FilmFormat = (typeof filmFormats)[number];

/** `matrix`: one pane alone; `race`: the ratings and every run, with the chart or without. */
type Composition = 'matrix' | 'race' | 'race-chart';
/** `fit`: as large as what it shows; of a single matrix. */
export type Aspect = 'fit' | '16:9' | '1:1' | '9:16';

export interface FilmOptions {
  readonly format: FilmFormat;
  readonly composition: Composition;
  /** Of `matrix`: the ratings, or which of the runs. */
  readonly pane: 'ratings' | number;
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

/** How a run was configured when it was at a snapshot. */
export function configAt(
  { config, changes }: Pick<FilmedRun, 'config' | 'changes'>,
  snapshot: Snapshot,
): RunConfig {
  // What was changed at a unit is in force from the next one on.
  return { ...config, ...liveAt(config, changes, Math.max(0, unitOf(snapshot) - 1)) };
}
