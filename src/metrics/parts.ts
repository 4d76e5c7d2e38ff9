import { inUnits } from '../words/numbers';
import type { Metric } from './metric';
import { type Moment, valueAt } from './moment';

/** Ratings that the errors of a run are measured on. */
export interface MeasuredPart {
  readonly id: 'hidden' | 'validation' | 'train';
  /** 'validation': as curves, chips and captions have it. */
  readonly name: string;
  /** Of errors on it, in a sentence; '' where nothing has to be said. */
  readonly words: string;
}

/** All of them, what is told first at the front: an error on what nobody was shown says more than one on what was learnt. */
export const parts: readonly MeasuredPart[] = [
  { id: 'hidden', name: 'hidden', words: 'on hidden cells' },
  { id: 'validation', name: 'validation', words: 'held out' },
  { id: 'train', name: 'train', words: '' },
];

/** Those that some moments were all measured on, the one that leads first. */
export const partsOf = (
  moments: readonly Pick<Moment, 'tallies' | 'values'>[],
  metric: Metric,
): readonly MeasuredPart[] =>
  parts.filter(({ id }) => moments.every((moment) => valueAt(moment, id, metric) !== null));

/** 'RMSE hidden 12.31', 'train 7.301': what a moment has of a metric, what leads first. */
export const errorsWords = (moment: Pick<Moment, 'tallies' | 'values'>, metric: Metric): string[] =>
  partsOf([moment], metric).map(({ id, name }, i) => {
    const of = id === 'train' ? metric.name : `${metric.name} ${name}`;
    return `${i === 0 ? of : name} ${inUnits(valueAt(moment, id, metric))}`;
  });
