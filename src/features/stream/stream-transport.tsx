import { FastForward, StepForward } from 'lucide-react';
import { useRef } from 'react';
import { LiveText, useLive } from '../shell/live-text';
import { lossWords, roomWords } from '../shell/loss-words';
import { TypedNumber } from '../shell/typed-number';
import { useKeys } from '../transport/keys';
import { Transport } from '../transport/transport';
import { useBench, useStream, useWorkbench } from '../workbench-context';
import { progressWords } from './progress-words';

/** Play, pause, one batch, jump, from the beginning; how far it is, and back to any moment of it. */
export function StreamTransport() {
  const { stream } = useBench().actions;
  const going = useStream((state) => state.playing || state.target !== null);
  const ended = useStream((state) => state.facts !== null && state.batch >= state.facts.batchCount);
  const ready = useStream((state) => state.status === 'ready');
  const toggle = going ? stream.pause : stream.play;
  const keys: Readonly<Record<string, () => void>> = {
    ' ': toggle,
    ArrowRight: stream.oneBatch,
    r: stream.restart,
    R: stream.restart,
  };
  useKeys(({ key }) => keys[key]);
  return (
    <Transport
      label="Stream transport"
      going={going}
      toggle={{
        name: ended ? 'Again' : 'Play',
        title: 'Play or pause (space)',
        disabled: !ready,
        press: toggle,
      }}
      steps={[
        {
          name: 'One batch',
          title: 'One batch (→)',
          icon: StepForward,
          disabled: !ready || ended,
          press: stream.oneBatch,
        },
      ]}
      jump={<JumpField />}
      restart={{
        name: 'Restart',
        title: 'Back to where nothing has arrived (r)',
        disabled: !ready,
        press: stream.restart,
      }}
    >
      <Scrubber />
      <Progress />
    </Transport>
  );
}

/** To a batch by its number, or to the end. */
function JumpField() {
  const { stream } = useBench().actions;
  const field = useRef<HTMLInputElement>(null);
  const wanted = useRef<number | null>(null);
  const count = useStream((state) => state.facts?.batchCount ?? 0);
  function jump() {
    stream.jump(wanted.current ?? count);
    wanted.current = null;
    if (field.current) field.current.value = '';
  }
  return (
    <fieldset className="jump" onKeyDown={({ key }) => key === 'Enter' && jump()}>
      <legend className="visually-hidden">Jump</legend>
      <TypedNumber
        field={field}
        aria-label="Jump to batch"
        placeholder="end"
        text={() => String(wanted.current ?? '')}
        min={0}
        max={count}
        whole
        onNumber={(batch) => {
          wanted.current = batch;
        }}
        onEmpty={() => {
          wanted.current = null;
        }}
      />
      <button
        type="button"
        className="button"
        disabled={count === 0}
        title="To this batch at full speed; empty: to the end"
        onClick={jump}
      >
        <FastForward size={14} />
        Jump
      </button>
    </fieldset>
  );
}

/** Back through what has been learnt, without learning it again. Follows the stream without React. */
function Scrubber() {
  const { workbench, actions } = useBench();
  const input = useRef<HTMLInputElement>(null);
  useLive(workbench, ({ stream: { batch, shown } }) => {
    if (!input.current) return;
    input.current.max = String(Math.max(1, batch));
    input.current.disabled = batch === 0;
    input.current.value = String(shown ?? batch);
  });
  return (
    <input
      ref={input}
      className="stream-scrubber"
      type="range"
      aria-label="Batch shown"
      min={0}
      onInput={(event) => actions.stream.scrub(Number(event.currentTarget.value))}
    />
  );
}

function Progress() {
  const { actions } = useBench();
  const status = useStream((state) => state.status);
  const room = useStream((state) => state.room);
  const loss = useStream((state) => state.loss ?? 'died');
  const nothing = useStream((state) => state.facts?.count === 0);
  const unmeasured = useStream((state) => state.facts?.validationCount === 0);
  const single = useStream((state) => state.facts?.batchCount === 1);
  const holdOut = useWorkbench((state) => state.settings.holdOutShare);
  const source = useWorkbench((state) => state.data?.source);
  if (status === 'lost')
    return (
      <p role="alert" className="run-trouble stream-progress">
        The stream stopped: {lossWords[loss]}.{' '}
        <button type="button" className="link-button" onClick={actions.stream.revive}>
          Start it again
        </button>
      </p>
    );
  if (status === 'no-room')
    return (
      <p role="alert" className="run-trouble stream-progress">
        A stream of these ratings {room && roomWords(room, 'it may take')}: fewer ratings, fewer methods or a
        lower rank would fit.
      </p>
    );
  if (status === 'no-ratings')
    return (
      <p role="status" className="stream-progress">
        This run was opened without its ratings, so there is nothing that could arrive: open the ratings, or
        the sample.
      </p>
    );
  if (status !== 'ready')
    return (
      <p role="status" className="stream-progress">
        {source
          ? 'Putting the ratings into the order of their arrival, and fitting batch ALS to all of them…'
          : 'Drawing…'}
      </p>
    );
  return (
    <p role="status" className="stream-progress">
      <LiveText of={({ stream }) => progressWords(stream)} />
      {nothing && ' There are no ratings to learn from.'}
      {single && !nothing && ' All ratings arrive in one batch.'}
      {unmeasured && holdOut > 0 && ' There are too few ratings to hold any out.'}
      {unmeasured && holdOut === 0 && (
        <>
          {' '}
          Nothing is held out, so the chart can only show the prequential error.{' '}
          <button type="button" className="link-button" onClick={() => actions.change({ holdOutShare: 0.2 })}>
            Hold out 20 %
          </button>
        </>
      )}
    </p>
  );
}
