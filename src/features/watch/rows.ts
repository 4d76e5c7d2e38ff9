import type { ArrayName } from '../../files/run-file/manifest';
import type { RowName } from '../../files/run-folder/manifest';
import type { FolderFrame } from '../../files/run-folder/reader';
import type { RunConfig } from '../../methods/config';
import type { Snapshot } from '../../methods/snapshot';
import type { RatingInfo } from '../../ratings/rating-set';

/** Of every user, or item, on the stage: its row in the folder, −1 where it has none yet. Null: row n is n. */
type Rows = Int32Array | null;

/** Where the rows of a folder's frames belong on the stage. */
export interface Placing extends Pick<RatingInfo, 'userCount' | 'itemCount'> {
  readonly users: Rows;
  readonly items: Rows;
}

/**
 * Which row of a folder each of so many things on the stage has, by their names. Null where the folder names one that
 * is not there: it is of other ratings.
 *
 * @param ids the names on the stage; null: they are counted from 1
 */
export function rowsByName(
  names: readonly RowName[],
  ids: readonly string[] | null,
  count: number,
): Int32Array | null {
  const at = ids && new Map(ids.map((id, i) => [id, i]));
  const rows = new Int32Array(count).fill(-1);
  for (const [row, { id }] of names.entries()) {
    const place = at ? at.get(id) : Number(id) - 1;
    if (place === undefined || !(place in rows)) return null;
    rows[place] = row;
  }
  return rows;
}

/** A frame as a snapshot of what is on the stage: whom it does not know yet has zeros. */
export function snapshotOf(frame: FolderFrame, { method, rank }: RunConfig, placing: Placing): Snapshot {
  const { userCount, itemCount, users, items } = placing;
  const placed = (name: ArrayName) => {
    const [count, rows] = name.startsWith('user') ? [userCount, users] : [itemCount, items];
    return placedRows(frame[name], name.endsWith('Bias') ? 1 : rank, count, rows);
  };
  return {
    ...{ ...frame.moment, method, rank, userCount, itemCount, mean: frame.mean },
    ...{ userFactors: placed('userFactors'), itemFactors: placed('itemFactors') },
    ...{ userBias: placed('userBias'), itemBias: placed('itemBias') },
  };
}

/** The same snapshot of more users and items: who came later has zeros. */
export function grown(snapshot: Snapshot, { userCount, itemCount }: Placing): Snapshot {
  const { rank } = snapshot;
  return {
    ...{ ...snapshot, userCount, itemCount },
    ...{ userFactors: placedRows(snapshot.userFactors, rank, userCount, null) },
    ...{ itemFactors: placedRows(snapshot.itemFactors, rank, itemCount, null) },
    ...{ userBias: placedRows(snapshot.userBias, 1, userCount, null) },
    ...{ itemBias: placedRows(snapshot.itemBias, 1, itemCount, null) },
  };
}

/** Rows of so many numbers, each where it belongs among `count`; zeros elsewhere. */
function placedRows(values: Float32Array, width: number, count: number, rows: Rows): Float32Array {
  const placed = new Float32Array(count * width);
  if (!rows) placed.set(values);
  else
    for (const [place, row] of rows.entries())
      if (row >= 0 && (row + 1) * width <= values.length)
        placed.set(values.subarray(row * width, (row + 1) * width), place * width);
  return placed;
}
