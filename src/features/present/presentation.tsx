import { useLayoutEffect } from 'react';
import { later } from '../shell/later';
import { PanelBoundary } from '../shell/panel-boundary';
import { useKeys } from '../transport/keys';
import { useBench, useWorkbench } from '../workbench-context';
import './present.css';

const Presenting = later(async () => (await import('./presenting')).Presenting);

/** P shows the page to those who look on from afar: large, and without the panels. */
export function Presentation() {
  const { workbench } = useBench();
  const presenting = useWorkbench((state) => state.presenting);
  useKeys(({ key }) =>
    key.toLowerCase() === 'p' ? () => workbench.setState({ presenting: !presenting }) : undefined,
  );
  useLayoutEffect(() => {
    document.documentElement.toggleAttribute('data-presenting', presenting);
  }, [presenting]);
  return <PanelBoundary name="presentation">{presenting && <Presenting />}</PanelBoundary>;
}
