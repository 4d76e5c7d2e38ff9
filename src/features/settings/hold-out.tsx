import { raceSettings } from '../../settings/race';
import { possibleHoldOuts } from '../../state/run-configs';
import { useBench, useWorkbench } from '../workbench-context';
import { ChoiceField } from './choice-field';

/** Which ratings training never sees, where there is a choice. */
export function HoldOut() {
  const { actions } = useBench();
  const kind = useWorkbench((state) => state.settings.holdOut);
  const ratings = useWorkbench((state) => state.data?.ratings ?? null);
  const possible = ratings ? possibleHoldOuts(ratings) : [];
  if (possible.length < 2) return null;
  return (
    <ChoiceField
      setting={raceSettings.holdOut}
      among={possible}
      value={kind}
      put={(holdOut) => actions.change({ holdOut })}
    />
  );
}
