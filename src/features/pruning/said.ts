import { pruningDefaults, pruningSettings } from '../../settings/pruning';
import { streamSettings } from '../../settings/stream';
import { linkReader } from '../../state/link/reader';
import { readSettings } from '../../state/link/settings';
import { saidBy, saidOf } from '../search/said';
import { isSound, type PruningAxis, type PruningRecipe, settable } from './recipe';

/** A recipe as links have it. */
export const said = (recipe: PruningRecipe): string => saidBy(pruningSettings, recipe, recipe);

/** The recipe that a link says, which may be anybody's; null where it cannot be followed. */
export function recipeIn(text: string): PruningRecipe | null {
  const link = linkReader(text);
  const settings = { ...pruningDefaults, ...readSettings(pruningSettings, link) };
  const { axes, fixed } = saidOf(text, link, streamSettings, settable(settings.method));
  // Whether all of them can be searched is seen below.
  const recipe: PruningRecipe = { ...settings, axes: axes as PruningAxis[], fixed };
  return link.problems.length === 0 && isSound(recipe) ? recipe : null;
}
