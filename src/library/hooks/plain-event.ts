import { HookFormatError, type MediaEvent } from './media-event.ts';
import { idOf, type Json, MAX_NAME, MAX_TITLE, momentOf, numberOf, objectOf, starsOf, textOf, truthOf, yearOf } from './payload-values.ts';

const EVENTS = ['watched', 'rated', 'favorite'] as const;
/** Per cent of a film after which it counts as watched. */
const FINISHED = 80;

/** A plain event, for Kodi and for programs of one's own: docs/how-to/media-servers.md describes its fields. */
export function plainEvent(payload: Json): MediaEvent {
  const name = textOf(payload.event, MAX_NAME) || 'watched';
  const kind = EVENTS.find((known) => known === name);
  if (kind === undefined) throw new HookFormatError(`event: is "${name}"; expected ${EVENTS.join(', ')}`);
  const ids = objectOf(payload.uniqueIds ?? payload.ids);
  const clues = {
    title: textOf(payload.title, MAX_TITLE),
    year: yearOf(payload.year),
    imdbId: idOf(payload.imdbId ?? ids.imdb ?? ids.imdbId),
    tmdbId: idOf(payload.tmdbId ?? ids.tmdb ?? ids.tmdbId),
  };
  if (clues.imdbId === null && clues.tmdbId === null && clues.title === '')
    throw new HookFormatError('uniqueIds: has no "imdb" and no "tmdb", and there is no "title"; expected one of them');
  const at = momentOf(payload.at);
  if (at === null && payload.at !== undefined && payload.at !== null)
    throw new HookFormatError(`at: is "${textOf(payload.at, 40)}"; expected a moment such as 2026-01-31T20:15:00Z`);
  const id = textOf(payload.id, MAX_NAME);
  const event: MediaEvent = {
    source: 'KODI',
    name,
    user: textOf(payload.user, MAX_NAME),
    clues,
    at,
    key: id !== '' ? `${name} ${id}` : at && `${name} ${clues.tmdbId} ${clues.imdbId} ${clues.title} ${at.toISOString()}`,
    says: {},
    problem: null,
  };
  if (kind === 'watched') {
    if ((numberOf(payload.progress) ?? 100) >= FINISHED) event.says.watched = true;
    else event.problem = 'NOT_FINISHED';
  } else if (kind === 'rated') event.says.stars = starsOf(numberOf(payload.rating), 'rating');
  else event.says.liked = truthOf(payload.favorite) ?? true;
  if (textOf(payload.type, MAX_NAME) !== '' && payload.type !== 'movie') event.problem = 'NOT_A_MOVIE';
  return event;
}
