import { describe, expect, test } from 'vitest';
import { exportOf, exports } from '../../files/exports';
import type { Gathered } from '../../files/exports/export';
import { modelsIn, type Subject } from '../../files/exports/subject';
import { encoders } from '../../files/film/encoders';
import type { Frame, Reel } from '../../files/film/shoot';
import { readRunFile } from '../../files/run-file/read';
import { learntStream, raceBench } from './fixtures/benches';
import { raceSubject } from './race-subject';
import { streamSubject } from './stream-subject';

const race = raceBench();
race.workbench.setState({ marks: [{ id: 1, name: 'Half', steps: { als: 1, sgd: 1 } }] });
const subjects = {
  race: () => raceSubject(race.workbench.getState(), race.held.split) as Subject,
  stream: () => streamSubject({ ...race.workbench.getState(), stream: learntStream() }) as Subject,
};

/** All that can be saved without asking. */
const offered = (subject: Subject) =>
  exports.flatMap((one) =>
    one
      .offers(subject)
      .filter(({ label }) => !label.endsWith('…'))
      .map(({ label, ready, options }) => ({ id: one.id, label, ready, chosen: { scale: 2, ...options } })),
  );

/** Makes a file as the worker does, of what has crossed. */
function made(id: string, { wanted, parts = [] }: Gathered<unknown, unknown>): Promise<Blob> {
  const crossed = async function* () {
    for (const part of parts) yield structuredClone(part);
  };
  const tools = { parts: crossed(), said: () => undefined, painting: async () => null, encoders };
  return exportOf(id).make(structuredClone(wanted), tools);
}

const gathered = (subject: Subject, id: string, options: unknown = null) =>
  exportOf(id).gather(subject, options) as Gathered<never, never>;
const textOf = async (subject: Subject, id: string) => (await made(id, gathered(subject, id))).text();

test.each(Object.entries(subjects))('whatever a %s offers is ready, is gathered, and can cross', (_, of) => {
  const subject = of();
  const offers = offered(subject);
  expect(new Set(offers.map(({ label }) => label)).size).toBe(offers.length);
  for (const { id, ready, chosen } of offers) {
    expect(ready).toBe(true);
    const { wanted, parts = [], steps, fileName } = gathered(subject, id, chosen);
    expect(fileName).toMatch(/^factorscope_mine_[\w.-]+\.\w+$/);
    structuredClone(wanted);
    let count = 0;
    for (const part of parts) {
      structuredClone(part);
      count++;
    }
    if (count > 0) expect(steps?.of).toBe(count);
  }
});

test('labels are those that they have always been', () => {
  const labels = (subject: Subject) =>
    exports.flatMap((one) => one.offers(subject).map(({ label }) => label));
  expect(labels(subjects.race())).toEqual([
    ...['Film…', 'MP4 of the race', 'GIF of the race', 'Slides of the marks'],
    ...['Stage PNG', 'Stage PNG, transparent'],
    ...['Ratings PNG', 'ALS PNG', 'B-SGD PNG', 'Chart SVG', 'Chart PNG', 'Metrics CSV', 'Predictions CSV…'],
    ...['Factors CSV', 'Factors Parquet', 'Factors NPY'],
    ...['ALS in Python, for Spark', 'B-SGD in Python, for Surprise', 'Save runs'],
  ]);
  expect(labels(subjects.stream())).toEqual([
    ...['MP4 of the stream', 'GIF of the stream', 'Stream PNG', 'Stream PNG, 2×', 'Arrived ratings PNG'],
    ...[
      'B-SGD PNG',
      'Fold-in PNG',
      'Chart SVG',
      'Chart PNG',
      'Factors CSV',
      'Factors Parquet',
      'Factors NPY',
    ],
    ...['Errors and costs, CSV'],
  ]);
});

describe('a race', () => {
  test('what was not learnt, and ratings that are not here, are said in words', () => {
    const { workbench, held } = raceBench();
    const { data, runs } = workbench.getState();
    workbench.setState({ unableToFilm: ['mp4'] });
    const ready = (label: string) => {
      const subject = raceSubject(workbench.getState(), held.split) as Subject;
      return exports.flatMap((one) => one.offers(subject)).find((offer) => offer.label === label)?.ready;
    };
    expect(ready('Predictions CSV…')).toBe(true);
    expect(ready('MP4 of the race')).toBe('not in this browser');
    if (data) workbench.setState({ data: { ...data, source: 'run' } });
    expect(ready('Predictions CSV…')).toBe('its ratings are not here');
    expect(ready('Factors CSV')).toBe(true);
    const unbegun = Object.entries(runs).map(([id, run]) => [id, { ...run, moments: 0 }]);
    workbench.setState({ runs: Object.fromEntries(unbegun) });
    expect(ready('Factors CSV')).toBe('nothing was learnt yet');
  });

  test('its run file, made of parts that came one by one, is opened as it was', async () => {
    const subject = subjects.race();
    const opened = await readRunFile(await made('run-file', gathered(subject, 'run-file')));
    if (!opened.ok) throw new Error(opened.problem.code);
    expect(opened.runs.map(({ name, snapshots }) => [name, snapshots.length])).toEqual([
      ['als 1', 3],
      ['sgd 1', 3],
    ]);
    const [als] = modelsIn(subject);
    expect(opened.runs[0].snapshots[2].userFactors).toEqual(als.snapshot.userFactors);
  });

  test('a film sends a pane again only when what it shows has moved', () => {
    const film = exportOf('film');
    const shown = (subject: Subject) => {
      const gif = film.offers(subject)[2].options as object;
      const { parts = [] } = film.gather(subject, { ...gif, frameCount: 5 }) as Gathered<Reel, Frame>;
      const stepOf = (shows: unknown): unknown =>
        Array.isArray(shows) ? shows.map(stepOf) : ((shows as { step?: number }).step ?? shows);
      return [...parts].map(({ panes }) => panes.map((pane) => pane && stepOf(pane.shows)));
    };
    expect(shown(subjects.race())).toEqual([
      ['ratings', 0, 0],
      [null, null, null],
      [null, 1, 1],
      [null, null, null],
      [null, 2, 2],
    ]);
    const { workbench, held } = raceBench();
    workbench.setState(({ looks }) => ({ looks: { ...looks, difference: true } }));
    expect(shown(raceSubject(workbench.getState(), held.split) as Subject)).toEqual([
      [[0, 0], 0, 0],
      [null, null, null],
      [[1, 1], 1, 1],
      [null, null, null],
      [[2, 2], 2, 2],
    ]);
  });
});

describe('a stream', () => {
  test('each frame of its film shows what had arrived by then, and those that were sent before stay as they were', () => {
    const { wanted, parts } = gathered(subjects.stream(), 'stream-film', { format: 'gif' }) as Gathered<
      Reel,
      Frame
    >;
    const known = ({ scene }: Frame) => scene?.known.reduce((sum, count) => sum + count, 0);
    const frames = Array.from(parts ?? [], (frame) => [frame.upTo, known(frame)]);
    expect(frames).toEqual([
      [0, 0],
      [2, 2],
      [4, 4],
    ]);
    expect(wanted.some.map(known)).toEqual([0, 2, 4]);
  });

  test('its picture says of which batch a matrix is, where the frame of its own batch is kept no longer', () => {
    const stream = learntStream();
    const [first, , last] = stream.tracks.sgd.snapshots;
    stream.tracks.sgd.clear();
    for (const one of [first, last]) stream.tracks.sgd.add(one);
    const { workbench } = raceBench();
    const subject = streamSubject({ ...workbench.getState(), stream: { ...stream, shown: 1 } });
    const words = subject?.stage()?.panes.map(({ lines }) => lines.map((line) => line.words).join());
    const thinned = stream.looks.panes.indexOf('sgd');
    expect(words?.map((said) => said.includes('matrix of batch 0'))).toEqual(
      ['arrived', ...stream.looks.panes].map((_, i) => i === thinned + 1),
    );
  });

  test('its factors are those of the users and items of its source', async () => {
    const lines = (await textOf(subjects.stream(), 'factors-csv')).trimEnd().split('\r\n');
    expect(lines.slice(0, 4)).toEqual([
      'model,side,id,ratings,bias,factor1,factor2',
      'B-SGD,mean,,,3,,',
      'B-SGD,user,1,,0,0.5,1.5',
      'B-SGD,user,2,,0,2.5,3.5',
    ]);
    expect(lines).toHaveLength(1 + 2 * (1 + 2 + 3));
  });

  test('its chart names every method', async () => {
    const svg = await textOf(subjects.stream(), 'chart-svg');
    expect(svg).toContain('mine · after batch 2');
    for (const name of ['B-SGD', 'Fold-in']) expect(svg).toContain(name);
  });
});
