import { beyondBaseline } from './beyond-baseline';
import { error } from './error';
import { known } from './known';
import { prediction } from './prediction';
import type { View, ViewId } from './view';

/** Every view there is, in the order in which they are offered. This is the only list of them. */
export const views: readonly View[] = [prediction, error, known, beyondBaseline];

/** The view of this id; a mistake of ours where there is none. */
export function viewOf(id: ViewId): View {
  const view = views.find((one) => one.id === id);
  if (!view) throw new Error(`no view ${id}`);
  return view;
}
