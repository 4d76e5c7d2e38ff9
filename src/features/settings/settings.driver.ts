import { changed, raceSettings, type SettingName, type Settings } from '../../settings/race';
import type { Effect } from '../../settings/setting';
import { differing, effectsOf } from '../../settings/values';
import { defaultsFor, keptOf, lambdasOf } from '../../state/run-configs';
import type { Context } from '../context.driver';
import { lacksRatings } from '../data/without-ratings';
import type { SettingsActions } from './slice';

/** Two changes of the same settings within so many milliseconds are one drag. */
const dragPause = 1000;

/** Changes what is set, and tells what follows. */
export function settingsDriver(
  { workbench, events }: Pick<Context, 'workbench' | 'events'>,
  now = () => performance.now(),
): SettingsActions {
  const { getState: get, setState: set } = workbench;
  let last = { names: '', at: Number.NEGATIVE_INFINITY };
  function isDragged(change: Partial<Settings>): boolean {
    const before = last;
    last = { names: Object.keys(change).join(), at: now() };
    return before.names === last.names && last.at - before.at < dragPause;
  }

  /** Another convention for λ says the same λ in other words, as near as its slider reaches. */
  function inSameMeasure(change: Partial<Settings>): Partial<Settings> {
    const { data, settings } = get();
    const { regularisation } = change;
    if (!data || !regularisation || regularisation === settings.regularisation || change.lambda !== undefined)
      return change;
    const same = lambdasOf(settings, data)[regularisation];
    const { min, max } = raceSettings.lambda;
    return { ...change, lambda: Math.min(max, Math.max(min, Number(same.toPrecision(3)))) };
  }

  /** Ends when ratings that had to be divided anew are. */
  function change(change: Partial<Settings>): Promise<void> | void {
    const { data, settings: before } = get();
    const settings = changed(before, inSameMeasure(change));
    if (!settings) return;
    const isBackToPictures = data?.source !== 'picture' && change.picture !== undefined;
    const kept = isBackToPictures && { ...defaultsFor('picture', null), ...keptOf(settings, 'picture') };
    set({ settings: kept ? { ...kept, ...change } : settings });
    const names = differing(raceSettings, before, settings);
    const effects = effectsOf(raceSettings, before, settings);
    const has = (...some: Effect[]) => effects.some((effect) => some.includes(effect));
    if (isBackToPictures || has('data')) return events.tell('pictureChanged');
    if (has('division', 'restart', 'live') && lacksRatings(workbench)) return;
    if (has('division', 'restart')) return anew(change, names, has('division'));
    if (has('live')) void events.tell('liveChanged', change);
    return events.tell('settingsChanged', names);
  }

  /** The runs begin anew; with ratings divided anew where what is held out follows from what was changed, or room is short. */
  function anew(change: Partial<Settings>, names: readonly SettingName[], isDivided: boolean) {
    const { data, settings } = get();
    if (names.includes('holdOut') && settings.holdOut === 'test') return events.tell('testSetWanted');
    const isHeldOutAnew = names.includes('seed') && data !== null && data.validationCount > 0;
    const lacksRoom = data !== null && settings.rank > data.highestRank;
    if (isDivided || isHeldOutAnew || lacksRoom) return events.tell('divisionChanged');
    return events.tell('restartAsked', isDragged(change));
  }

  const defaults = () => {
    const { data, settings } = get();
    return {
      ...defaultsFor(data?.source ?? 'picture', data?.ratings ?? null),
      picture: settings.picture,
    };
  };

  events.on('settingsLinked', change);

  return {
    change,
    restoreDefaults: (name) => void change(name ? { [name]: defaults()[name] } : defaults()),
    defaultOf: (name) => defaults()[name],
  };
}
