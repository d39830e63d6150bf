import type { MediaEvent } from './media-event.ts';
import { idOf, type Json, MAX_NAME, MAX_TITLE, momentOf, numberOf, objectOf, starsOf, textOf, yearOf } from './payload-values.ts';

/**
 * A webhook of Plex: the field "payload" of a multipart form. It states no time of its own. The count of views and the time of the last one
 * tell a second view from a second delivery.
 */
export function plexEvent(payload: Json): MediaEvent {
  const name = textOf(payload.event, MAX_NAME);
  const about = objectOf(payload.Metadata);
  const views = [about.viewCount, about.lastViewedAt].map((value) => textOf(value, MAX_NAME));
  const event: MediaEvent = {
    source: 'PLEX',
    name,
    user: textOf(objectOf(payload.Account).title, MAX_NAME),
    clues: { title: textOf(about.title, MAX_TITLE), year: yearOf(about.year), ...idsOf(about) },
    at: null,
    key: null,
    says: {},
    problem: null,
  };
  const item = textOf(about.ratingKey, MAX_NAME) || textOf(about.guid, MAX_NAME);
  if (name === 'media.scrobble') {
    event.says.watched = true;
    if (views.some((value) => value !== '')) event.key = `${name} ${item} ${views.join(' ')}`;
  } else if (name === 'media.rate') {
    // Plex takes a rating back with -1.
    const points = numberOf(payload.rating) ?? numberOf(about.userRating);
    event.says.stars = starsOf(points, 'rating');
    event.at = momentOf(numberOf(about.lastRatedAt));
    if (event.at !== null) event.key = `${name} ${item} ${points} ${event.at.toISOString()}`;
  } else event.problem = 'OTHER_EVENT';
  if (event.problem !== 'OTHER_EVENT' && about.type !== 'movie') event.problem = 'NOT_A_MOVIE';
  return event;
}

/** The new agent has a list of ids; the old one writes one id into `guid`: "com.plexapp.agents.imdb://tt0133093?lang=en". */
function idsOf({ Guid: list, guid }: Json): { imdbId: number | null; tmdbId: number | null } {
  const guids = [...(Array.isArray(list) ? list.slice(0, 20).map((entry) => objectOf(entry).id) : []), guid];
  const ids = { imdbId: null as number | null, tmdbId: null as number | null };
  for (const one of guids) {
    const [, kind, id] = /(imdb|tmdb|themoviedb):\/\/(\w+)/.exec(textOf(one, 200)) ?? [];
    if (kind === 'imdb') ids.imdbId ??= idOf(id);
    else if (kind !== undefined) ids.tmdbId ??= idOf(id);
  }
  return ids;
}
