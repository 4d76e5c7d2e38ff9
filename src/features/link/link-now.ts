import { unitOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { sampleSizes } from '../../ratings/sample';
import type { Settings } from '../../settings/race';
import { racingOf } from '../../settings/race';
import type { LinkedAsked } from '../../state/link/asked';
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
  const orderBy = data.orderBy === usualOrder(data) ? null : data.orderBy;
  const isStream = looks.mode === 'stream';
  const marks = isStream ? [] : state.marks;
  const search = isStream ? state.pruningSaid : state.searchSaid;
  const batch = withFrames ? (stream.shown ?? stream.batch) : 0;
  const asked = askedNow(state);
  return linkOf(
    linkedDataOf(data, settings),
    settings,
    looks,
    { window, orderBy, marks, ...(search && { search }), ...(asked && { asked }) },
    withFrames && !isStream ? linkedRunsOf(state) : null,
    isStream ? { settings: stream.settings, batch } : null,
  );
}

/** What is asked of the frames; null where they are looked at. Ratings of one's own are nobody else's. */
function askedNow({ looks: { mode }, wanted, mapLook }: WorkbenchState): LinkedAsked | null {
  if (mode !== 'recommend' && mode !== 'factors') return null;
  const { mine: _, ...others } = wanted;
  return { mode, ...others, ...mapLook };
}

/** How users and items stand where a link says nothing of it. */
export const usualOrder = ({ source }: Pick<LoadedData, 'source'>) => (source === 'picture' ? 'id' : 'count');

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
