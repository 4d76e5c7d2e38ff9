import { transfer } from 'comlink';
import { arrayNames } from '../files/run-file/manifest';
import { Refusal } from '../files/run-file/refusal';
import { ratedReader } from '../files/run-folder/rated';
import { type FolderNews, folderReader } from '../files/run-folder/reader';
import { failure } from '../ratings/result';
import { settle } from '../ratings/sliced';
import { isKnown, predictionFor, topN } from '../sessions/top-n';
import { folderAt, type WatchedFolder } from './folders';
import type { Advice, Asked, WatchApi, Watched } from './protocol';
import { serve } from './serve';

let folder: WatchedFolder;
let reader: ReturnType<typeof folderReader>;
/** What was told last, so that what has not changed is not told again. */
let told = '';

const arraysOf = ({ runs }: FolderNews) =>
  runs.flatMap(({ frames }) => frames.flatMap((frame) => arrayNames.map((name) => frame[name].buffer)));

/** Whether there is anything in it that was not told before. */
function isNews({ manifest, users, items, runs, isBegunAnew }: FolderNews): boolean {
  const now = JSON.stringify(manifest);
  const isOther = now !== told;
  told = now;
  const rows = [users, items, ...runs.flatMap(({ moments, frames }) => [moments, frames])];
  return isOther || isBegunAnew || rows.some(({ length }) => length > 0);
}

/** Looks until there is something to tell. */
async function next(isMore: boolean): Promise<Watched> {
  for (let look = isMore; ; look = false) {
    if (!look && !(await folder.changed())) return { kind: 'unreachable' };
    const news = await reader.look().catch((error: unknown) => {
      if (error instanceof Refusal) throw error;
      return 'unreachable' as const;
    });
    if (news === 'unreachable') return { kind: 'unreachable' };
    if (news === null && told !== 'gone') {
      told = 'gone';
      return { kind: 'gone' };
    }
    if (news && isNews(news)) return { kind: 'news', news };
  }
}

const nobodys: ReadonlySet<number> = new Set();
const nobody = () => ({ user: -1, items: async () => nobodys });
/** What the one has rated who was asked for last. */
let rated = nobody();

/** What a frame recommends to somebody, less what they have rated. A frame that cannot be read is none. */
async function advise({ run, user, item, step, isBefore, count }: Asked): Promise<Advice | null> {
  const frame = await reader.frame(run, (at) => (isBefore ? at < step : at <= step)).catch(() => null);
  if (!frame) return null;
  if (user !== null && rated.user !== user) rated = { user, items: ratedReader(folder, user) };
  const seen = user === null ? nobodys : await rated.items().catch(() => nobodys);
  const [userCount, itemCount] = [frame.userBias.length, frame.itemBias.length];
  const model = { ...frame, userCount, itemCount, rank: frame.itemFactors.length / itemCount };
  const among = (row: number | null, rows: number) => (row !== null && row < rows ? row : null);
  const one = among(user, userCount);
  return {
    ...{ step: frame.moment.step, ratedCount: seen.size },
    isKnown: one !== null && isKnown(model, 'user', one),
    best: settle(topN(model, one, count, seen)),
    prediction: item === undefined ? null : predictionFor(model, one, among(item, itemCount)),
  };
}

serve<WatchApi>({
  open(place, room) {
    folder = folderAt(place);
    reader = folderReader(folder, room);
    rated = nobody();
  },
  async next(isMore) {
    try {
      const watched = await next(isMore);
      const buffers = watched.kind === 'news' ? arraysOf(watched.news) : [];
      return transfer({ ok: true, watched }, buffers);
    } catch (error) {
      if (error instanceof Refusal) return failure(error.code, {});
      throw error;
    }
  },
  advise,
});
