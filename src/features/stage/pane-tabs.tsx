import { type RefObject, useEffect, useState } from 'react';
import { Choices } from '../chart/choices';
import type { StagePane } from './stage';

/** Where one pane is shown at a time: which, of all that there are. Swiping does the same. */
export function PaneTabs({
  host,
  panes,
}: {
  readonly host: RefObject<HTMLElement | null>;
  readonly panes: readonly Pick<StagePane, 'id' | 'name'>[];
}) {
  const [shown, setShown] = useState(panes[1]?.id ?? '');
  const ids = panes.map(({ id }) => id).join(' ');
  useEffect(() => {
    if (!host.current || !ids) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        const seen = entries.find(({ isIntersecting }) => isIntersecting);
        if (seen) setShown((seen.target as HTMLElement).dataset.pane ?? '');
      },
      { root: host.current, threshold: 0.6 },
    );
    for (const pane of host.current.children) observer.observe(pane);
    return () => observer.disconnect();
  }, [host, ids]);
  return (
    <div className="pane-tabs">
      <Choices
        name="Matrix shown"
        options={panes}
        value={shown}
        onChange={(id) => {
          const pane = host.current?.querySelector(`[data-pane="${id}"]`);
          pane?.scrollIntoView({ block: 'nearest', inline: 'center' });
        }}
      />
    </div>
  );
}
