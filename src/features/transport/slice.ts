import type { MethodId } from '../../methods/method';

export interface TransportActions {
  play(): void;
  pause(): void;
  /** One iteration and one epoch, paused. */
  step(): void;
  /** One half-sweep and one observation, paused. */
  smallStep(): void;
  /** The half-sweep or the observation of one method alone, paused. */
  singleOf(method: MethodId): void;
  /** Back to the initial factors; playing or paused as before. */
  reset(): void;
  /** After a divergence: the proposed γ (or another), from the start. */
  restartWith(learningRate: number): void;
  /** After a worker was lost. */
  revive(method: MethodId): void;
}
