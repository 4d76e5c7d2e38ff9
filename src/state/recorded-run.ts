import type { Change } from '../methods/changes';
import type { RunConfig } from '../methods/config';
import type { Track } from '../sessions/track';

/** A run as it was recorded. Its configuration and its changes determine its bits. */
export interface RecordedRun {
  /** Of no other run in this tab. */
  readonly id: number;
  readonly name: string;
  /** CSS */
  readonly colour: string;
  readonly config: RunConfig | null;
  /** λ and γ as they were changed on the way. */
  readonly changes: readonly Change[];
  readonly track: Track;
}
