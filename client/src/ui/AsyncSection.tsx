import { type ReactNode, Suspense, startTransition, use, useState } from 'react';
import { Skeleton } from './Skeleton.tsx';

interface Props<T> {
  load(): Promise<T>;
  height: string;
  children(loaded: T, reload: () => void): ReactNode;
}

/** What the account routes answer, asked when it is shown and again after a change. */
export function AsyncSection<T>({ load, height, children }: Props<T>) {
  // Asked out here: what waits forgets its state while it does.
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
