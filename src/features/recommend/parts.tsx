import type { LoadedData } from '../../state/loaded-data';
import { fixed } from '../../words/numbers';
import { useBench, useWorkbench } from '../workbench-context';
import type { Wanted } from './advice';
import { itemNameOf } from './names';
import '../shell/name-button.css';

/** Changes for whom it is recommended, or by what. */
export function useWant(): (change: Partial<Wanted>) => void {
  const { workbench } = useBench();
  return (change) => workbench.setState(({ wanted }) => ({ wanted: { ...wanted, ...change } }));
}

/** An item by its name; pressed, it is explained. */
export function ItemButton({ data, item }: { readonly data: LoadedData; readonly item: number }) {
  const want = useWant();
  const isExplained = useWorkbench((state) => state.advice?.reason?.item === item);
  return (
    <button type="button" className="name-button" aria-pressed={isExplained} onClick={() => want({ item })}>
      <bdi>{itemNameOf(data, item)}</bdi>
    </button>
  );
}

/** Whose factors point into the same direction. */
export function Alike({
  title,
  rows,
  nameOf,
  onChoose,
}: {
  readonly title: string;
  readonly rows: readonly { readonly row: number; readonly cosine: number }[];
  readonly nameOf: (row: number) => string;
  readonly onChoose: (row: number) => void;
}) {
  const name = `${title[0].toUpperCase()}${title.slice(1)}`;
  return (
    <>
      <h3>{name}, by the cosine of their factors</h3>
      <ul className="recommend-rows" aria-label={name}>
        {rows.map(({ row, cosine }) => (
          <li key={row}>
            <button type="button" className="name-button" onClick={() => onChoose(row)}>
              <bdi>{nameOf(row)}</bdi>
            </button>
            <data value={cosine}>{fixed(cosine, 3)}</data>
          </li>
        ))}
      </ul>
    </>
  );
}
