import { Menu } from '@base-ui/react/menu';
import { Download } from 'lucide-react';
import { useStream } from './stream-context';

/** The stage at the moment that is shown as PNG; all errors and costs as CSV. */
export function StreamExportMenu() {
  const { stream } = useStream();
  return (
    <Menu.Root>
      <Menu.Trigger className="header-button">
        <Download size={14} /> Export
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end">
          <Menu.Popup className="popup menu">
            <Menu.Item onClick={() => stream.exportStage(1)}>Stream PNG</Menu.Item>
            <Menu.Item onClick={() => stream.exportStage(2)}>Stream PNG, 2×</Menu.Item>
            <Menu.Separator className="menu-separator" />
            <Menu.Item onClick={stream.exportErrors}>Errors and costs, CSV</Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
