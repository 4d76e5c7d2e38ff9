import { methods } from '../../methods';
import type { MethodId } from '../../methods/method';

/** Shapes as paths of SVG, each within ten by ten: they tell apart what colours alone do not tell everybody. */
const shapes = [
  'M5 0a5 5 0 1 1 0 10a5 5 0 1 1 0-10z',
  'M.5 .5h9v9h-9z',
  'M5 0l5 9.5h-10z',
  'M5 0l5 5l-5 5l-5-5z',
  'M0 .5h10l-5 9.5z',
  'M3.5 0h3v3.5h3.5v3h-3.5v3.5h-3v-3.5h-3.5v-3h3.5z',
  'M2 0l3 3l3-3l2 2l-3 3l3 3l-2 2l-3-3l-3 3l-2-2l3-3l-3-3z',
  'M0 3h10v4h-10z',
  'M3 0h4v10h-4z',
  'M.5 0l9.5 5l-9.5 5z',
] as const;

/** The side of the square that a marker's path lies in. */
export const markerSide = 10;

/** The marker of a method, on curves and beside its name. */
export const markerOf = (id: MethodId): string =>
  shapes[methods.findIndex((method) => method.id === id) % shapes.length];
