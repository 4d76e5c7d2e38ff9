import { use } from 'react';
import { useBench } from '../workbench-context';
import type { Exporting } from './slice';

/** How files are saved: suspends whoever asks first until its script is there. */
export const useExporting = (): Exporting => use(useBench().actions.exporting());
