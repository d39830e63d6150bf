import { seeded } from '../pipeline/data/random.ts';
import type { Ratings } from '../pipeline/data/ratings.ts';
import type { CatalogRow } from '../src/engine/features/catalog-row.ts';

/** Votes at TMDb of a movie that nobody rated: 1 to this many, spread like a power law. */
const MAX_VOTES_OF_UNRATED = 400;
/** Votes for each rating, and the spread of its logarithm: TMDb's counts follow those of MovieLens, not closely. */
const VOTES_PER_RATING = 0.5;
const VOTES_SPREAD = 1.5;

/**
 * The movies with the counts and averages of these ratings, as merge counts them, and with votes that go along. `generated-catalog.ts` makes
 * counts up that no ratings file agrees with. Row n of the ratings is movie n.
 */
export function withRatings(
  movies: readonly CatalogRow[],
  { rows, halfStars }: Pick<Ratings, 'rows' | 'halfStars'>,
  seed: number,
): CatalogRow[] {
  const counts = new Uint32Array(movies.length);
  const sums = new Float64Array(movies.length);
  rows.forEach((row, p) => {
    counts[row]++;
    sums[row] += halfStars[p] / 2;
  });
  const random = seeded(seed);
  return movies.map((movie, row) => {
    const count = counts[row];
    const average = count === 0 ? null : sums[row] / count;
    const noise = random();
    const votes =
      count === 0
        ? Math.floor(MAX_VOTES_OF_UNRATED ** noise)
        : Math.ceil(VOTES_PER_RATING * count * Math.exp(VOTES_SPREAD * (2 * noise - 1)));
    return { ...movie, ratingCount: count, ratingAverage: average, voteCount: votes, voteAverage: 2 * (average ?? 2.5 + random()) };
  });
}
