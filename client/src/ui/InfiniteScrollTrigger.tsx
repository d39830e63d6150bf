import { useEffect, useEffectEvent, useRef } from 'react';

/** At the end of a list. Calls `onNear` when it comes close to the visible part of the page. */
export function InfiniteScrollTrigger({ onNear }: { onNear(): void }) {
  const mark = useRef<HTMLDivElement>(null);
  const near = useEffectEvent(onNear);
  useEffect(() => {
    const element = mark.current;
    if (element === null) return;
    const observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && near(), {
      rootMargin: '900px',
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return <div ref={mark} />;
}
