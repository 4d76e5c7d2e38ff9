import { expect, test } from 'vitest';
import { exportOf } from '../../files/exports';
import { encoders } from '../../files/film/encoders';
import type { Frame } from '../../files/film/shoot';
import { readRunFile } from '../../files/run-file/read';
import { metricOf, toldErrors } from '../../metrics';
import { errorsWords } from '../../metrics/parts';
import { addCold, addWarm, emptyTally } from '../../metrics/tally';
import { racingOf } from '../../settings/race';
import { readLink } from '../../state/link/link';
import type { Looks } from '../../state/looks';
import { inUnits } from '../../words/numbers';
import { linkNow } from '../link/link-now';
import { errorsOf, stepOf } from '../transport/chip-words';
import { raceBench } from './fixtures/benches';
import { raceSubject } from './race-subject';

/** λ was changed on the way, another metric than the first one chosen, and the runs are looked at before their end. */
function pausedAt(place: number, told: Partial<Looks> = {}) {
  const { workbench, held } = raceBench();
  const changes = [{ unit: 1, lambda: 0.125, learningRate: 0.02 }];
  workbench.setState(({ runs, looks }) => ({
    runs: Object.fromEntries(Object.entries(runs).map(([id, run]) => [id, { ...run, changes }])),
    looks: { ...looks, metric: 'mae', ...told },
    replayPlace: place,
  }));
  const state = workbench.getState();
  const subject = raceSubject(state, held.split);
  if (!subject) throw new Error('nothing to export');
  return { state, subject, racing: racingOf(state.settings) };
}
const { state, subject, racing } = pausedAt(1);

async function made(id: string, options: unknown = null, of = subject): Promise<Blob> {
  const { wanted, parts = [] } = exportOf(id).gather(of, options) ?? {};
  const crossed = async function* () {
    for (const part of parts) yield structuredClone(part);
  };
  const tools = { parts: crossed(), said: () => undefined, painting: async () => null, encoders };
  return exportOf(id).make(structuredClone(wanted), tools);
}

/** What the chips say: how far, and which errors. */
const chips = racing.map((id) => ({ id, step: stepOf(state, id), errors: errorsOf(state, id) }));
const linesInPicture = (subject.stage()?.panes ?? []).slice(1).map(({ lines }) => lines);

test('the chips say the chosen metric, and what λ was there', () => {
  expect(chips).toEqual([
    { id: 'als', step: 'iteration 1', errors: 'MAE 0.8627 · λ 1 → 0.125 at 0.5 here' },
    { id: 'sgd', step: 'epoch 1.00', errors: 'MAE 0.8627 · λ 1 → 0.125 at 0.5 here' },
  ]);
});

test('a picture has the words of the chips', () => {
  for (const [i, { step, errors }] of chips.entries()) {
    const [made, measured] = linesInPicture[i].map(({ words }) => words);
    expect(made.split(' · ').at(-1)).toBe(step);
    expect(made).toContain('λ 1 → 0.125 at 0.5');
    expect(errors.split(' · ')[0]).toBe(measured);
  }
});

test('a film has the words of the picture where it comes to the same place', () => {
  const options = { format: 'gif', axis: 'step', from: 0, to: 1, frameCount: 2, caption: true };
  const frames = [...(exportOf('film').gather(subject, options)?.parts ?? [])] as Frame[];
  expect(
    frames
      .at(-1)
      ?.panes.slice(1)
      .map((pane) => pane?.lines),
  ).toEqual(linesInPicture);
});

test('the chart as SVG is of the chosen metric, with the values of the chips', async () => {
  expect(await (await made('chart-svg')).text()).toContain('<title>MAE · mine');
  for (const [i, { errors }] of chips.entries()) {
    const { xs, ys } = subject.chart()!.curves[i];
    expect(`MAE ${inUnits(ys[xs.indexOf(1)])}`).toBe(errors.split(' · ')[0]);
  }
});

test('the table has the numbers that the chips round', async () => {
  const [header, ...rows] = (await (await made('metrics-csv')).text()).trim().split('\r\n');
  const names = header.split(',');
  const cell = (row: string, name: string) => row.split(',')[names.indexOf(name)];
  for (const { id, errors } of chips) {
    const row = rows.find((one) => cell(one, 'method') === id && cell(one, 'step') === '1')!;
    expect(`MAE ${inUnits(Number(cell(row, 'trainMae')))}`).toBe(errors.split(' · ')[0]);
    expect(cell(row, 'lambda')).toBe('0.125');
  }
});

test('a run file is opened with the words that it was saved with', async () => {
  const opened = await readRunFile(await made('run-file'));
  if (!opened.ok) throw new Error(opened.problem.code);
  for (const [i, { errors }] of chips.entries()) {
    const { changes, snapshots } = opened.runs[i];
    expect(errorsWords(snapshots[1], metricOf('mae'))[0]).toBe(errors.split(' · ')[0]);
    expect(changes).toMatchObject([{ unit: 1, lambda: 0.125 }]);
  }
});

test('a link says the same metric and the same places', () => {
  const { linked } = readLink(linkNow(state, true)!);
  expect(linked).toMatchObject({ looks: { metric: 'mae' }, runs: { als: { unit: 2 }, sgd: { unit: 2 } } });
});

test('where errors are counted otherwise, all of them say so, and are of the same errors', async () => {
  const told = { metric: 'mae', clip: true, cold: 'drop' } as const;
  const { state, subject } = pausedAt(1, told);
  const { runs } = state;
  // A pair beyond the scale, and one that is cold: 1 and 9 off as they are, and at the end of the scale none.
  for (const { track } of Object.values(runs))
    for (const frame of track.snapshots) {
      const train = emptyTally(1);
      addWarm(train, 0, 5, 6, { min: 1, max: 5 });
      addCold(train, 0, 1, [10, 10], { min: 1, max: 5 });
      Object.assign(frame.tallies, { train });
    }
  const shown = errorsOf(state, 'als').split(' · ')[0];
  expect(shown).toBe('MAE (clipped, cold dropped) 0.000');
  expect(subject.stage()?.panes[1].lines[1].words).toBe(shown);
  expect(subject.chart()?.title).toBe('MAE, clipped to 1–5');
  expect(subject.chart()?.curves[0].ys).toContain(0);
  const [header, ...rows] = (await (await made('metrics-csv', null, subject)).text()).trim().split('\r\n');
  const at = (name: string) => Number(rows[1].split(',')[header.split(',').indexOf(name)]);
  expect([at('trainMae'), at('trainMaeClippedColdDrop')]).toEqual([5, 0]);
  const opened = await readRunFile(await made('run-file', null, subject));
  if (!opened.ok) throw new Error(opened.problem.code);
  const [{ snapshots }] = opened.runs;
  expect(errorsWords(snapshots[1], toldErrors(told))[0]).toBe(shown);
  expect(errorsWords(snapshots[1], metricOf('mae'))[0]).toBe('MAE 5.000');
  expect(readLink(linkNow(state, true)!).linked).toMatchObject({ looks: told });
});
