import { decidedCuts, type PruningPlan } from '../../experiments/pruning';
import type { Entrant } from '../../methods/stream-config';
import type { Stretch } from '../../sessions/stretch';
import { follow } from '../../workers/follow';
import type { Loadable } from '../../workers/learn-protocol';
import type { Pool } from '../../workers/pool';
import { isWorthAnother } from '../../workers/worker-handle';
import { errorsOf, type growing, isPlace, learning } from './courses';

/** Compute between two answers of a worker, milliseconds. */
const betweenAnswers = 50;

/** How long to wait for a batch that is not due yet, milliseconds. */
const untilDue = 20;
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A search under way: who learns from what, and where it is written down. */
export interface Job {
  open(): ReturnType<Pool['stream']>;
  readonly data: Omit<Loadable, 'apart'>;
  readonly entrants: readonly Entrant[];
  readonly plan: PruningPlan;
  readonly follows: boolean;
  readonly courses: ReturnType<typeof growing>;
  isPaused(): boolean;
  /** Batches that are to have arrived by now: no end of them where nobody watches. */
  due(): number;
  /** Something was written down. */
  noted(): void;
}

/** Wakes whoever waits. */
export type Bell = ReturnType<typeof bell>;
export function bell() {
  const sleepers: (() => void)[] = [];
  return {
    ring() {
      for (const wake of sleepers.splice(0)) wake();
    },
    rung: () => new Promise<void>((resolve) => sleepers.push(resolve)),
  };
}

/**
 * Has candidates learn in so many workers, each those that fall to it, until all has arrived. At every cut all wait for
 * one another. Whoever loses its worker learns again from the beginning in another, once: that leads to the same bits.
 * Throws what workers throw; false where there is no room.
 */
export async function learnAll(job: Job, workers: number, { ring, rung }: Bell): Promise<boolean> {
  const groups = Array.from({ length: workers }, (_, group) =>
    job.entrants.map((_, candidate) => candidate).filter((candidate) => candidate % workers === group),
  );
  const ended = await Promise.all(groups.map(learnGroup));
  return ended.every(Boolean);

  async function learnGroup(group: readonly number[]): Promise<boolean> {
    try {
      return await learnIn(job.open(), group);
    } catch (error) {
      if (!isWorthAnother(error)) throw error;
      return learnIn(job.open(), group);
    }
  }

  async function learnIn(worker: ReturnType<Job['open']>, group: readonly number[]): Promise<boolean> {
    const { data, plan, follows, courses } = job;
    const going = () => {
      const still = new Set(learning({ plan, follows, courses: courses.courses }));
      return group.filter((candidate) => still.has(candidate));
    };
    let reached = 0;

    /** What is next, once it is known who goes on; null where nobody does, or all has arrived. */
    async function pace(): Promise<Stretch | null> {
      for (;;) {
        if (job.isPaused() || isUndecided(reached)) await rung();
        else if (job.due() < reached + 1 && reached < plan.batches) await sleep(untilDue);
        else break;
      }
      const still = going().map(String);
      const stopped = begun.filter((id) => !still.includes(id));
      const end = plan.cuts.find((cut) => cut > reached) ?? plan.batches;
      if (still.length === 0 || reached >= plan.batches) return null;
      return {
        units: Math.floor(Math.min(end, job.due())) - reached,
        milliseconds: betweenAnswers,
        shown: [],
        stopped,
      };
    }
    const isUndecided = (batch: number) =>
      plan.cuts.includes(batch) &&
      !decidedCuts(plan, errorsOf(courses.courses)).some((cut) => cut.batch === batch);

    const candidates = going().map((candidate) => job.entrants[candidate]);
    const begun = candidates.map(({ id }) => id);
    if (candidates.length === 0) return true;
    const [{ config }] = candidates;
    try {
      await worker.call((api) => api.load(data, null));
      for await (const answer of follow(worker, { feed: 'arriving', config, candidates, shown: [] }, pace)) {
        if (answer.status !== 'running') return answer.status !== 'no-room';
        const { moments, passing, unit } = answer;
        for (const moment of moments) courses.take(moment);
        if (passing && isPlace(plan, passing.batch)) courses.take(passing);
        reached = unit;
        job.noted();
        ring();
      }
      return true;
    } finally {
      worker.terminate();
    }
  }
}
