import * as v from 'valibot';
import { counted, errorMetrics, listColumns } from '../../metrics';
import { columnName, type Part } from '../../metrics/metric';
import { type Moment, valueAt } from '../../metrics/moment';
import { asPredicted } from '../../metrics/tally';

export const text = v.pipe(v.string(), v.maxLength(500));
export const finite = v.pipe(v.number(), v.finite());
export const positive = v.pipe(finite, v.minValue(0));
export const count = v.pipe(finite, v.integer(), v.minValue(0));
const error = v.nullable(positive);

/** How errors may be counted: as predicted, and clipped to the scale; those of cold pairs among them, or dropped. */
const countings = ([asPredicted.cold, 'drop'] as const).flatMap((cold) =>
  [false, true].map((clip) => ({ cold, clip })),
);

/** Errors that a file may tell, on what was learnt from and on what was held out; the very first column has to be there. */
const errors = (['train', 'validation', 'hidden'] as const).flatMap((part) =>
  countings.flatMap((counting) =>
    errorMetrics.map((one) => {
      const metric = counted(one, counting);
      return { part, metric, name: columnName(part, metric) };
    }),
  ),
);

/** Columns, of a moment each: all as long as `step`. The others are errors. */
export interface Columns {
  step: number[];
  observations?: number[] | undefined;
  flops?: number[] | undefined;
  seconds?: number[] | undefined;
  mean?: number[] | undefined;
  [name: string]: (number | null)[] | undefined;
}

/** Such columns, and others of a kind of table; a schema. */
export const columnsWith = (others: v.ObjectEntries): v.GenericSchema<unknown, Columns> =>
  v.strictObject({
    step: v.array(positive),
    observations: v.optional(v.array(positive)),
    flops: v.optional(v.array(positive)),
    seconds: v.optional(v.array(positive)),
    ...Object.fromEntries(
      errors.map(({ name }, i) => [name, i === 0 ? v.array(error) : v.optional(v.array(error))]),
    ),
    ...others,
  }) as v.GenericSchema<unknown, Columns>;

/** Columns of what was recommended, of a frame that was judged each. */
export const listTable = v.strictObject({
  step: v.array(positive),
  ...Object.fromEntries(
    (['validation', 'hidden'] as const)
      .flatMap(listColumns)
      .map((name) => [name, v.optional(v.array(error))]),
  ),
}) as v.GenericSchema<unknown, Columns>;

/** Moments of a run, from the columns of a file; what a column does not say is counted, or 0. */
export function momentsOf(columns: Columns, trainingCount: number): Moment[] {
  const { step, observations, flops, seconds, ...told } = columns;
  return step.map((at, i) => ({
    step: at,
    observations: observations?.[i] ?? at * trainingCount,
    flops: flops?.[i] ?? 0,
    seconds: seconds?.[i] ?? 0,
    tallies: {},
    values: Object.fromEntries(Object.entries(told).map(([name, column]) => [name, column?.[i] ?? null])),
  }));
}

/** The other way round: errors by the first metric always, by others where they apply. */
export function columnsOf(moments: readonly Moment[]): Columns {
  const told = errors.flatMap(({ part, metric, name }) => {
    const column = moments.map((moment) => {
      const value = valueAt(moment, part, metric);
      return value !== null && Number.isFinite(value) ? value : null;
    });
    return (metric === errorMetrics[0] && part !== 'hidden') || column.some((value) => value !== null)
      ? [[name, column]]
      : [];
  });
  return {
    step: moments.map(({ step }) => step),
    observations: moments.map(({ observations }) => observations),
    flops: moments.map(({ flops }) => flops ?? 0),
    seconds: moments.map(({ seconds }) => seconds),
    ...(Object.fromEntries(told) as Record<string, (number | null)[]>),
  };
}

/** What was found of the lists of frames, as columns; nothing where none were judged. */
export const listsOf = (found: readonly Moment[], part: Part): Columns | undefined =>
  found.length === 0
    ? undefined
    : {
        step: found.map(({ step }) => step),
        ...Object.fromEntries(
          listColumns(part).map((name) => [name, found.map(({ values }) => values?.[name] ?? null)]),
        ),
      };
