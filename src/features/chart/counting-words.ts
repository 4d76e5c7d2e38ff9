import type { Part } from '../../metrics/metric';
import { asPredicted, type Counting, coldNames } from '../../metrics/tally';
import type { LoadedData } from '../../state/loaded-data';
import { grouped } from '../../words/numbers';

type Judged = Pick<LoadedData, 'cold' | 'validationCount'> & {
  readonly ratings: Pick<LoadedData['ratings'], 'scale'>;
};

/** 'clipped to 1–5', 'cold pairs dropped (312 of 10,084)': how errors are counted on a part, as far as it is unusual. */
export function countingWords({ cold, clip }: Counting, data: Judged, part: Part): string[] {
  const { min, max } = data.ratings.scale;
  const of =
    part === 'validation' && data.validationCount > 0
      ? ` (${grouped(data.cold.ratings)} of ${grouped(data.validationCount)})`
      : '';
  return [
    ...(clip ? [`clipped to ${min}–${max}`] : []),
    ...(cold === asPredicted.cold || part === 'train'
      ? []
      : [`cold pairs ${short[cold] ?? coldNames[cold]}${of}`]),
  ];
}

const short: Readonly<Partial<Record<Counting['cold'], string>>> = {
  ...{ mean: 'as the mean', zero: 'as 0', drop: 'dropped' },
};
