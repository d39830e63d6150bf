import { type Catalog, isMovieId } from '../catalog/catalog.ts';
import { readFilter, readLabels } from '../catalog/filter-arguments.ts';
import type { MovieFilter } from '../catalog/filters.ts';
import type { PreferencesInput } from '../graphql/recommendation/recommendation.input.ts';
import { InputError, quoted } from '../input-error.ts';
import { checkLength, MAX_IDS } from '../list-caps.ts';

/** Preferences in the catalogue's own numbers and in one order, so that equal wishes are equal data. */
export interface Preferences {
  /** MovieIndex, ascending, each once. */
  liked: number[];
  disliked: number[];
  notInterested: number[];
  filter: MovieFilter;
  /** Ids the catalogue does not know, in the order given, each once. */
  ignoredMovieIds: string[];
}

/** Checks and canonicalises what a caller asks for; BAD_USER_INPUT errors name the argument, which is `argument` or in it. */
export function readPreferences(catalog: Catalog, prefs: PreferencesInput, argument = 'prefs'): Preferences {
  const ignored = new Set<string>();
  const movies = (name: 'likedMovieIds' | 'dislikedMovieIds' | 'notInterestedMovieIds'): number[] =>
    readMovies(catalog, prefs[name] ?? [], `${argument}.${name}`, ignored);
  const liked = movies('likedMovieIds');
  const disliked = movies('dislikedMovieIds');
  const notInterested = movies('notInterestedMovieIds');
  const contradiction = disliked.find((index) => liked.includes(index));
  if (contradiction !== undefined) {
    const id = catalog.id(contradiction);
    throw new InputError(`${argument}.dislikedMovieIds`, `${quoted(id)} (${catalog.title(contradiction)}) is among likedMovieIds too`, {
      movieId: id,
    });
  }
  const genres = readLabels(prefs.preferredGenres, 'genre', catalog.genres, `${argument}.preferredGenres`);
  return {
    liked,
    disliked,
    notInterested,
    // Without genres there is nothing to match: then the three ways are one and the same wish.
    filter: { genres, genreMatch: genres.length === 0 ? 'ANY' : (prefs.genreMatch ?? 'ANY'), ...readFilter(catalog, prefs, argument) },
    ignoredMovieIds: [...ignored],
  };
}

function readMovies(catalog: Catalog, ids: readonly string[], argument: string, ignored: Set<string>): number[] {
  checkLength(argument, ids, MAX_IDS);
  const rows = new Set<number>();
  ids.forEach((id, i) => {
    if (!isMovieId(id)) throw new InputError(`${argument}[${i}]`, `${quoted(id)} is not a movie id; ids are whole numbers such as "2571"`);
    const index = catalog.indexOf(id);
    if (index === undefined) ignored.add(id);
    else rows.add(index);
  });
  return [...rows].sort((a, b) => a - b);
}
