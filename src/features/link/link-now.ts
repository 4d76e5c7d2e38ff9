import { unitOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { sampleSizes } from '../../ratings/sample';
import type { Settings } from '../../settings/race';
import { racingOf } from '../../settings/race';
import type { LinkedData, SampleSize } from '../../state/link/data';
import { linkOf } from '../../state/link/link';
import type { LinkedRun, LinkedRuns } from '../../state/link/runs';
import type { LoadedData } from '../../state/loaded-data';
import { frameOf } from '../replay/replay';
import type { WorkbenchState } from '../workbench';

/**
 * The link to what is on the stage; null where there is nothing to link to, as of a run without its ratings.
 *
 * @param withFrames leads to the very frames, or the very batch, and not only to their beginning
 */
export function linkNow(state: WorkbenchState, withFrames: boolean): string | null {
  const { data, settings, looks, window, stream } = state;
  if (!data || data.source === 'run') return null;
  const usual = data.source === 'picture' ? 'id' : 'count';
  const orderBy = data.orderBy === 'factor' || data.orderBy === usual ? null : data.orderBy;
  const isStream = looks.mode === 'stream';
  const marks = isStream ? [] : state.marks;
  const batch = withFrames ? (stream.shown ?? stream.batch) : 0;
  return linkOf(
    linkedDataOf(data, settings),
    settings,
    looks,
    { window, orderBy, marks },
    withFrames && !isStream ? linkedRunsOf(state) : null,
    isStream ? { settings: stream.settings, batch } : null,
  );
}

/** How a link says which data these are: whatever cannot be made from a recipe is a file, even a picture. */
export function linkedDataOf(
  { source, ratings, audit }: LoadedData,
  { picture }: Pick<Settings, 'picture'>,
): LinkedData {
  if (source === 'picture' && picture !== 'yours') return { kind: 'picture' };
  if (source === 'sample') {
    const sizes = Object.keys(sampleSizes) as SampleSize[];
    const size = sizes.find((one) => sampleSizes[one].ratingCount === ratings.ratingCount);
    if (size) return { kind: 'sample', size };
  }
  const { name, userCount, itemCount, ratingCount } = ratings;
  return { kind: 'file', name, userCount, itemCount, ratingCount, checksum: audit.checksum };
}

/** The runs as a link has them: what they began with, what was changed, and where they are; null before they have begun. */
function linkedRunsOf(state: WorkbenchState): LinkedRuns | null {
  const linked: Record<MethodId, LinkedRun> = {};
  for (const method of racingOf(state.settings)) {
    const run = state.runs[method];
    const frame = frameOf(state, run, method);
    if (!run.config || !frame) return null;
    const { lambda, learningRate } = run.config;
    const began = run.changes[0]?.unit === 0 ? [] : [{ unit: 0, lambda, learningRate }];
    linked[method] = { unit: unitOf(frame), changes: [...began, ...run.changes] };
  }
  return linked;
}
