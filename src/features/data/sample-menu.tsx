import { Menu } from '@base-ui/react/menu';
import { Toolbar } from '@base-ui/react/toolbar';
import { Table2 } from 'lucide-react';
import { sampleSizes } from '../../ratings/sample';
import { grouped } from '../../words/numbers';
import { useBench } from '../workbench-context';
import { SplitButton } from './split-button';

const larger = [
  ['million', '1 million ratings, as in MovieLens 1M'],
  ['full', '26 million ratings, as in the full MovieLens'],
] as const;

/** The made-up sample; at its side, the same in the sizes of MovieLens. */
export function SampleMenu() {
  const { actions } = useBench();
  const button = (
    <Toolbar.Button
      className="button"
      title="Ratings made up by Factorscope"
      onClick={() => actions.openSample()}
    >
      <Table2 size={14} /> <span className="button-words">Sample ratings</span>
    </Toolbar.Button>
  );
  return (
    <SplitButton button={button} more="Larger samples">
      {larger.map(([size, what]) => (
        <Menu.Item key={size} onClick={() => actions.openSample(size)}>
          {what}
          <span className="menu-note">
            made up: {grouped(sampleSizes[size].userCount)} users × {grouped(sampleSizes[size].itemCount)}{' '}
            items
          </span>
        </Menu.Item>
      ))}
    </SplitButton>
  );
}
