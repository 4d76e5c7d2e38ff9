import { matrix } from './matrix';
import { person } from './person';
import { rows } from './rows';
import { sections } from './sections';
import type { Shape } from './shape';
import { turned } from './turned';

/** All shapes, the usual one first. Asked whether a table is of them they are from the last on: the first takes any. */
export const shapes: readonly Shape[] = [rows, person, matrix, turned, sections];

/** The shape of that name; the usual one where there is none. */
export const shapeOf = (id: string | undefined): Shape => shapes.find((shape) => shape.id === id) ?? rows;
