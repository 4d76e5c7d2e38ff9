import { Component, type ReactNode } from 'react';

/** Keeps a mistake in one panel from taking the others with it; the runs go on. */
export class PanelBoundary extends Component<
  { readonly name: string; readonly children: ReactNode },
  { readonly failed: boolean }
> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
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
