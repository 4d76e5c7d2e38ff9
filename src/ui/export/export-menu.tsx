import { Menu } from '@base-ui/react/menu';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useBench } from '../workbench-context';

/** PNG of a matrix or of the whole stage, 1× to 4×. */
export function ExportMenu() {
  const { actions } = useBench();
  const [scale, setScale] = useState(2);
  return (
    <Menu.Root>
      <Menu.Trigger className="header-button">
        <Download size={14} /> Export
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end">
          <Menu.Popup className="popup menu">
            <Menu.Item onClick={() => actions.exportStage(scale)}>Stage PNG</Menu.Item>
            <Menu.Item onClick={() => actions.exportMatrix('ratings', scale)}>Ratings PNG</Menu.Item>
            <Menu.Item onClick={() => actions.exportMatrix('als', scale)}>ALS PNG</Menu.Item>
            <Menu.Item onClick={() => actions.exportMatrix('sgd', scale)}>B-SGD PNG</Menu.Item>
            <Menu.Separator className="menu-separator" />
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
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
