import type { Role } from './columns';

/** A way in which ratings stand in a table. */
interface Shape {
  readonly id: string;
  /** What it is, in words. */
  readonly words: string;
  /** What has to be said of the columns: the others are not asked for. */
  readonly needs: readonly Role[];
}

/** All shapes; the first is the usual one. */
const shapes = [
  { id: 'rows', words: 'One rating a row', needs: ['user', 'item', 'rating'] },
  { id: 'person', words: 'One person’s ratings, without a user column', needs: ['item', 'rating'] },
  { id: 'sections', words: 'A line “1:” above the ratings of each item', needs: ['user', 'rating'] },
  /** `rating` is the first of the columns that are items, `user` is −1 where no column names the users. */
  { id: 'matrix', words: 'A matrix: users down, items across', needs: ['rating'] },
] as const satisfies readonly Shape[];

export type ShapeId = (typeof shapes)[number]['id'];
