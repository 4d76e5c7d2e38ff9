import { racingOf } from '../../settings/race';
import { useWorkbench } from '../workbench-context';

/** Stands where something is made of a frame that is not there, or not yet. */
export function NothingYet() {
  const isLearnt = useWorkbench(({ runs, settings }) =>
    racingOf(settings).some((method) => runs[method].track.latest !== null),
  );
  return (
    <p className="field-note">{isLearnt ? 'It is on its way.' : 'Nothing was learnt yet: press Start.'}</p>
  );
}
