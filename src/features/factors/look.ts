import { useBench } from '../workbench-context';
import type { MapLook } from './slice';

/** Changes how the map is drawn. */
export function useMapLook(): (change: Partial<MapLook>) => void {
  const { workbench } = useBench();
  return (change) => workbench.setState(({ mapLook }) => ({ mapLook: { ...mapLook, ...change } }));
}
