import type { MovieIndex } from './movie-id.ts';
import { type MovieClues, titleKey } from './movie-matcher.ts';
import type { SearchableCatalog } from './searchable-catalog.ts';

const MAX_TITLE = 200;
const MAX_COMPARED = 20;

/**
 * The movie that the clues mean for sure: the one with their ids or, when they have none, the only one of their title and year. Ids of two
 * movies, or ids that the catalog lacks, mean none. Without a pass over the titles: it may run for every event of a media server.
 */
export async function cluedMovie(
  { catalog, filters, search }: SearchableCatalog,
  { imdbId, tmdbId, title, year }: Omit<MovieClues, 'movieId'>,
): Promise<MovieIndex | undefined> {
  if (imdbId !== null || tmdbId !== null) {
    const ofImdb = imdbId === null ? undefined : catalog.indexOfImdb(imdbId);
    const ofTmdb = tmdbId === null ? undefined : catalog.indexOfTmdb(tmdbId);
    return ofImdb === undefined || ofTmdb === undefined || ofImdb === ofTmdb ? (ofImdb ?? ofTmdb) : undefined;
  }
  const key = titleKey(title);
  if (key === '' || year === null) return undefined;
  const ofYear = filters.candidates({ genres: [], genreMatch: 'ANY', services: [], languages: [], yearMin: year, yearMax: year });
  const { movies } = await search.search(title.slice(0, MAX_TITLE), ofYear, 0, MAX_COMPARED);
  const equal = movies
    .map((row) => catalog.indexAt(row))
    .filter((index) => titlesOf(catalog, index).some((other) => titleKey(other) === key));
  return equal.length === 1 ? equal[0] : undefined;
}

function titlesOf({ columns }: SearchableCatalog['catalog'], index: MovieIndex): string[] {
  return [columns.titles.get(index), ...columns.alternativeTitles.get(index).split('|')];
}
