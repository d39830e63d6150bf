import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useEffectEvent } from 'react';
import type { FeedbackSignal } from '../../../generated/graphql.ts';
import { type StarKey, starsOfKey } from '../../../ui/StarRating.tsx';
import { useRateMovie } from '../useRateMovie.ts';

interface Subject {
  id: string;
  title: string;
  viewerRating?: number | null;
  viewerFeedback?: FeedbackSignal | null;
}

const DIGITS = /^[0-5]$/;
const WITH_OWN_KEYS = 'input:not([type=checkbox]), select, textarea, [contenteditable], dialog *';

/** For the element of a movie: the keys 1 to 5 rate the movie that has the focus, and 0 takes the rating back. */
export function useStarKeys(movie: Subject | undefined): (event: ReactKeyboardEvent) => void {
  const rate = useRateMovie();
  return (event) => {
    const stars = starsMeant(event);
    if (movie === undefined || stars === undefined) return;
    event.preventDefault();
    if (stars !== (movie.viewerRating ?? null)) rate(movie, stars);
  };
}

/** For a page about one movie: the same keys from anywhere on the page, but not on a card of another movie or while a dialog is open. */
export function usePageStarKeys(movie: Subject): void {
  const rate = useRateMovie();
  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    const stars = starsMeant(event);
    // The cards of other movies have taken their keys before.
    if (stars === undefined || event.defaultPrevented || document.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    if (stars !== (movie.viewerRating ?? null)) rate(movie, stars);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}

function starsMeant(event: StarKey & { target: EventTarget | null }): number | null | undefined {
  if (!DIGITS.test(event.key) || (event.target instanceof Element && event.target.matches(WITH_OWN_KEYS))) return undefined;
  return starsOfKey(event);
}
