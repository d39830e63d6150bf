import type { ReactNode } from 'react';
import { Catch } from '../../../ui/Catch.tsx';
import { RouteError } from './RouteError.tsx';

interface Props {
  children: ReactNode;
  /** Shown instead of the error page. A failed rail then leaves the rest of its page intact. */
  fallback?: ReactNode;
}

/** Catches errors of the components below and shows the reason. A new `key` resets it. */
export function ErrorBoundary({ children, fallback }: Props) {
  return <Catch fallback={(error) => (fallback === undefined ? <RouteError error={error} /> : fallback)}>{children}</Catch>;
}
