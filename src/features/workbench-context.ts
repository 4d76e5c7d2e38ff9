import { createContext, useContext, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { isDark } from '../draw/theme';
import type { MethodId } from '../methods/method';
import { racingOf } from '../settings/race';
import type { StreamState } from './stream/slice';
import type { Actions, Workbench, WorkbenchState } from './workbench';

/** The store and what can be done with it, handed down by app.tsx. */
export interface Bench {
  readonly workbench: Workbench;
  readonly actions: Actions;
}

export const BenchContext = createContext<Bench | null>(null);

export function useBench(): Bench {
  const bench = useContext(BenchContext);
  if (!bench) throw new Error('no BenchContext above');
  return bench;
}

/** A selection of the state; renders again only when the selection itself changes. Never select a snapshot. */
export function useWorkbench<T>(select: (state: WorkbenchState) => T): T {
  return useStore(useBench().workbench, select);
}

/** The same of the stream. */
export function useStream<T>(select: (state: StreamState) => T): T {
  return useWorkbench(({ stream }) => select(stream));
}

/** Whether the page is dark: as was chosen, or as the system is now. */
export function useDark(): boolean {
  const theme = useWorkbench((state) => state.looks.theme);
  return useSyncExternalStore(onSystemTheme, () => isDark(theme));
}

function onSystemTheme(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', changed);
  return () => system.removeEventListener('change', changed);
}

/** Who races. */
export function useRacing(): readonly MethodId[] {
  const methods = useWorkbench((state) => state.settings.methods);
  return racingOf({ methods });
}
