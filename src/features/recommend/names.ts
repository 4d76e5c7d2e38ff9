import type { LoadedData } from '../../state/loaded-data';
import { itemName } from '../stream/cell-words';

/** What ratings are of: a picture has rows and columns. */
export interface Sorts {
  readonly user: string;
  readonly item: string;
}

export const sortsOf = ({ source }: Pick<LoadedData, 'source'>): Sorts =>
  source === 'picture' ? { user: 'row', item: 'column' } : { user: 'user', item: 'item' };

/** An id as the source has it, or as it is counted. */
export const idIn = (ids: readonly string[] | null, index: number): string =>
  ids ? ids[index] : String(index + 1);

/** 'user 12', 'row 12' */
export const userNameOf = (data: LoadedData, x: number): string =>
  `${sortsOf(data).user} ${idIn(data.ratings.userIds, x)}`;

/** 'Heat (1995)', 'item 6', 'column 6' */
export const itemNameOf = (data: LoadedData, y: number): string =>
  data.source === 'picture' ? `column ${y + 1}` : itemName(data.ratings, y);

/** 'Action, Crime'; empty where none are known. */
export const genresOf = ({ ratings }: LoadedData, y: number): string =>
  (ratings.itemTitles?.[y]?.genres ?? '').replaceAll('|', ', ');
