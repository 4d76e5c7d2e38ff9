import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import type { LoadedData } from '../../state/loaded-data';
import { counted, fixed, inUnits } from '../../words/numbers';
import { genresOf, idIn, itemNameOf, sortsOf } from '../recommend/names';
import { Finder } from '../shell/finder';
import { useDark, useWorkbench } from '../workbench-context';
import { colouringBy, genresIn } from './colouring';
import { drawMap, type Label, type MapScale, nearest, reachOf } from './draw-map';
import { useMapLook } from './look';
import type { FactorsMeant } from './slice';

/** How near a pointer has to come, CSS pixels. */
const near = 14;

interface Props {
  readonly data: LoadedData;
  readonly meant: FactorsMeant;
}

/** Every item where two directions put it, moving as the frames go by. */
export function ItemMap({ data, meant }: Props) {
  const draw = useMapLook();
  const found = useWorkbench((state) => state.mapLook.found);
  const [pointed, setPointed] = useState<number | null>(null);
  const { item: sort } = sortsOf(data);
  const told = pointed ?? found;
  return (
    <section aria-label="Map of items" className="factors-map">
      <div className="factors-picks">
        <AxisPick name="Across" axis="across" meant={meant} />
        <AxisPick name="Up" axis="up" meant={meant} />
        <ColourPick data={data} />
        <Finder
          label={`Find ${sort === 'item' ? 'an item' : 'a column'}`}
          chosen={found === null ? '' : itemNameOf(data, found)}
          count={data.ratings.itemCount}
          nameOf={(y) => itemNameOf(data, y)}
          idOf={(y) => idIn(data.ratings.itemIds, y)}
          onChoose={(y) => draw({ found: y })}
        />
      </div>
      <Picture data={data} meant={meant} told={told} onPoint={setPointed} />
      <p className="factors-told" role="status" aria-label="Item on the map">
        {told === null
          ? `Point at ${sort === 'item' ? 'an item' : 'a column'}, or find one.`
          : wordsOf(data, meant, told)}
      </p>
    </section>
  );
}

/** An item, and where it lies. */
function wordsOf(data: LoadedData, { at, across, up, items }: FactorsMeant, y: number): string {
  const genres = genresOf(data, y);
  const about =
    items.counts[y] > 0 ? `${counted(items.counts[y], 'rating')}, mean ${inUnits(items.means[y])}` : '';
  const along = (f: number, value: number) => `direction ${f + 1}: ${fixed(value, 3)}`;
  return [
    ...[itemNameOf(data, y), genres, about, along(across, at[0][y]), along(up, at[1][y])],
    items.offered[y] ? '' : 'rated by too few to be drawn',
  ]
    .filter(Boolean)
    .join(' · ');
}

function AxisPick({
  name,
  axis,
  meant,
}: {
  readonly name: string;
  readonly axis: 'across' | 'up';
  readonly meant: FactorsMeant;
}) {
  const draw = useMapLook();
  return (
    <label>
      {name}{' '}
      <select
        aria-label={name}
        value={meant[axis]}
        onChange={(event) => draw({ [axis]: Number(event.currentTarget.value) })}
      >
        {Array.from(meant.shares, (_, f) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a direction is its place
          <option key={f} value={f}>
            Direction {f + 1}
          </option>
        ))}
      </select>
    </label>
  );
}

function ColourPick({ data }: { readonly data: LoadedData }) {
  const draw = useMapLook();
  const colour = useWorkbench((state) => state.mapLook.colour);
  const genres = useMemo(() => genresIn(data), [data]);
  return (
    <label>
      Colour{' '}
      <select
        aria-label="Colour"
        value={colour}
        onChange={(event) => draw({ colour: event.currentTarget.value })}
      >
        <option value="mean">mean rating</option>
        <option value="count">number of ratings</option>
        {genres.length > 0 && (
          <optgroup label="of a genre">
            {genres.map((genre) => (
              <option key={genre}>{genre}</option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  );
}

/** The picture itself, and what its colours mean. */
function Picture({
  data,
  meant,
  told,
  onPoint,
}: Props & { readonly told: number | null; readonly onPoint: (item: number | null) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const box = useSize(canvas);
  const isDark = useDark();
  const colour = useWorkbench((state) => state.mapLook.colour);
  const palette = useWorkbench((state) => state.looks.palette);
  const { items, at, across, up } = meant;
  const colouring = useMemo(
    () => colouringBy(colour, data, items, palette, isDark),
    [colour, data, items, palette, isDark],
  );
  const { legend } = colouring;
  const dots = { across: at[0], up: at[1], colourOf: colouring.colourOf };
  const scale: MapScale = { ...box, reach: reachOf(dots, items.offered) };
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !canvas.current || scale.width === 0) return;
    const style = getComputedStyle(canvas.current);
    const ink = (name: string) => style.getPropertyValue(name);
    drawMap(
      context,
      scale,
      dots,
      labelsOf(data, meant, told),
      { text: style.color, grid: ink('outline-color') || style.color, ground: style.backgroundColor },
      box.ratio,
    );
  });
  return (
    <>
      <canvas
        ref={canvas}
        className="factors-picture"
        role="img"
        aria-label={`Items by direction ${across + 1} across and ${up + 1} up; those farthest out are in the list`}
        width={box.width || 1}
        height={box.height || 1}
        onPointerMove={({ nativeEvent: { offsetX, offsetY } }) =>
          onPoint(
            nearest(
              scale,
              dots,
              items.offered,
              { x: offsetX * box.ratio, y: offsetY * box.ratio },
              near * box.ratio,
            ),
          )
        }
        onPointerLeave={({ pointerType }) => pointerType !== 'touch' && onPoint(null)}
      />
      {legend && (
        <p className="factors-legend" style={{ '--inks': legend.inks.join() } as CSSProperties}>
          {legend.ends[0]}
          <span />
          {legend.ends[1]}
        </p>
      )}
    </>
  );
}

/** Names of the item that is looked at, and of those that lie farthest out. */
function labelsOf(data: LoadedData, { ends, across, up }: FactorsMeant, told: number | null): Label[] {
  const outer = [across, up].flatMap((f) =>
    [ends[f]?.high, ends[f]?.low].flatMap((end) => end?.slice(0, 3) ?? []),
  );
  const others = [...new Set(outer.map(({ item }) => item))].filter((item) => item !== told);
  const named = (item: number) => ({ item, words: shortened(itemNameOf(data, item)) });
  return [...(told === null ? [] : [{ ...named(told), isFound: true }]), ...others.map(named)];
}

/** So many letters of a name have room on the map. */
const longest = 30;
const shortened = (name: string) => (name.length > longest ? `${name.slice(0, longest - 1).trim()}…` : name);

/** How large an element is, in its own pixels. */
function useSize(element: { readonly current: HTMLCanvasElement | null }) {
  const [size, setSize] = useState({ width: 0, height: 0, ratio: 1 });
  useEffect(() => {
    const { current } = element;
    if (!current) return undefined;
    const observer = new ResizeObserver(([{ contentRect }]) => {
      const ratio = devicePixelRatio;
      setSize({
        width: Math.round(contentRect.width * ratio),
        height: Math.round(contentRect.height * ratio),
        ratio,
      });
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
