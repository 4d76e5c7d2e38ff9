import { Toolbar } from '@base-ui/react/toolbar';
import { CircleHelp, Link2 } from 'lucide-react';
import { OpenMenu } from '../data/open-menu';
import { SampleMenu } from '../data/sample-menu';
import { ExportMenu } from '../export/export-menu';
import { useBench } from '../workbench-context';

/** What comes in and what leaves: files, samples, exports, links; and help. */
export function HeaderTools({ onHelp }: { readonly onHelp: () => void }) {
  const { actions } = useBench();
  return (
    <Toolbar.Root className="header-tools" aria-label="Files and links">
      <OpenMenu />
      <SampleMenu />
      <ExportMenu />
      <Toolbar.Button
        className="button"
        title="A link that reproduces what is on the stage"
        onClick={() => void actions.copyLink()}
      >
        <Link2 size={14} /> <span className="button-words">Copy link</span>
      </Toolbar.Button>
      <Toolbar.Button className="button" aria-label="Help" title="Help (?)" onClick={onHelp}>
        <CircleHelp size={15} />
      </Toolbar.Button>
    </Toolbar.Root>
  );
}
