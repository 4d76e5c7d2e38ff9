import { proxy } from 'comlink';
import type { Gathered, Steps } from '../../files/exports/export';
import { exportOf, sections } from '../../files/exports/index';
import type { Subject } from '../../files/exports/subject';
import { saveBlob } from '../../files/save';
import { roomInTab } from '../../workers/layout';
import type { Client, ExportApi } from '../../workers/protocol';
import { onceMore, type WorkerHandle, WorkerLost } from '../../workers/worker-handle';
import type { Context } from '../context.driver';
import type { ReplayDriver } from '../replay/replay.driver';
import type { Steps as StepsOfRuns } from '../replay/slice';
import { ofStream } from '../stream/slice';
import type { WorkbenchState } from '../workbench';
import { heldState } from './held';
import { raceSubject } from './race-subject';
import type { Exporting, ExportProblem, HeldSubject } from './slice';
import { streamSubject } from './stream-subject';

/** Milliseconds after which even what should be quick says that it is being made, and can be cancelled. */
const patience = 1000;
/** Progress is shown at most once in so many milliseconds. */
const tellEvery = 100;

/**
 * Runs any export. What it is made of is held from the moment when somebody asks until the file is there. The worker is
 * started when it is first needed. It remembers nothing from one export to the next, so that none can spoil another. To
 * cancel an export is to end the worker.
 */
export function exportingDriver(
  { workbench, pool, ratings }: Omit<Context, 'events'>,
  { bring }: Pick<ReplayDriver, 'bring'>,
): Exporting {
  const { getState: get, setState: set } = workbench;
  let worker: WorkerHandle<ExportApi> | null = null;
  let cancellations = 0;

  function open(): WorkerHandle<ExportApi> {
    if (!worker?.alive) worker = pool.exporter();
    return worker;
  }

  function subjectOf(state: WorkbenchState): Subject | null {
    const isStream = state.looks.mode === 'stream';
    return isStream ? streamSubject(state) : raceSubject(state, ratings.held()?.split ?? null);
  }

  function hold(): HeldSubject | null {
    const { state, bytes, letGo } = heldState(get());
    const from = ratings.held();
    const subject = subjectOf(state);
    if (!subject) return null;
    // Ratings that have left the stage are still in what is being saved of them.
    const bytesOfRatings = () => (ratings.held() === from ? 0 : (from?.layout.bytes ?? 0));
    return { subject, bytes: () => bytes() + bytesOfRatings(), letGo };
  }

  /** Whether what is held only for an export has room in the tab, beside what has taken its place there. */
  function hasRoom(held: HeldSubject): boolean {
    const bytes = held.bytes();
    return bytes === 0 || get().computing.needed + bytes <= roomInTab;
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

  /** Has frames computed that are not there any more, the last first: what is added at the end may thin the others out. */
  async function bringAll(wanted: readonly StepsOfRuns[]) {
    pause();
    const { replayPlace, replaySteps } = get();
    const last = (steps: StepsOfRuns) => Math.max(...Object.values(steps));
    for (const steps of wanted.toSorted((a, b) => last(b) - last(a))) await bring(steps);
    set({ replayPlace, replaySteps });
  }

  async function save(id: string, options: unknown, given?: HeldSubject) {
    const now = given ? null : subjectOf(get());
    const wanted = (now && exportOf(id).needs?.(now)) ?? [];
    if (wanted.length > 0) await bringAll(wanted);
    const held = given ?? hold();
    if (!held || get().saving) return held?.letGo();
    const before = cancellations;
    set({ notice: null });
    const saved = await fileOf(id, options, held);
    // An answer may be on its way already when somebody cancels.
    if (before !== cancellations) return;
    if (typeof saved === 'string') set({ notice: { kind: 'export-failed', problem: saved } });
    else saveBlob(saved.file, saved.name);
  }

  /** A file of what is held, which is let go then, or why there is none. */
  async function fileOf(
    id: string,
    options: unknown,
    held: HeldSubject,
  ): Promise<{ file: Blob; name: string } | ExportProblem> {
    // What it is made of is gathered anew each time: parts are handed out once.
    const made = async () => {
      const gathered = exportOf(id).gather(held.subject, options);
      return gathered && { file: await make(id, gathered, held), name: gathered.fileName };
    };
    try {
      return (await onceMore(made)) ?? 'nothing';
    } catch (error) {
      if (!hasRoom(held)) return 'no-room';
      return error instanceof WorkerLost ? error.why : 'failed';
    } finally {
      held.letGo();
    }
  }

  async function make(
    id: string,
    { wanted, parts = [], steps }: Gathered<unknown, unknown>,
    held: HeldSubject,
  ): Promise<Blob> {
    if (steps) pause();
    const shown = progress(steps);
    const mine = open();
    const said = (done: number) => (hasRoom(held) ? shown.said(done) : mine.terminate());
    try {
      return await mine.call((api) => api.make(id, wanted, clientOf(parts, said)));
    } finally {
      shown.end();
    }
  }

  /** What is being saved must not move on meanwhile; and the machine is needed. */
  function pause() {
    set({ playing: false });
    set(ofStream({ playing: false, target: null }));
  }

  return {
    hold() {
      pause();
      return hold();
    },
    save,
    offers() {
      const now = subjectOf(get());
      if (!now) return [];
      return sections.map((section) =>
        section.flatMap((one) => one.offers(now).map((offer) => ({ ...offer, id: one.id }))),
      );
    },
    async ask() {
      if (get().unableToFilm) return;
      // WebKitGTK ends the page where a worker is the first to ask for its codecs.
      globalThis.document?.createElement('video').canPlayType('video/mp4');
      set({ unableToFilm: await onceMore(() => open().call((api) => api.unableToFilm())) });
    },
    async preview(id, subject, options, most) {
      const gathered = exportOf(id).gather(subject, options);
      if (!gathered) return null;
      const parts = [...(gathered.parts ?? [])];
      return onceMore(() => open().call((api) => api.preview(id, gathered.wanted, parts, most)));
    },
    cancel() {
      cancellations++;
      worker?.terminate();
    },
  };
}

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
