import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { StreamActions, StreamLab, StreamLabState } from './slice';

/** The lab's store and what can be done with it, handed down by app.tsx. */
export interface StreamBench {
  readonly lab: StreamLab;
  readonly stream: StreamActions;
}

export const StreamContext = createContext<StreamBench | null>(null);

export function useStream(): StreamBench {
  const bench = useContext(StreamContext);
  if (!bench) throw new Error('no StreamContext above');
  return bench;
}

/** A selection of the lab's state; renders again only when the selection itself changes. Never select a snapshot. */
export function useLab<T>(select: (state: StreamLabState) => T): T {
  return useStore(useStream().lab, select);
}
