import { pngOf } from '../export/image';
import { saveBlob } from '../export/save';
import { streamCsv } from '../export/stream-csv';
import { streamImage } from '../export/stream-image';
import { coloursFor } from '../state/colours';
import { momentShown, type StreamLab, snapshotShown } from '../state/stream-lab';
import type { Workbench } from '../state/workbench';
import { errorsOf } from '../streams/tally';
import { pictureName } from '../ui/data/names';
import { arrivedScene, standingOf } from '../ui/stream/arrived';
import { counted, digits, methodNames } from '../ui/stream/names';
import type { StreamActions } from '../ui/stream/stream-actions';
import { stageOrderOf } from '../ui/stream/stream-stage-painter';

/** A stream's picture of the moment that is shown, and all its errors. */
export function streamSaving(
  workbench: Workbench,
  lab: StreamLab,
): Pick<StreamActions, 'exportStage' | 'exportErrors'> {
  const fileName = (what: string, extension: string) => {
    const { data } = workbench.getState();
    const { config, shown, batch } = lab.getState();
    const parts = [
      'factorscope',
      data?.ratings.name ?? '',
      'stream',
      what,
      config?.order ?? '',
      `batch${shown ?? batch}`,
    ];
    return `${parts.map((part) => part.replace(/[^\w.-]+/g, '_')).join('_')}.${extension}`;
  };

  function picture() {
    const { data, looks } = workbench.getState();
    const state = lab.getState();
    const moment = momentShown(state);
    const { facts, config } = state;
    if (!data || !facts || !config || !moment) return null;
    const { name, itemCount } = data.ratings;
    const standing = standingOf(facts, itemCount, state.youCameAfter, stageOrderOf(state, data));
    const arrived = arrivedScene(facts, data.ratings, standing, null, 400);
    arrived.show(moment.ratings);
    const dark = getComputedStyle(document.documentElement).colorScheme === 'dark';
    const caption = `${counted(moment.ratings)} of ${counted(facts.count)} ratings, ${config.order === 'time' ? 'by time' : config.order === 'user' ? 'by user' : 'at random'}, in batches of ${counted(config.batchSize)} · rank ${config.rank} · seed ${config.seed}`;
    return {
      scene: arrived.scene,
      colours: coloursFor(looks.palette, dark),
      dark,
      title: `${pictureName(name) ?? name} · after batch ${counted(moment.batch)}`,
      caption,
      panes: [
        {
          name: 'Arrived ratings',
          snapshot: null,
          caption: `${counted(moment.users)} users, ${counted(moment.items)} items`,
          unseen: standing.placesOf(standing.taken(moment.ratings)),
        },
        ...state.looks.panes.flatMap((method) => {
          const snapshot = snapshotShown(state, method);
          const { rmse } = errorsOf(moment.methods[method]?.validation ?? [], state.looks.policy);
          return snapshot
            ? [
                {
                  name: methodNames[method],
                  snapshot,
                  caption: `validation RMSE ${digits(rmse)}`,
                  unseen: standing.placesOf(standing.taken(snapshot.observations)),
                },
              ]
            : [];
        }),
      ],
    };
  }

  return {
    async exportStage(scale) {
      const shown = picture();
      if (!shown) return;
      try {
        saveBlob(await pngOf(streamImage(shown, scale)), fileName('stage', 'png'));
      } catch {
        workbench.setState({ notice: { kind: 'export-failed' } });
      }
    },
    exportErrors() {
      const { moments, config, looks } = lab.getState();
      const csv = streamCsv(moments, config?.methods ?? [], looks.policy);
      saveBlob(new Blob([csv], { type: 'text/csv' }), fileName('errors', 'csv'));
    },
  };
}
