import { methodOf, takes, unitOf } from '../methods';
import { type Change, liveAt } from '../methods/changes';
import type { LiveSettings, RunConfig } from '../methods/config';
import type { MethodId } from '../methods/method';
import { schedules, usualSteps } from '../methods/schedules';
import type { Place } from '../metrics/moment';
import { atMost, fixed, significant } from '../words/numbers';

/** Settings that a run takes up while it is going, and the letter of each. */
export const liveLetters = { lambda: 'λ', learningRate: 'γ' } as const satisfies Record<
  keyof LiveSettings,
  string
>;
type LiveName = keyof typeof liveLetters;

/** What decides the bits of a run. */
export interface Made {
  readonly config: RunConfig;
  readonly changes: readonly Change[];
}

/** A frame or a moment of a run. */
type Reached = Pick<Place, 'step' | 'observations'>;
const unitsAt = ({ config: { method } }: Made, reached: Reached | null): number =>
  reached ? unitOf({ ...reached, method }) : 0;

/** λ and γ that the unit before a place was learnt with. */
export const liveBefore = (made: Made, reached: Reached): LiveSettings =>
  liveAt(made.config, made.changes, Math.max(0, unitsAt(made, reached) - 1));

/** The changes without those that have made nothing of a run yet. */
export function usedChanges(made: Made, reached: Reached | null): Change[] {
  const units = unitsAt(made, reached);
  return made.changes.filter(({ unit }) => unit === 0 || unit < units);
}

/**
 * What made a run as far as a frame, setting by setting, with the steps at which it was changed: '15 → 200 at 2.5'. What
 * was set later is not in it. Only settings that its method has.
 *
 * @param write how a number is written
 */
export function historyOf(
  made: Made,
  reached: Reached | null,
  write: (value: number) => string = significant,
): Partial<Record<LiveName, string>> {
  const { config, changes } = made;
  const units = unitsAt(made, reached);
  const names = (Object.keys(liveLetters) as LiveName[]).filter((name) => takes(config.method, name));
  const stepOf = ({ unit }: Change) => Number((((reached?.step ?? 0) * unit) / units).toFixed(2));
  return Object.fromEntries(
    names.map((name) => {
      const told = [write(liveAt(config, changes, 0)[name])];
      let last = '';
      for (const change of usedChanges(made, reached)) {
        const value = write(change[name]);
        if (value === told.at(-1)) continue;
        told.push(value);
        last = ` at ${stepOf(change)}`;
      }
      // A slider that was played with is told by where it began and where it came to rest.
      const some = told.length > 3 ? [told[0], '…', told[told.length - 1]] : told;
      return [name, some.join(' → ') + last];
    }),
  );
}

/** ', 10 % less every epoch': how γ goes down of itself; '' where it stays. */
function fallOf(config: RunConfig): string {
  const steps = { ...usualSteps, ...config };
  const words = schedules[steps.schedule].words(steps);
  return words && `, ${words}`;
}

/** 'λ 15 → 200 at 2.5', 'γ 0.02, 10 % less every epoch' */
export function historyWords(made: Made, reached: Reached | null): string[] {
  const told = Object.entries(historyOf(made, reached)) as [LiveName, string][];
  return told.map(
    ([name, words]) => `${liveLetters[name]} ${words}${name === 'learningRate' ? fallOf(made.config) : ''}`,
  );
}

/** '7.5', '3.21' */
export function stepCount(id: MethodId, step: number): string {
  const { digits } = methodOf(id).step;
  return digits > 0 ? fixed(step, digits) : atMost(step);
}

/** 'iteration 7.5', 'epoch 3.21' */
export const stepWords = (id: MethodId, step: number): string =>
  `${methodOf(id).step.one} ${stepCount(id, step)}`;

/** What was set and how far a run got: 'rank 20 · plain λ 15 → 200 at 2.5 · iteration 7.5'. */
export function runWords(made: Made, reached: Reached): string {
  const { method, rank, regularisation } = made.config;
  const [lambda, ...others] = historyWords(made, reached);
  const counted = takes(method, 'regularisation') ? `${regularisation} ${lambda}` : lambda;
  return [`rank ${rank}`, counted, ...others, stepWords(method, reached.step)].join(' · ');
}
