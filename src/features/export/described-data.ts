import type { Manifest } from '../../files/run-file/manifest';
import type { Settings } from '../../settings/race';
import type { LoadedData } from '../../state/loaded-data';

/** What is said of ratings where they are not: in a run file. */
export function describedData(
  { ratings, audit, trainingCount, validationCount }: LoadedData,
  holdOut: Settings['holdOut'],
): Manifest['data'] {
  const { name, userCount, itemCount, ratingCount, scale } = ratings;
  return {
    ...{ name, userCount, itemCount, ratingCount, trainingCount, validationCount, scale },
    ...{ checksum: audit.checksum, holdOut: validationCount > 0 ? holdOut : null },
  };
}
