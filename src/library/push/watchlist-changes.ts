import type { Catalog } from '../../catalog/catalog.ts';
import type { MovieId } from '../../catalog/movie-id.ts';
import type { SavedPreferences } from '../library-store.ts';
import { presentPreferences } from '../saved-preferences.ts';
import type { WatchlistNews } from './news-message.ts';
import type { LastLook, ListedMovie } from './push-store.ts';

export interface WatchlistLook {
  news: WatchlistNews;
  day: number;
  told: MovieId[];
}

/**
 * What changed on the viewer's services since the last look, for movies that the viewer wants to watch. A catalog tells days only, so
 * changes of the last day are told by movie. The first look tells nothing: what was there before is no news.
 */
export function lookAtWatchlist(
  catalog: Catalog,
  preferences: SavedPreferences,
  movies: readonly ListedMovie[],
  last: LastLook | undefined,
): WatchlistLook {
  const { services, region } = presentPreferences(catalog, preferences);
  const { offers } = catalog;
  const country = region ?? offers.defaultRegion;
  const day = Math.max(offers.lastDay(country), last?.day ?? 0);
  const news = { arrived: [] as string[], left: [] as string[] };
  // A version that ends before the last look knows nothing of its day: what was told of it stays told.
  const told: MovieId[] = last !== undefined && offers.lastDay(country) < last.day ? [...last.told] : [];
  const known = new Set(last?.told);
  const changes = offers.changesOn(
    country,
    services.map(({ name }) => name),
  );
  for (const { movieId, addedAt } of movies) {
    const index = catalog.indexOf(movieId);
    const change = index === undefined ? undefined : changes(index);
    if (index === undefined || change === undefined) continue;
    if (change.day === day) told.push(movieId);
    if (last === undefined || change.day < last.day) continue;
    // What the last look saw of its own day, and what was put on the list when it had changed already.
    if (change.day === last.day && (known.has(movieId) || addedAt > last.at)) continue;
    news[change.kind].push(catalog.title(index));
  }
  return { news, day, told };
}
