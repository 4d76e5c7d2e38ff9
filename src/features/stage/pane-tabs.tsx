import { type RefObject, useEffect, useState } from 'react';
import { Choices } from '../chart/choices';

/** Where one pane is shown at a time: which, of all that there are. Swiping does the same. */
export function PaneTabs({
  host,
  panes,
}: {
  readonly host: RefObject<HTMLElement | null>;
  readonly panes: readonly { readonly id: string; readonly name: string }[];
}) {
  const [shown, setShown] = useState(panes[1]?.id ?? '');
  const ids = panes.map(({ id }) => id).join(' ');
  useEffect(() => {
    if (!host.current || !ids) return undefined;
    /** Told of one by one: of a pane that is left alone in sight, as when a phone is turned, nothing is told. */
    const inSight = new Set<string>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const { pane = '' } = (target as HTMLElement).dataset;
          if (isIntersecting) inSight.add(pane);
          else inSight.delete(pane);
        }
        setShown((before) => (inSight.has(before) ? before : ([...inSight][0] ?? before)));
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
