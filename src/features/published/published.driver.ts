import { type Protocol, type Published, publishedOf, publishedSeed } from '../../experiments/published';
import { type PartErrors, partsOf } from '../../experiments/reproduction';
import { raceIds } from '../../methods';
import { follow } from '../../workers/follow';
import type { Pool } from '../../workers/pool';
import type { Context } from '../context.driver';
import { doAll, learn, loadableIn, statusAfter, throwMistakes, workerCount } from '../search/learning.driver';
import { canBegin, isTheirs, placeOf } from './places';
import type { Reproducing, Reproduction } from './slice';

/** Batches of a stream between two answers of its worker. */
const stride = 1000;

type OfKind<K extends Protocol['kind']> = Extract<Protocol, { kind: K }>;
type Data = NonNullable<ReturnType<typeof loadableIn>>;

/** Finds published figures once more, with workers of its own, which come and go with each. */
export function publishedDriver({
  workbench,
  pool,
  ratings,
}: Pick<Context, 'workbench' | 'pool' | 'ratings'>): Reproducing {
  const { getState: get, setState: set } = workbench;
  let workers: { terminate(): void }[] = [];
  /** Of the newest stretch: what is older is dropped. */
  let ticket = 0;

  const put = (reproduction: Reproduction | null) =>
    set(({ search }) => (search ? { search: { ...search, reproduction } } : {}));
  const now = () => get().search?.reproduction ?? null;
  function patch(change: Partial<Reproduction>) {
    const reproduction = now();
    if (reproduction) put({ ...reproduction, ...change });
  }

  function stop() {
    ticket++;
    for (const worker of workers.splice(0)) worker.terminate();
  }

  async function goOn() {
    stop();
    const mine = ticket;
    const reproduction = now();
    const data = loadableIn(get().data, ratings.held());
    if (!reproduction || !data) return;
    set({ playing: false });
    patch({ status: 'going' });
    const of = publishedOf(reproduction.id);
    const note = (change: Partial<Reproduction>) => mine === ticket && patch(change);
    try {
      await (of.protocol.kind === 'stream'
        ? throughStream(of, of.protocol, data, note)
        : overFolds(of, of.protocol, data, note));
      note({ status: 'finished', share: 1 });
    } catch (error) {
      if (mine !== ticket) return;
      patch({ status: statusAfter(error) });
      throwMistakes(error);
    } finally {
      if (mine === ticket) stop();
    }
  }

  type Note = (change: Partial<Reproduction>) => void;

  /** What is known of the parts, with one more. */
  const withPart = (parts: readonly PartErrors[], part: number, errors: PartErrors) =>
    parts.map((one, i) => (i === part ? errors : one));

  async function overFolds(
    of: Published,
    protocol: OfKind<'run'> | OfKind<'biases'>,
    data: Data,
    note: Note,
  ): Promise<void> {
    const { folds } = protocol;
    const { method, rank } = protocol.kind === 'run' ? protocol.config : { method: raceIds[0], rank: 1 };
    const count = Math.min(folds, workerCount(get(), method, rank));
    if (count < 1) throw new RangeError('no room');
    const made = Array.from({ length: count }, pool.run);
    workers = made;
    let parts = now()?.parts ?? [];
    const isOpen = (part: number) => parts[part] === undefined;
    await doAll<PartErrors>({
      ...{ workers: made, data, method },
      openTasks: () => [...Array(partsOf(of)).keys()].filter(isOpen).map((part) => ({ cell: 0, part })),
      apart: (fold) => ({ fold: { fold, folds, seed: publishedSeed }, rank, whole: true }),
      learn: async (worker) => {
        if (protocol.kind === 'biases') return worker.call((api) => api.judgeBiases(protocol.damping));
        return (await learn(worker, protocol))?.tallies.validation ?? null;
      },
      note({ part }, errors) {
        parts = withPart(parts, part, errors);
        note({ parts, share: parts.filter((one) => one !== undefined).length / folds });
      },
    });
  }

  async function throughStream(
    { figures }: Published,
    { config }: OfKind<'stream'>,
    data: Data,
    note: Note,
  ): Promise<void> {
    const worker: ReturnType<Pool['stream']> = pool.stream();
    workers = [worker];
    const { rank, methods } = config;
    const ratingCount = now()?.ratingCount ?? 0;
    const places = figures.map((figure) => placeOf(figure, ratingCount));
    let parts: readonly PartErrors[] = places.map(() => undefined);
    note({ parts, share: 0 });
    await worker.call((api) => api.load({ ...data, apart: { fold: null, rank, whole: true } }, null));
    let reached = 0;
    async function pace() {
      const place = places.find((one) => one > reached);
      return place === undefined ? null : { units: Math.min(stride, place - reached), shown: [] };
    }
    for await (const answer of follow(worker, { feed: 'arriving', config, shown: [] }, pace)) {
      if (answer.status === 'no-room') throw new RangeError('no room');
      if (answer.status !== 'running') return;
      reached = answer.unit;
      const { prequential, diverged } = (answer.passing ?? answer.moments[answer.moments.length - 1]).methods[
        methods[0]
      ];
      for (const [i, place] of places.entries())
        if (place === reached) parts = withPart(parts, i, diverged ? null : prequential);
      note({ parts, share: reached / Math.max(...places) });
    }
  }

  /** Other ratings are on the stage: what was found is not of them. */
  workbench.subscribe(({ data }, before) => {
    if (data?.ratings === before.data?.ratings || !now()) return;
    stop();
    put(null);
  });

  return {
    begin(id) {
      const { data } = get();
      const of = publishedOf(id);
      if (!data || !canBegin(of, data)) return;
      const { name, ratingCount } = data.ratings;
      const parts = Array.from({ length: partsOf(of) }, () => undefined);
      put({ id, status: 'going', parts, share: 0, on: name, ratingCount, isTheirs: isTheirs(of, data) });
      void goOn();
    },
    pause() {
      stop();
      patch({ status: 'paused' });
    },
    resume: () => void goOn(),
    clear() {
      stop();
      put(null);
    },
  };
}
