import { use } from 'react';
import { useBench } from '../workbench-context';
import type { WatchActions } from './slice';

/** What can be done with a folder that is watched: its script is there by then. */
export const useWatching = (): WatchActions => use(useBench().actions.watching());
