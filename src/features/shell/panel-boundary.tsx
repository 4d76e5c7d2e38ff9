import { Component, type ReactNode, Suspense } from 'react';

/** Keeps a panel whose script is still on its way from holding up the others, and a mistake in it from taking them along; the runs go on. */
export class PanelBoundary extends Component<
  { readonly name: string; readonly children: ReactNode },
  { readonly failed: boolean }
> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return <Suspense>{this.props.children}</Suspense>;
    return (
      <div role="alert" className="panel">
        <p>The {this.props.name} panel failed. The runs go on.</p>
        <button type="button" onClick={() => this.setState({ failed: false })}>
          Try again
        </button>
      </div>
    );
  }
}
