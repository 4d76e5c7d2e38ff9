import type { KeptApp } from '../../workers/kept-app';
import type { Context } from '../context.driver';
import { until } from '../until';
import type { OfflineActions } from './slice';

/**
 * Has the app kept by its service worker, and says when there is a new version of it. The page goes on with its own
 * until somebody wants the new one: a run is never interrupted, and parts that were not asked for yet still come.
 *
 * @param keep see `keepApp`
 */
export function offlineDriver(
  { workbench }: Pick<Context, 'workbench'>,
  keep: (hear: (said: 'waits' | 'took over') => void) => Promise<KeptApp | null>,
  reload: () => void = () => location.reload(),
): OfflineActions {
  let kept: KeptApp | null = null;
  let isWanted = false;

  const say = (otherPages: number) => workbench.setState({ newVersion: { kind: 'new-version', otherPages } });

  function hear(said: 'waits' | 'took over') {
    if (said === 'waits') say(0);
    else if (isWanted) reload();
  }

  async function begin() {
    // The first picture comes first.
    await until(workbench, () => workbench.getState().data !== null);
    kept = await keep(hear);
    const look = () => document.visibilityState === 'visible' && kept?.look().catch(() => {});
    if (kept) globalThis.document?.addEventListener('visibilitychange', look);
  }

  // Storage may be blocked, or full: then the app works as long as there is a network, as any page does.
  void begin().catch(() => {});

  return {
    async takeNewVersion() {
      isWanted = true;
      workbench.setState({ newVersion: null });
      const others = (await kept?.takeOver()) ?? 0;
      if (others > 0) say(others);
    },
  };
}
