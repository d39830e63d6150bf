import type { CatalogRow } from '../../../src/engine/features/catalog-row.ts';
import type { Csr } from '../../../src/engine/linalg/csr.ts';
import type { RatingStats } from '../../../src/engine/recommender/popularity.ts';
import { meanOf } from '../../data/mean.ts';
import { withColdFactors } from '../cold-start/cold-factors.ts';

/** Share of the ratings that are of movies up to the last year. The rest may be of movies with a wrong year. */
const MAIN_SHARE = 0.995;
/** Fewer rated movies cannot tell what votes mean. */
const MIN_RATED_MOVIES = 50;
/** A vote average counts beside this many votes of the mean. */
const PRIOR_VOTES = 20;
const REGRESSION = { regularization: 1, itemWeightExponent: 0, intercept: 1, voteFeatures: 1, iterations: 50, shrinkage: 0 };
const DIMENSIONS = 4;
/** Targets are moved by this: a vector of zeros would count as none. */
const OFFSET = 1;

/** The last release year that the ratings know well; undefined when too few movies are rated. */
export function lastRatedYear(counts: ArrayLike<number>, movies: readonly CatalogRow[]): number | undefined {
  const byYear = new Map<number, number>();
  let total = 0;
  let rated = 0;
  movies.forEach(({ year }, row) => {
    if (year === null || counts[row] === 0) return;
    rated++;
    total += counts[row];
    byYear.set(year, (byYear.get(year) ?? 0) + counts[row]);
  });
  if (rated < MIN_RATED_MOVIES) return undefined;
  let sum = 0;
  for (const [year, count] of [...byYear].sort(([a], [b]) => a - b)) {
    sum += count;
    if (sum >= MAIN_SHARE * total) return year;
  }
  return undefined;
}

/**
 * Rating figures in which a movie of the last rated year or later counts at least as much as its votes and content suggest. Ratings end
 * before most people could see such a movie, so few ratings say nothing about it.
 *
 * ln(1 + n) of the movies before is regressed on TMDb's votes, its popularity figure and the features, movies without ratings included.
 * The average is regressed on the damped vote average. Without TMDb's votes, or when no movie is newer, the figures stay as they are.
 */
export function withNewMoviesPrior({ counts, averages }: RatingStats, movies: readonly CatalogRow[], features: Csr): RatingStats {
  const last = lastRatedYear(counts, movies);
  if (last === undefined) return { counts, ...(averages && { averages }) };
  const isNew = Uint8Array.from(movies, ({ year, voteCount, popularity }) =>
    year !== null && year >= last && (voteCount > 0 || (popularity ?? 0) > 0) ? 1 : 0,
  );
  if (!isNew.includes(1)) return { counts, ...(averages && { averages }) };
  const expected = expectedCounts(counts, movies, features, last);
  const average = averages && expectedAverage(counts, averages, movies);
  return {
    counts: Float64Array.from(movies, (_, row) => (isNew[row] === 1 ? Math.max(counts[row], expected[row]) : counts[row])),
    ...(averages && {
      averages: Float64Array.from(movies, (movie, row) => {
        const known = averages[row];
        if (isNew[row] === 0 || average === undefined) return known;
        const guess = average(movie);
        const weight = Math.max(0, expected[row] - counts[row]);
        // Its own ratings, and the guess for those that are still to come.
        return Number.isNaN(known) ? guess : (known * counts[row] + guess * weight) / (counts[row] + weight);
      }),
    }),
  };
}

/** Ratings that a movie as old as those before `last` would have. */
function expectedCounts(counts: ArrayLike<number>, movies: readonly CatalogRow[], features: Csr, last: number): Float64Array {
  let largest = 0;
  const targets = new Float32Array(movies.length * DIMENSIONS);
  const isKnown = new Uint32Array(movies.length);
  movies.forEach(({ year }, row) => {
    if (year === null || year >= last) return;
    isKnown[row] = 1;
    largest = Math.max(largest, counts[row]);
    targets[row * DIMENSIONS] = OFFSET + Math.log1p(counts[row]);
  });
  const model = {
    dimensions: DIMENSIONS,
    factors: targets,
    gram: new Float32Array(0),
    regularization: 1,
    penaltyBase: 1,
    regularizationExponent: 1,
  };
  const { factors } = withColdFactors(model, features, isKnown, REGRESSION, voteColumns(movies));
  return Float64Array.from(movies, (_, row) => {
    const value = factors[row * DIMENSIONS] - OFFSET;
    return Math.expm1(Math.min(Math.max(value, 0), Math.log1p(largest)));
  });
}

function voteColumns(movies: readonly CatalogRow[]): Float64Array[] {
  const column = (of: (movie: CatalogRow) => number): Float64Array => Float64Array.from(movies, of);
  const votes = ({ voteCount }: CatalogRow): number => Math.log1p(voteCount);
  return [
    column(votes),
    column((movie) => votes(movie) ** 2 / 10),
    column(({ popularity }) => Math.log1p(popularity ?? 0)),
    column(({ voteCount, voteAverage }) =>
      voteCount > 0 && voteAverage !== null ? (voteAverage * voteCount) / (voteCount + PRIOR_VOTES) / 10 : 0,
    ),
  ];
}

/** The least-squares line from the damped vote average to the average of the ratings, each movie with the weight of its ratings' logarithm. */
function expectedAverage(
  counts: ArrayLike<number>,
  averages: ArrayLike<number>,
  movies: readonly CatalogRow[],
): ((movie: CatalogRow) => number) | undefined {
  const mean = meanOf(movies.flatMap(({ voteCount, voteAverage }) => (voteCount > 0 && voteAverage !== null ? [voteAverage] : [])));
  if (Number.isNaN(mean)) return undefined;
  const damped = ({ voteCount, voteAverage }: CatalogRow): number =>
    ((voteAverage ?? mean) * voteCount + PRIOR_VOTES * mean) / (voteCount + PRIOR_VOTES);
  let weights = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXx = 0;
  let sumXy = 0;
  movies.forEach((movie, row) => {
    if (counts[row] === 0 || Number.isNaN(averages[row]) || movie.voteCount === 0) return;
    const weight = Math.log1p(counts[row]);
    const x = damped(movie);
    weights += weight;
    sumX += weight * x;
    sumY += weight * averages[row];
    sumXx += weight * x * x;
    sumXy += weight * x * averages[row];
  });
  const variance = weights * sumXx - sumX * sumX;
  if (weights === 0 || variance <= 1e-9 * weights * sumXx) return undefined;
  const slope = (weights * sumXy - sumX * sumY) / variance;
  const start = (sumY - slope * sumX) / weights;
  return (movie) => Math.min(Math.max(start + slope * damped(movie), 0), 1);
}
