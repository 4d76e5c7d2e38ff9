import { Dialog } from '@base-ui/react/dialog';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { FilmedRun, FilmFormat, FilmOptions } from '../../draw/film';
import { cellsShown } from '../../draw/pane';
import { layoutFilm } from '../../draw/sheet/layout';
import { filmDefaults, mostFrames } from '../../files/film/defaults';
import { formatOf, formats } from '../../files/film/formats';
import { lengthOf, momentsIn, planFilm, rangeOf } from '../../files/film/plan';
import { optionsOf } from '../../settings/setting';
import { lookSettings } from '../../state/looks';
import { counted, fixed } from '../../words/numbers';
import type { NumberBounds } from '../../words/typed';
import { Choices } from '../chart/choices';
import { NumberField, Pick } from './fields';
import type { FormProps } from './slice';
import { useExporting } from './use-exporting';

const shapes = (['16:9', '1:1', '9:16'] as const).map((shape) => [shape, shape] as const);
const axes = optionsOf(lookSettings.chartAxis);
const perSide = [360, 480, 600, 720, 1080, 1440].map((size) => [size, `${size} pixels`] as const);
const perCell = [1, 2, 3, 4, 6, 8].map((size) => [size, `${size}× (pixels per cell)`] as const);

/** A number that can be chosen of a film, where it makes sense. */
interface NumberOption extends NumberBounds {
  readonly name: 'from' | 'to' | 'frameCount' | 'framesPerSecond' | 'hold';
  readonly label: string;
  readonly isOff?: boolean;
}

/** Frames a second at most. */
const fastest = (format: FilmFormat) => (format === 'gif' ? 50 : 60);

/** The longer side of the previews, in pixels. */
const previewSide = 560;
const videos = formats.filter(({ codec }) => codec);

/** All there is to choose of a film, and what it will look like. */
export function FilmForm({ subject, save }: FormProps) {
  const { race, unable } = subject;
  const runs = useMemo(() => race?.runs(subject.dark) ?? [], [race, subject]);
  const [options, setOptions] = useState<FilmOptions>(() =>
    filmDefaults(unable.includes('mp4') ? 'gif' : 'mp4', subject),
  );
  const change = (some: Partial<FilmOptions>) =>
    setOptions((before) => settled({ ...before, ...some }, before));
  const { format, composition, axis } = options;
  const still = format === 'png';
  const frames = planFilm(options);
  const size = race?.scene
    ? layoutFilm(
        options,
        cellsShown(race.scene, race.look(false).window),
        composition === 'matrix' ? 1 : runs.length + 1,
      )
    : { width: 0, height: 0 };
  const range = rangeOf(runs, axis);
  const pngs = still || format === 'frames';
  const most = fastest(format);
  const numbers: readonly NumberOption[] = [
    { name: 'from', label: 'From', min: range.from, max: options.to, isOff: still },
    { name: 'to', label: still ? 'At' : 'To', min: still ? range.from : options.from, max: range.to },
    { name: 'frameCount', label: 'Frames', min: 1, max: mostFrames, whole: true, isOff: still },
    { name: 'framesPerSecond', label: 'Frames a second', min: 1, max: most, whole: true, isOff: still },
    { name: 'hold', label: 'Hold the last, s', min: 0, max: 30, isOff: pngs },
  ];
  return (
    <>
      <Dialog.Title>Film</Dialog.Title>
      <Previews {...{ subject, options }} />
      <p className="export-facts" role="status">
        {still ? 'One picture' : `${counted(frames.length, 'frame')} · ${fixed(lengthOf(frames), 1)} s`} ·{' '}
        {size.width} × {size.height} pixels
      </p>
      <Choices
        name="Format"
        options={formats.map(({ id, name }) => ({ id, name, disabled: unable.includes(id) }))}
        value={format}
        onChange={(id) => change(inFormat(id, options, subject))}
      />
      {unable.length > 0 && (
        <p className="field-note">
          This browser cannot encode{' '}
          {unable.length === videos.length ? 'video' : unable.map((id) => formatOf(id).codec).join(', ')} by
          itself (WebCodecs); GIF and PNG frames work everywhere.
        </p>
      )}
      {format === 'gif' && (
        <p className="field-note">
          50 frames of 480 pixels make less than 3 MB; more of either make a larger file.
        </p>
      )}
      <div className="export-fields">
        <Pick
          label="Shows"
          value={composition === 'matrix' ? String(options.pane) : composition}
          options={[
            ['race', 'The race'],
            ['race-chart', 'The race with its chart'],
            ['0', 'The ratings alone'],
            ...runs.map(({ name }, i) => [String(i + 1), `${name} alone`] as const),
          ]}
          onChange={(id) =>
            change(
              id === 'race' || id === 'race-chart'
                ? { composition: id }
                : { composition: 'matrix', pane: Number(id) },
            )
          }
        />
        <Pick
          label="Shape"
          value={options.aspect}
          options={composition === 'matrix' ? [['fit', 'The matrix'] as const, ...shapes] : shapes}
          onChange={(aspect) => change({ aspect })}
        />
        <Pick
          label="Size"
          value={options.size}
          options={options.aspect === 'fit' ? perCell : perSide}
          onChange={(chosen) => change({ size: chosen })}
        />
        <Pick
          label="Background"
          value={options.background}
          options={[
            ['light', 'Light'],
            ['dark', 'Dark'],
            ...(pngs ? ([['transparent', 'Transparent']] as const) : []),
          ]}
          onChange={(background) => change({ background })}
        />
        <Pick
          label="Aligned by"
          value={axis}
          options={axes}
          onChange={(id) => change(aligned(id, runs, options))}
        />
        {numbers
          .filter(({ isOff }) => !isOff)
          .map(({ name, label, min, max, whole }) => (
            <NumberField
              key={name}
              {...{ label, min, max, whole }}
              value={options[name]}
              onChange={(value) => change({ [name]: value })}
            />
          ))}
        <label className="check">
          <input
            type="checkbox"
            checked={options.caption}
            onChange={(event) => change({ caption: event.currentTarget.checked })}
          />
          Parameters, step and errors in the picture
        </label>
      </div>
      <div className="dialog-actions">
        <Dialog.Close className="button">Close</Dialog.Close>
        <button type="button" className="button primary" onClick={() => save(options)}>
          Save {formatOf(format).name}
        </button>
      </div>
    </>
  );
}

/** Options that fit together: what is not possible with a choice becomes what is. */
function settled(options: FilmOptions, before: FilmOptions): FilmOptions {
  const { format, composition } = options;
  let { aspect, size, background, framesPerSecond } = options;
  if (composition === 'matrix' && before.composition !== 'matrix') aspect = 'fit';
  if (composition !== 'matrix' && aspect === 'fit') aspect = '16:9';
  if (aspect === 'fit' && before.aspect !== 'fit') size = 2;
  if (aspect !== 'fit' && before.aspect === 'fit') size = format === 'gif' ? 480 : 720;
  if (background === 'transparent' && format !== 'png' && format !== 'frames') background = 'light';
  framesPerSecond = Math.min(fastest(format), framesPerSecond);
  return { ...options, aspect, size, background, framesPerSecond };
}

/** Another format; from video to GIF and back with as many frames, as large, as that is filmed by default. */
function inFormat(format: FilmFormat, before: FilmOptions, subject: FormProps['subject']) {
  if ((format === 'gif') === (before.format === 'gif')) return { format };
  const { size, frameCount, framesPerSecond } = filmDefaults(format, subject);
  return { format, frameCount, framesPerSecond, ...(before.aspect !== 'fit' && { size }) };
}

/** Another axis is taken in its whole range. */
function aligned(axis: FilmOptions['axis'], runs: readonly FilmedRun[], { frameCount }: FilmOptions) {
  const range = rangeOf(runs, axis);
  return { axis, ...range, frameCount: Math.min(frameCount, momentsIn(runs, axis, range)) };
}

/** First and last frame, as the worker paints them. */
function Previews({ subject, options }: Pick<FormProps, 'subject'> & { options: FilmOptions }) {
  const exporting = useExporting();
  const first = useRef<HTMLCanvasElement>(null);
  const last = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let wanted = true;
    // While a number is being typed or dragged, no preview is made: only once it rests.
    const timer = setTimeout(() => {
      const ends = { ...options, frameCount: Math.min(2, options.frameCount) };
      exporting.preview('film', subject, ends, previewSide).then(
        (preview) => {
          if (!wanted || !preview) return;
          show(first.current, preview[0]);
          show(last.current, preview[1]);
        },
        () => {},
      );
    }, 60);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [exporting, subject, options]);
  return (
    <div className="export-previews" data-aspect={options.aspect}>
      {options.format !== 'png' && (
        <canvas ref={first} role="img" aria-label="First frame" width="1" height="1" />
      )}
      <canvas ref={last} role="img" aria-label="Last frame" width="1" height="1" />
    </div>
  );
}

function show(canvas: HTMLCanvasElement | null, bitmap: ImageBitmap) {
  if (!canvas) return;
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
}
