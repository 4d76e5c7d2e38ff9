import { expose, transfer } from 'comlink';
import { arrayNames } from '../files/run-file/manifest';
import { Refusal } from '../files/run-file/refusal';
import { type FolderNews, folderReader } from '../files/run-folder/reader';
import { failure } from '../ratings/result';
import { folderAt, type WatchedFolder } from './folders';
import type { WatchApi, Watched } from './protocol';

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

const api: WatchApi = {
  ping() {},
  open(place, room) {
    folder = folderAt(place);
    reader = folderReader(folder, room);
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
};

expose(api);
