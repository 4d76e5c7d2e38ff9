import type { Scene } from '../../draw/scene';
import type { Workbench } from '../../state/workbench';
import type { Pool } from '../../workers/pool';
import type { ExportApi } from '../../workers/protocol';
import type { WorkerHandle } from '../../workers/worker-handle';

/** The worker that makes files: there from its first use on; whoever cancels sends it away with what it does. */
export type Exporter = ReturnType<typeof exporterOf>;

export function exporterOf({ getState: get, setState: set }: Workbench, pool: Pool) {
  let worker: WorkerHandle<ExportApi> | null = null;
  let given: Scene | null = null;

  function open(): WorkerHandle<ExportApi> {
    if (worker?.alive) return worker;
    given = null;
    worker = pool.exporter();
    return worker;
  }

  return {
    open,
    /** The same, with what is on the stage. Rejects where there is nothing. */
    async onStage(): Promise<WorkerHandle<ExportApi>> {
      const { scene } = get();
      if (!scene) throw new Error('nothing on the stage');
      const exporter = open();
      if (given !== scene) {
        given = scene;
        await exporter.call((api) => api.stage(withoutNames(scene)));
      }
      return exporter;
    },
    /**
     * Does work that takes a while, and says so. What goes wrong is said too; null then, and when it was cancelled.
     * The work tells of its progress by `said`.
     */
    async busy<T>(
      what: string,
      of: number,
      work: (said: (done: number) => void) => Promise<T>,
    ): Promise<T | null> {
      if (get().saving) return null;
      const saving = { what, done: 0, of, since: performance.now() };
      set({ saving, notice: null });
      let shown = 0;
      try {
        return await work((done) => {
          const now = performance.now();
          if (now - shown < 100 && done < of) return;
          shown = now;
          set({ saving: { ...saving, done } });
        });
      } catch (error) {
        if ((error as Error).name !== 'AbortError') set({ notice: { kind: 'export-failed' } });
        return null;
      } finally {
        set({ saving: null });
      }
    },
    cancel() {
      worker?.terminate();
      worker = null;
    },
  };
}

/** Nobody paints names, and there may be millions. */
function withoutNames(scene: Scene): Scene {
  const { itemTitles: _, ...ratings } = scene.ratings;
  return { ...scene, ratings: { ...ratings, userIds: null, itemIds: null } };
}
