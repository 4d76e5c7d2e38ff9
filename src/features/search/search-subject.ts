import type { MapCell, MapFrame, MapSheet } from '../../draw/search-map';
import { coloursFor } from '../../draw/theme';
import type { SearchSubject } from '../../files/exports/subject';
import { fileNameOf } from '../../files/file-name';
import { methodOf } from '../../methods';
import { metricOf } from '../../metrics';
import { valueAt } from '../../metrics/moment';
import { counted, inUnits } from '../../words/numbers';
import { goodness, groundAndInk, spanOf } from './colours';
import { openTasks, type Results, resultsOf, told } from './found';
import { type Recipe, type Value, valuesOf } from './recipe';
import type { Found, Outcome } from './slice';
import { axisName, choiceWords, markOf, markWords, valueWords } from './words';

/** A film has so many frames at most. */
const mostFrames = 240;
/** Seconds that a film takes, and that its last frame stays longer. */
const length = 8;
const hold = 2;

/** What there is to export of a search. */
export function searchSubject(
  found: Found,
  { name, palette, dark }: { readonly name: string; readonly palette: string; readonly dark: boolean },
): SearchSubject {
  const { recipe, outcomes } = found;
  const settings = recipe.axes.map((axis) => axis.name);
  return {
    known: outcomes.filter((one) => one !== undefined).length,
    fileName: (extension) => fileNameOf([name, 'search', recipe.method, ...settings], extension),
    table: () => tableOf(found),
    ...(recipe.axes.length === 2 && {
      map: { sheet: sheetOf(found, name, dark), frames: () => framesOf(found, palette, dark) },
    }),
  };
}

function tableOf(found: Found): ReturnType<SearchSubject['table']> {
  const { recipe, outcomes } = found;
  const { cells, plan, choice, rungs } = resultsOf(found);
  const metric = metricOf(recipe.metric);
  const names = recipe.axes.map(({ name }) => name);
  const parts = Array.from({ length: plan.parts }, (_, part) => part);
  const header = [...names, 'parts', 'mean', 'standardError', 'diverged', 'givenUp', 'best', 'simplest'];
  const rows = cells.map(({ cell, parts: known, mean, error, isDiverged }) => {
    const values = names.map((name) => valuesOf(recipe, cell)[name] as Value);
    const isOut = !rungs[rungs.length - 1].cells.includes(cell);
    const flags = [isDiverged, isOut, choice?.best.cell === cell, choice?.simplest.cell === cell];
    const errors = parts.map((part) => {
      const outcome = outcomes[cell * plan.parts + part];
      return outcome ? valueAt(outcome, 'validation', metric) : null;
    });
    return [
      ...values,
      known,
      mean === null ? null : told(recipe, mean),
      error,
      ...flags.map(Number),
      ...errors,
    ];
  });
  return [[...header, ...parts.map((part) => `${metric.id}${part + 1}`)], ...rows];
}

function sheetOf(found: Found, name: string, dark: boolean): MapSheet {
  const { recipe } = found;
  const [rows, columns] = recipe.axes;
  const results = resultsOf(found);
  const span = spanOf(results.cells);
  const metric = metricOf(recipe.metric).name;
  const namesOf = ({ name, values }: Recipe['axes'][number]) =>
    values.map((value) => valueWords(name, value));
  return {
    title: `${methodOf(recipe.method).name} on ${name}`,
    axes: `${axisName(rows.name)} down, ${axisName(columns.name)} across`,
    rows: namesOf(rows),
    columns: namesOf(columns),
    legend: [
      ...(span
        ? [
            `Colours: ${metric} from ${inUnits(told(recipe, span.high))} to ${inUnits(told(recipe, span.low))}, the best`,
          ]
        : []),
      markWords,
    ],
    captions: captionsOf(found, results),
    dark,
  };
}

/** How many runs are known, and what is best where that can be said. */
function captionsOf({ recipe, outcomes }: Pick<Found, 'recipe' | 'outcomes'>, results: Results): string[] {
  const known = outcomes.filter((one) => one !== undefined).length;
  const choice = choiceWords(recipe, results).split(/(?<=\.) (?=Within)/);
  return [counted(known, 'run'), ...choice].filter((words) => words !== '');
}

/** How the map filled: of the runs that are known, in the order in which they are to be done, always as many more. */
function framesOf(found: Found, palette: string, dark: boolean): MapFrame[] {
  const table = coloursFor(palette, dark).table;
  const span = spanOf(resultsOf(found).cells);
  const order = orderOf(found);
  const count = Math.min(mostFrames, order.length);
  const states = Array.from({ length: count + 1 }, (_, i) => Math.round((i * order.length) / count));
  const outcomes: (Outcome | undefined)[] = found.outcomes.map(() => undefined);
  let shown = 0;
  return states.map((upTo) => {
    for (; shown < upTo; shown++) outcomes[order[shown]] = found.outcomes[order[shown]];
    const results = resultsOf({ ...found, outcomes });
    const cells = results.cells.map(({ mean }, cell): MapCell => {
      const paint = mean !== null && span && groundAndInk(table, goodness(span, mean));
      const mark = markOf(results, cell);
      return paint ? { ...paint, mark } : { ground: null, ink: '', mark };
    });
    const seconds = length / states.length + (upTo === order.length ? hold : 0);
    return { cells, captions: captionsOf({ recipe: found.recipe, outcomes }, results), seconds };
  });
}

/** Places of the outcomes that are known, in the order of the work: what comes next follows from what came before. */
function orderOf(found: Found): number[] {
  const { parts } = resultsOf(found).plan;
  const outcomes: (Outcome | undefined)[] = found.outcomes.map(() => undefined);
  const order: number[] = [];
  for (;;) {
    const open = openTasks({ ...found, outcomes }).map(({ cell, part }) => cell * parts + part);
    const known = open.filter((at) => found.outcomes[at] !== undefined);
    for (const at of known) outcomes[at] = found.outcomes[at];
    order.push(...known);
    if (known.length === 0 || known.length < open.length) return order;
  }
}
