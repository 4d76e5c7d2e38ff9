import { Component, type ReactNode, Suspense } from 'react';
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

  override render() {
    const { name, children } = this.props;
    const { failure } = this.state;
    if (!failure) return <Suspense>{children}</Suspense>;
    const again = () => {
      readyAgain();
      this.setState({ failure: null });
    };
    return <Failed name={name} error={failure.error} onAgain={again} />;
  }
}

/** Says what failed, what of it is kept, and how to go on. */
function Failed({ name, error, onAgain }: { name: string; error: unknown; onAgain: () => void }) {
  const isUnloaded = error instanceof Unloaded;
  return (
    <div role="alert" className="panel failed-panel">
      <p>
        {isUnloaded
          ? `The ${name} could not be loaded: the connection is gone, or there is a newer version of the page.`
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
