import { Menu } from '@base-ui/react/menu';
import { Clapperboard, Download } from 'lucide-react';
import { useState } from 'react';
import type { FilmFormat } from '../../draw/film/film';
import { filmDefaults } from '../../files/film/defaults';
import { isDark } from '../stage/stage-painter';
import { useBench, useWorkbench } from '../workbench-context';
import './export.css';
import { FilmDialog } from './film-dialog';
import { PredictionsDialog } from './predictions-dialog';
import { Saving } from './saving';

/** Films, pictures and tables of what there is. The usual ones at once; the dialog has all there is to choose. */
export function ExportMenu() {
  const { workbench, actions } = useBench();
  const [scale, setScale] = useState(2);
  const [dialog, setDialog] = useState(false);
  const [predictions, setPredictions] = useState(false);
  const alone = useWorkbench((state) => state.data?.source === 'run');
  const ready = useWorkbench(({ runs }) => runs.als.moments + runs.sgd.moments > 0);
  const videos = useVideos();
  function film(format: FilmFormat) {
    const { looks } = workbench.getState();
    const background = isDark(looks.theme) ? 'dark' : 'light';
    void actions.saveFilm(filmDefaults(format, actions.filmed(), looks.chartAxis, background));
  }
  return (
    <>
      <Menu.Root onOpenChange={(open) => open && videos.ask()}>
        <Menu.Trigger className="header-button">
          <Download size={14} /> Export
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={6} align="end">
            <Menu.Popup className="popup menu">
              <Menu.Item disabled={!ready} onClick={() => setDialog(true)}>
                <Clapperboard size={13} /> Film…
              </Menu.Item>
              <Menu.Item disabled={!ready || videos.mp4 === false} onClick={() => film('mp4')}>
                MP4 of the race
                {videos.mp4 === false && <span className="menu-note">not in this browser</span>}
              </Menu.Item>
              <Menu.Item disabled={!ready} onClick={() => film('gif')}>
                GIF of the race
              </Menu.Item>
              <Menu.Separator className="menu-separator" />
              <Menu.Item onClick={() => actions.exportStage(scale)}>Stage PNG</Menu.Item>
              <Menu.Item onClick={() => actions.exportStage(scale, true)}>Stage PNG, transparent</Menu.Item>
              <Menu.Item onClick={() => actions.exportMatrix('ratings', scale)}>Ratings PNG</Menu.Item>
              <Menu.Item onClick={() => actions.exportMatrix('als', scale)}>ALS PNG</Menu.Item>
              <Menu.Item onClick={() => actions.exportMatrix('sgd', scale)}>B-SGD PNG</Menu.Item>
              <Menu.RadioGroup
                value={scale}
                onValueChange={setScale}
                aria-label="Scale"
                className="menu-scales"
              >
                {[1, 2, 3, 4].map((factor) => (
                  <Menu.RadioItem key={factor} value={factor} closeOnClick={false}>
                    {factor}×
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
              <Menu.Separator className="menu-separator" />
              <Menu.Item disabled={!ready} onClick={() => actions.saveChart('svg')}>
                Chart SVG
              </Menu.Item>
              <Menu.Item disabled={!ready} onClick={() => actions.saveChart('csv')}>
                Metrics CSV
              </Menu.Item>
              <Menu.Item disabled={!ready || alone} onClick={() => setPredictions(true)}>
                Predictions CSV…
              </Menu.Item>
              <Menu.Item disabled={!ready} onClick={() => void actions.saveRuns()}>
                Save runs
                <span className="menu-note">all frames; open the file to go on</span>
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <FilmDialog open={dialog} onOpenChange={setDialog} videos={videos} />
      <PredictionsDialog open={predictions} onOpenChange={setPredictions} />
      <Saving />
    </>
  );
}

/** Which videos this browser can encode; null as long as nobody knows. */
export interface Videos {
  readonly mp4: boolean | null;
  readonly webm: boolean | null;
}

/** Asked for the first time that somebody wants to know: to ask is to load what encodes. */
function useVideos(): Videos & { ask(): void } {
  const { actions } = useBench();
  const [videos, setVideos] = useState<Videos>({ mp4: null, webm: null });
  const [asked, setAsked] = useState(false);
  return {
    ...videos,
    ask() {
      if (asked) return;
      setAsked(true);
      Promise.all([actions.canFilm('mp4', 1280, 720), actions.canFilm('webm', 1280, 720)]).then(
        ([mp4, webm]) => setVideos({ mp4, webm }),
        () => setAsked(false),
      );
    },
  };
}
