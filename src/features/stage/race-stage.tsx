import { useMemo } from 'react';
import { viewOf } from '../../draw/views';
import { methodOf } from '../../methods';
import type { MethodId } from '../../methods/method';
import { racingOf } from '../../settings/race';
import { RunChip } from '../transport/run-chip';
import { useBench, useWorkbench } from '../workbench-context';
import { ModelTitle, RatingsTitle } from './pane-title';
import { ViewPicker } from './pickers';
import { raceModel } from './race-model';
import { RatingsNote } from './ratings-note';
import { Stage, type StagePane } from './stage';

/** What is known, and what each method of the race makes of it. */
export function RaceStage() {
  const { workbench, actions } = useBench();
  const model = useMemo(() => raceModel(workbench, actions), [workbench, actions]);
  const view = useWorkbench((state) => viewOf(state.looks.view));
  const isWhole = useWorkbench((state) => state.window === null);
  const difference = useWorkbench((state) => state.looks.difference);
  const methods = useWorkbench((state) => state.settings.methods);
  const first = difference
    ? 'differences of the first two predictions'
    : 'known ratings, users down and items across';
  return (
    <Stage
      label="Stage"
      model={model}
      view={view}
      isWhole={isWhole}
      crosshair="Matrices: arrow keys move the crosshair, plus and minus zoom, 0 shows the whole"
      picks={<ViewPicker />}
      panes={[
        {
          ...{ id: 'ratings', name: 'Ratings', title: <RatingsTitle />, factors: null },
          label: `Matrix of the ${first}`,
          below: <RatingsNote />,
        },
        ...racingOf({ methods }).map(modelPane),
      ]}
    />
  );
}

function modelPane(id: MethodId): StagePane {
  const { name, title } = methodOf(id);
  return {
    ...{ id, name },
    title: <ModelTitle pane={id} />,
    label: `Matrix predicted by ${title}`,
    factors: { users: `User factors of ${name}`, items: `Item factors of ${name}` },
    colour: `var(--method-${id})`,
    below: <RunChip method={id} />,
  };
}
