import { proxy } from 'comlink';
import { configAt } from '../../draw/film/film';
import { exportFileName } from '../../files/file-name';
import type { PredictionsWanted } from '../../files/predictions';
import { saveBlob } from '../../files/save';
import { raceIds } from '../../methods';
import { shownFrame } from '../../state/film';
import type { Workbench } from '../../state/workbench';
import type { Actions } from '../actions';
import type { Held } from '../stage/layout.driver';
import type { Exporter } from './exporter.driver';
import { filmedRuns } from './filmed';

/** Saves what the models in the panes predict. */
export function predictionSaving(
  { getState: get, setState: set }: Workbench,
  exporter: Exporter,
  held: () => Held | null,
): Pick<Actions, 'savePredictions'> {
  return {
    async savePredictions(what, options) {
      const state = get();
      const { data } = state;
      const split = held()?.split;
      const runs = filmedRuns(state, false);
      const shown = raceIds.flatMap((pane, i) => {
        const snapshot = shownFrame(state, pane);
        return snapshot && runs[i] ? [{ ...runs[i], snapshot }] : [];
      });
      if (!data || !split || shown.length === 0) return;
      set({ playing: false });
      const { byUser, validation } = split;
      const { userIds, itemIds, itemTitles, userCount, name } = data.ratings;
      const wanted: PredictionsWanted = {
        ...{ what, ...options, userIds, itemIds },
        models: shown.map(({ name, snapshot }) => ({ name, snapshot })),
        titles: itemTitles?.map((title) => title?.title ?? null) ?? null,
        // Only what is needed crosses; where memory is shared, nothing is copied.
        known: what === 'top' ? { start: byUser.start, other: byUser.other } : null,
        heldOut: { start: validation.start, other: validation.other, value: validation.value },
      };
      const file = await exporter.busy('predictions', userCount, (said) =>
        exporter.open().call((api) => api.predictions(wanted, proxy(said))),
      );
      const models = shown.map((run) => ({ config: configAt(run, run.snapshot), snapshot: run.snapshot }));
      if (file)
        saveBlob(
          file,
          exportFileName(name, what === 'top' ? `top${options.most}` : 'held-out', models, 'csv'),
        );
    },
  };
}
