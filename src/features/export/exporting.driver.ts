import { proxy } from 'comlink';
import type { Gathered, Steps } from '../../files/exports/export';
import { exportOf, sections } from '../../files/exports/index';
import type { Subject } from '../../files/exports/subject';
import { saveBlob } from '../../files/save';
import type { Client, ExportApi } from '../../workers/protocol';
import type { WorkerHandle } from '../../workers/worker-handle';
import type { Context } from '../context.driver';
import { ofStream } from '../stream/slice';
import { raceSubject } from './race-subject';
import type { Exporting } from './slice';
import { streamSubject } from './stream-subject';

/** Milliseconds after which even what should be quick says that it is being made, and can be cancelled. */
const patience = 1000;
/** Progress is shown at most once in so many milliseconds. */
const tellEvery = 100;

/**
 * Runs any export. The worker is started when it is first needed. It remembers nothing from one export to the next, so
 * that none can spoil another. To cancel an export is to end the worker.
 */
export function exportingDriver({ workbench, pool, ratings, events }: Context) {
  const { getState: get, setState: set } = workbench;
  let worker: WorkerHandle<ExportApi> | null = null;
  let cancellations = 0;

  function open(): WorkerHandle<ExportApi> {
    if (!worker?.alive) worker = pool.exporter();
    return worker;
  }

  function subject(): Subject | null {
    const state = get();
    const isStream = state.looks.mode === 'stream';
    return isStream ? streamSubject(state) : raceSubject(state, ratings.held()?.split ?? null);
  }

  /** Shows how far something is, until it ends; what has no steps is shown only once it takes long. */
  function progress(steps: Steps | undefined) {
    let saving = { what: 'the file', unit: '', of: 0, ...steps, done: 0, since: performance.now() };
    let told = 0;
    const show = () => get().saving ?? set({ saving });
    const timer = steps ? undefined : setTimeout(show, patience);
    if (steps) show();
    return {
      said(done: number) {
        const now = performance.now();
        if (get().saving !== saving || (now - told < tellEvery && done < saving.of)) return;
        told = now;
        saving = { ...saving, done };
        set({ saving });
      },
      end() {
        clearTimeout(timer);
        if (get().saving === saving) set({ saving: null });
      },
    };
  }

  async function save(id: string, options: unknown) {
    const now = subject();
    if (!now || get().saving) return;
    const before = cancellations;
    try {
      const gathered = exportOf(id).gather(now, options);
      if (!gathered) return;
      const file = await make(id, gathered);
      // An answer may be on its way already when somebody cancels.
      if (before === cancellations) saveBlob(file, gathered.fileName);
    } catch {
      if (before === cancellations) set({ notice: { kind: 'export-failed' } });
    }
  }

  async function make(id: string, { wanted, parts = [], steps }: Gathered<unknown, unknown>): Promise<Blob> {
    set({ notice: null });
    if (steps) pause();
    const shown = progress(steps);
    try {
      return await open().call((api) => api.make(id, wanted, clientOf(parts, shown.said)));
    } finally {
      shown.end();
    }
  }

  /** What is being saved must not move on meanwhile; and the machine is needed. */
  function pause() {
    set({ playing: false });
    set(ofStream({ playing: false, target: null }));
  }

  const actions: Exporting = {
    subject,
    save,
    offers() {
      const now = subject();
      if (!now) return [];
      return sections.map((section) =>
        section.flatMap((one) => one.offers(now).map((offer) => ({ ...offer, id: one.id }))),
      );
    },
    async ask() {
      if (get().unableToFilm) return;
      set({ unableToFilm: await open().call((api) => api.unableToFilm()) });
    },
    async preview(id, options, most) {
      const now = subject();
      const gathered = now && exportOf(id).gather(now, options);
      if (!gathered) return null;
      const parts = [...(gathered.parts ?? [])];
      return open().call((api) => api.preview(id, gathered.wanted, parts, most));
    },
    cancel() {
      cancellations++;
      worker?.terminate();
    },
  };
  events.on('loadingCancelled', actions.cancel);
  return { actions, open };
}

export type Exporter = ReturnType<typeof exportingDriver>;

/** Hands the parts of a file out one by one, each when it is asked for. */
function clientOf(parts: Iterable<unknown>, said: Client['said']): Client {
  const rest = parts[Symbol.iterator]();
  return proxy({
    said,
    next(done: number) {
      said(done);
      const { value, done: isOver } = rest.next();
      return isOver ? null : value;
    },
  });
}
