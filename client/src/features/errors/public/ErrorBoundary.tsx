import { Component, type ReactNode } from 'react';
import { RouteError } from './RouteError.tsx';

interface Props {
  children: ReactNode;
  /** Instead of the page that says what happened: a rail that fails leaves the rest alone. */
  fallback?: ReactNode;
}

interface State {
  failed: { error: unknown } | undefined;
}

/** Catches what the pages below throw, and shows why. Give it a key: another key begins anew. */
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
