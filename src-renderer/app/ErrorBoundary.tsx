import { Component, type ReactNode } from 'react';
import i18next from 'i18next';

type State = { readonly error: Error | null };

/** Keeps one failed view from taking the others with it; says so and offers to open it again. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: null };
  static getDerivedStateFromError(error: unknown): State {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div className="crashed" role="alert" data-testid="crashed">
        <strong>{i18next.t('boot.crashed')}</strong>
        <code className="selectable">{error.message}</code>
        <button type="button" className="button" onClick={() => this.setState({ error: null })}>
          {i18next.t('boot.again')}
        </button>
      </div>
    );
  }
}
