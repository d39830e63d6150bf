import { type ReactNode, Suspense, startTransition, use, useState } from 'react';
import { Skeleton } from './Skeleton.tsx';

interface Props<T> {
  load(): Promise<T>;
  height: string;
  children(loaded: T, reload: () => void): ReactNode;
}

/** Loads a value when it is first shown, and again on `reload`. Shows a skeleton until then. */
export function AsyncSection<T>({ load, height, children }: Props<T>) {
  // Started above Suspense: a suspended component loses its state.
  const [answer, setAnswer] = useState(load);
  const reload = (): void => startTransition(() => setAnswer(load()));
  return (
    <Suspense fallback={<Skeleton height={height} />}>
      <Answered answer={answer}>{(loaded) => children(loaded, reload)}</Answered>
    </Suspense>
  );
}

function Answered<T>({ answer, children }: { answer: Promise<T>; children(loaded: T): ReactNode }) {
  return children(use(answer));
}
