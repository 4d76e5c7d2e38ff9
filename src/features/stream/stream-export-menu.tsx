import { Menu } from '@base-ui/react/menu';
import { Download } from 'lucide-react';
import { useState } from 'react';
import '../export/export.css';
import { Saving } from '../export/saving';
import { useBench } from '../workbench-context';
import { useLab, useStream } from './stream-context';

/** The stage at the moment that is shown as PNG, the stream so far as a film; all errors and costs as CSV. */
export function StreamExportMenu() {
  const { actions } = useBench();
  const { stream } = useStream();
  const began = useLab((state) => state.batch > 0);
  const [mp4, setMp4] = useState<boolean | null>(null);
  function ask(open: boolean) {
    if (open && mp4 === null) actions.canFilm('mp4', 1064, 670).then(setMp4, () => {});
  }
  return (
    <>
      <Menu.Root onOpenChange={ask}>
        <Menu.Trigger className="header-button">
          <Download size={14} /> Export
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={6} align="end">
            <Menu.Popup className="popup menu">
              <Menu.Item disabled={!began || mp4 === false} onClick={() => void stream.exportFilm('mp4')}>
                MP4 of the stream
                {mp4 === false && <span className="menu-note">not in this browser</span>}
              </Menu.Item>
              <Menu.Item disabled={!began} onClick={() => void stream.exportFilm('gif')}>
                GIF of the stream
              </Menu.Item>
              <Menu.Separator className="menu-separator" />
              <Menu.Item onClick={() => stream.exportStage(1)}>Stream PNG</Menu.Item>
              <Menu.Item onClick={() => stream.exportStage(2)}>Stream PNG, 2×</Menu.Item>
              <Menu.Separator className="menu-separator" />
              <Menu.Item onClick={stream.exportErrors}>Errors and costs, CSV</Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <Saving />
    </>
  );
}
