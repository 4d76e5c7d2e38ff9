import { exportFileName } from '../export/file-name';
import { type Look, matrixImage, type Painted, savePng, stageImage } from '../export/image';
import { errorColourAt, paletteOf } from '../paint/palette';
import { type Method, methods } from '../runs/config';
import { coloursFor } from '../state/colours';
import { runConfig } from '../state/run-configs';
import type { Workbench } from '../state/workbench';
import type { Actions } from '../ui/actions';
import { pictureName } from '../ui/data/names';

/** Saves what the stage shows as pictures. */
export function saving({
  getState: get,
  setState: set,
}: Workbench): Pick<Actions, 'exportMatrix' | 'exportStage'> {
  async function save(
    what: string,
    render: (look: Look, models: readonly Painted[], title: string) => OffscreenCanvas,
    shown: readonly Method[],
  ) {
    const { data, looks, runs, scene } = get();
    if (!data || !scene) return;
    const dark = getComputedStyle(document.documentElement).colorScheme === 'dark';
    const { colourAt } = looks.view === 'error' ? { colourAt: errorColourAt } : paletteOf(looks.palette);
    const look: Look = {
      scene,
      colours: coloursFor(looks.palette, dark),
      view: looks.view,
      dark,
      legend: colourAt,
    };
    const models = shown.flatMap((method) => {
      const { config, timeline } = runs[method];
      return config && timeline.latest
        ? [{ config: { ...config, ...liveOf(method) }, snapshot: timeline.latest }]
        : [];
    });
    const { name, userCount, itemCount } = data.ratings;
    try {
      await savePng(
        render(look, models, `${pictureName(name) ?? name} · ${userCount} × ${itemCount}`),
        exportFileName(name, what, models),
      );
    } catch {
      set({ notice: { kind: 'export-failed' } });
    }
  }

  /** λ and γ as they are now: they may have changed since the run began. */
  function liveOf(method: Method) {
    const { data, settings } = get();
    if (!data) return {};
    const { lambda, learningRate } = runConfig(method, settings, data);
    return { lambda, learningRate };
  }

  return {
    exportMatrix: (pane, scale) =>
      save(
        pane,
        (look, models) => matrixImage(look, pane === 'ratings' ? null : modelOf(models, pane), scale),
        pane === 'ratings' ? [] : [pane],
      ),
    exportStage: (scale) =>
      save('stage', (look, models, title) => stageImage(look, title, models, scale), methods),
  };
}

function modelOf(models: readonly Painted[], method: Method): Painted {
  const model = models.find(({ config }) => config.method === method);
  if (!model) throw new Error(`nothing learnt by ${method} yet`);
  return model;
}
