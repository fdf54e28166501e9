import { Component, type ReactNode } from 'react';
import { ErrorState } from '../ui/ErrorState';

/** Keeps a defect of one screen from taking the whole page with it. */
export class ScreenBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    return this.state.error === null ? (
      this.props.children
    ) : (
      <ErrorState isScreen error={this.state.error} onRetry={() => window.location.reload()} />
    );
  }
}
