import { atOnceOf } from '../../methods';
import type { RunConfig } from '../../methods/config';
import { historyOf, liveLetters } from '../../settings/history';
import { raceSettings } from '../../settings/race';
import type { Setting } from '../../settings/setting';
import { numberText } from '../../settings/values';
import type { RunState } from '../race/slice';

/** What is known of how a run was made. */
type Run = Pick<RunState, 'config' | 'changes'> & { readonly track: Pick<RunState['track'], 'latest'> };

/** 'rank 12, λ 15 → 200 at 2.5': what was set otherwise for a run than for another of its method; '' where nothing was. */
export function differenceWords(run: Run, other: Run): string {
  const [mine, its] = [valuesOf(run), valuesOf(other)];
  return Object.keys(mine)
    .filter((name) => mine[name] !== its[name])
    .map((name) => mine[name])
    .join(', ');
}

/** What was set, setting by setting, in words. */
function valuesOf({ config, changes, track }: Run): Record<string, string> {
  if (!config) return {};
  const { initial } = atOnceOf(config.method);
  const history = historyOf({ config, changes }, track.latest);
  return Object.fromEntries(
    atOnceOf(config.method).settings.flatMap((name) => {
      if (name in liveLetters) {
        const live = name as keyof typeof liveLetters;
        return [[name, `${liveLetters[live]} ${history[live]}`]];
      }
      const value = name === initial ? config.initial : config[name as keyof RunConfig];
      return value === undefined ? [] : [[name, wordsOf(raceSettings[name], value)]];
    }),
  );
}

function wordsOf(setting: Setting, value: unknown): string {
  const label = setting.label.toLowerCase();
  if (setting.kind === 'number' && typeof value === 'number') return `${label} ${numberText(setting, value)}`;
  const option = setting.kind === 'choice' ? setting.options[String(value)] : undefined;
  return `${label} ${option?.toLowerCase() ?? value}`;
}
