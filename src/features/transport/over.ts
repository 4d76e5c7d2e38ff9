import { racingOf } from '../../settings/race';
import type { WorkbenchState } from '../workbench';

/** Whether all runs have come to their ends, and are looked at there. */
export const isOver = ({ runs, settings, replayPlace }: WorkbenchState): boolean =>
  replayPlace === null &&
  racingOf(settings).every((method) => ['finished', 'diverged'].includes(runs[method].status));
