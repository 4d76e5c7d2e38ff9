import type { Window } from '../../draw/window';
import type { Extra } from '../../methods/growing-lines';
import type { StreamSettings } from '../../settings/stream';
import type { StageOrder, StreamLooks } from '../../state/stream-lab';

/** What a user can do in the stream lab. */
export interface StreamActions {
  play(): void;
  pause(): void;
  /** One batch, paused. */
  oneBatch(): void;
  /** To a batch at full speed: backwards, the stream is gone through again from its beginning. */
  jump(batch: number): void;
  /** Back to where nothing has arrived; playing or paused as before. */
  restart(): void;
  /** Out-of-bounds changes are ignored. */
  change(change: Partial<StreamSettings>): void;
  look(change: Partial<StreamLooks>): void;
  /** Shows the stream as it was after a batch; null: as it is. */
  scrub(batch: number | null): void;
  /** Brings a part of the matrices onto the stage; null: the whole. */
  show(window: Window | null): void;
  orderStage(by: StageOrder): void;
  /** What is to be rated, before it is. */
  draft(rating: Extra | null): void;
  rate(): void;
  undo(): void;
  /** After the worker was lost. */
  revive(): void;
}
