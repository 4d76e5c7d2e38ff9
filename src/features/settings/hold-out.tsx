import type { HoldOutKind } from '../../ratings/hold-out';
import { possibleHoldOuts } from '../../state/run-configs';
import { useBench, useWorkbench } from '../workbench-context';
import { ChoiceField } from './choice';
import { RangeField } from './range-field';

const kinds: Record<HoldOutKind, string> = {
  random: 'at random',
  latest: 'the latest',
  last: 'last of each user',
  test: 'the test file',
};

/** Which ratings training never sees, and how many. */
export function HoldOut() {
  const { actions } = useBench();
  const kind = useWorkbench((state) => state.settings.holdOut);
  const ratings = useWorkbench((state) => state.data?.ratings ?? null);
  if (!ratings) return null;
  const possible = possibleHoldOuts(ratings);
  return (
    <>
      {possible.length > 1 && (
        <ChoiceField
          label="Held out"
          info="Which ratings training never sees. At random; the latest of all by time (one cut, as if today were then); the last of every user; or those of a test file. By time is the harder test, and nearer to real use."
          options={possible.map((id) => [id, kinds[id]] as const)}
          value={kind}
          put={(holdOut) => actions.change({ holdOut })}
        />
      )}
      {(kind === 'random' || kind === 'latest') && (
        <RangeField
          name="holdOutShare"
          label="Hold-out"
          unit="%"
          shown={100}
          info="Share of the known ratings that training never sees; the dashed curves are measured on it."
        />
      )}
    </>
  );
}
