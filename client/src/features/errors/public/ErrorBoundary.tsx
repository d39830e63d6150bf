import { Component, type ReactNode } from 'react';
import { RouteError } from './RouteError.tsx';

interface Props {
  children: ReactNode;
  /** Shown instead of the error page. A failed rail then leaves the rest of its page intact. */
  fallback?: ReactNode;
}

interface State {
  failed: { error: unknown } | undefined;
}

/** Catches errors of the components below and shows the reason. A new `key` resets it. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { failed: { error } };
  }

  override render(): ReactNode {
    if (this.state.failed === undefined) return this.props.children;
    return this.props.fallback === undefined ? <RouteError error={this.state.failed.error} /> : this.props.fallback;
  }
}
