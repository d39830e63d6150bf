import { useEffect, useEffectEvent, useRef } from 'react';

/** Stands at the end of a list and says when one comes near it. */
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
