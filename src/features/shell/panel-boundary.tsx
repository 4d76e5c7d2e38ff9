import { Component, type ReactNode, Suspense, useEffect, useState } from 'react';
import { readyAgain, Unloaded } from './unloaded';

interface Props {
  /** What it is called in a sentence: 'stage'. */
  readonly name: string;
  readonly children: ReactNode;
}

/** Keeps a panel whose script is still on its way from holding up the others, and a mistake in it from taking them along; the runs go on. */
export class PanelBoundary extends Component<
  Props,
  { readonly failure: { readonly error: unknown } | null }
> {
  override state = { failure: null } as { readonly failure: { readonly error: unknown } | null };

  static getDerivedStateFromError(error: unknown) {
    return { failure: { error } };
  }

  /** Whether somebody did not want to wait any longer. */
  private isStopped = false;

  private again = () => {
    readyAgain();
    this.setState({ failure: null });
  };

  override componentDidCatch() {
    if (this.isStopped) this.again();
    this.isStopped = false;
  }

  override render() {
    const { name, children } = this.props;
    const { failure } = this.state;
    if (failure) return <Failed name={name} error={failure.error} onAgain={this.again} />;
    // As long as a script hangs, it is not asked for again; once it is stopped, it has not come.
    const hurry = () => {
      this.isStopped = true;
      stop();
    };
    return <Suspense fallback={<Late name={name} onAgain={hurry} />}>{children}</Suspense>;
  }
}

/** What stands where a script is on its way: nothing, until that has taken 30 beats. It may come all the same, and is shown then. */
function Late({ name, onAgain }: { name: string; onAgain: () => void }) {
  const [left, setLeft] = useState(30);
  // Beats are counted, not timed: a page that slept was not waiting.
  useEffect(() => {
    const beat = setInterval(() => setLeft((left) => left - 1), 500);
    return () => clearInterval(beat);
  }, []);
  return left < 0 && <Failed name={name} error={null} onAgain={onAgain} />;
}

/** Says what failed, or, where nothing did, that it is late; what of it is kept, and how to go on. */
function Failed({ name, error, onAgain }: { name: string; error: unknown; onAgain: () => void }) {
  const isUnloaded = !error || error instanceof Unloaded;
  return (
    <div role="alert" className="panel failed-panel">
      <p>
        {isUnloaded
          ? `The ${name} ${error ? 'could not be loaded: the connection is gone, or there is a newer version of the page' : 'has not come yet: the connection is slow, or gone'}.`
          : `The ${name} failed.`}{' '}
        The runs go on, and the settings are in the address.
      </p>
      <div className="failed-panel-ways">
        <button type="button" className="button" onClick={onAgain}>
          Try again
        </button>
        <button type="button" className="button" onClick={() => location.reload()}>
          Reload
        </button>
        {!isUnloaded && (
          <button
            type="button"
            className="button"
            onClick={() => void navigator.clipboard?.writeText(report(name, error)).catch(() => {})}
          >
            Copy what happened
          </button>
        )}
      </div>
      {!isUnloaded && (
        <details className="more">
          <summary>What happened</summary>
          <pre>{report(name, error)}</pre>
        </details>
      )}
    </div>
  );
}

/** What helps to find the mistake; nothing of the ratings is in it. */
const report = (name: string, error: unknown) =>
  [`Factorscope, ${name}`, navigator.userAgent, error instanceof Error ? (error.stack ?? error) : error].join(
    '\n',
  );
