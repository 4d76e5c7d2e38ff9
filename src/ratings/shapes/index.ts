import { matrix } from './matrix';
import { person } from './person';
import { rows } from './rows';
import { sections } from './sections';
import type { Shape } from './shape';

/** All shapes, in the order in which they are asked whether a table is of them; the last takes any. */
export const shapes: readonly Shape[] = [sections, matrix, person, rows];

/** The shape of that name; the usual one where there is none. */
export const shapeOf = (id: string | undefined): Shape => shapes.find((shape) => shape.id === id) ?? rows;
