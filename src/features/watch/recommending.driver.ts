import type { FolderNews } from '../../files/run-folder/reader';
import type { Moment } from '../../metrics/moment';
import type { FolderPlace } from '../../workers/folders';
import type { Advice, Asked } from '../../workers/protocol';
import type { Workbench } from '../workbench';
import { nothingRecommended, type Recommending, type SentRating, type WatchActions } from './slice';

/** Items that are recommended to somebody. */
const count = 10;
/** Ratings whose fate is shown. */
const mostSent = 20;

/** The folder that is watched, as its watcher knows it. */
interface Watched {
  /** What a frame recommends; null where it cannot be told. */
  advise(asked: Asked): Promise<Advice | null>;
  /** Of a run, by its place in the manifest. */
  moments(run: number): readonly Moment[];
}

const inbox = (init: RequestInit = {}) =>
  fetch('/watch/inbox', { ...init, headers: { 'X-Factorscope': 'inbox' } }).then((answer) =>
    answer.ok ? answer.json() : null,
  );

/** Recommends from the newest frame of the job that is watched, sends it ratings, and follows them into its model. */
export function recommendingDriver({ getState: get, setState: set }: Workbench, watched: Watched) {
  /** Which step has learnt a message. */
  const learntBy = new Map<string, number>();
  let asked = 0;
  let sentSoFar = 0;

  const show = (change: Partial<Recommending>) =>
    set(({ recommending }) => ({ recommending: { ...recommending, ...change } }));
  const rowOf = (side: 'users' | 'items', name: string | null) => {
    const row = get().names[side].findIndex(({ id }) => id === name);
    return row < 0 ? null : row;
  };
  const become = (rating: SentRating, change: Partial<SentRating>) => {
    const now = { ...rating, ...change };
    show({ sent: get().recommending.sent.map((one) => (one.number === rating.number ? now : one)) });
    return now;
  };

  /** Begins with a folder of which nothing is known yet. */
  async function begin(place: FolderPlace) {
    learntBy.clear();
    show(nothingRecommended);
    const answer = place === 'server' ? await inbox().catch(() => null) : null;
    if (answer?.isOpen === true) show({ takesRatings: true });
  }

  /** Shows what is new for whom it is shown. */
  async function refresh() {
    const mine = ++asked;
    const { user, run } = get().recommending;
    const advice =
      user === null
        ? null
        : await watched.advise({ run, user: rowOf('users', user), step: Number.MAX_VALUE, count });
    if (mine === asked) show({ advice });
  }

  /** Follows the ratings that were sent, and shows what the newest frame recommends. */
  function heard({ runs }: FolderNews) {
    // A folder that was begun anew may have fewer.
    if (get().recommending.run >= runs.length) show({ run: 0 });
    for (const { messages } of runs)
      for (const { message, step } of messages) if (!learntBy.has(message)) learntBy.set(message, step);
    for (const rating of get().recommending.sent) void settle(rating);
    if (runs[get().recommending.run]?.frames.length) void refresh();
  }

  /** Says of a rating that a batch has learnt, what has changed with it. */
  async function settle(rating: SentRating) {
    const step = learntBy.get(rating.message ?? '');
    if (rating.status !== 'sent' || step === undefined) return;
    const { run } = get().recommending;
    const moments = watched.moments(run);
    const at = moments.findIndex((moment) => moment.step === step);
    const ratings = (moments[at]?.observations ?? 0) - (moments[at - 1]?.observations ?? 0);
    const learnt = { step, ratings, before: null, after: null };
    const now = become(rating, { status: 'learnt', learnt });
    const ask = (isBefore: boolean) =>
      watched.advise({
        ...{ run, step, isBefore, count },
        user: rowOf('users', rating.user),
        item: rowOf('items', rating.item.id),
      });
    const [before, after] = await Promise.all([ask(true), ask(false)]);
    become(now, { learnt: { ...learnt, before, after: after?.step === step ? after : null } });
  }

  const actions: Pick<WatchActions, 'recommendTo' | 'recommendFrom' | 'rateFor'> = {
    recommendTo(user) {
      show({ user, advice: null });
      void refresh();
    },
    recommendFrom(run) {
      show({ run, advice: null });
      void refresh();
    },
    async rateFor(item, value) {
      const { recommending, names } = get();
      const { user, sent } = recommending;
      if (user === null) return;
      const number = ++sentSoFar;
      const rating: SentRating = { number, user, item: names.items[item], value, status: 'sending' };
      show({ sent: [rating, ...sent].slice(0, mostSent) });
      const body = JSON.stringify([{ user, item: rating.item.id, value }]);
      const answer = await inbox({ method: 'POST', body }).catch(() => null);
      const message: unknown = answer?.message;
      if (typeof message !== 'string') return void become(rating, { status: 'refused' });
      void settle(become(rating, { status: 'sent', message }));
    },
  };
  return { actions, begin, heard };
}
