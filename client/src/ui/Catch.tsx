import { Component, type ReactNode } from 'react';

interface Props {
  children: ReactNode;
  /** What is shown instead of the components below when one of them throws. */
  fallback(error: unknown): ReactNode;
}

interface State {
  failed: { error: unknown } | undefined;
}

/** Catches errors of the components below. A new `key` resets it. */
export class Catch extends Component<Props, State> {
  override state: State = { failed: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { failed: { error } };
  }

  override render(): ReactNode {
    return this.state.failed === undefined ? this.props.children : this.props.fallback(this.state.failed.error);
  }
}
