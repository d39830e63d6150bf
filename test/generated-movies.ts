import { seeded } from '../pipeline/data/random.ts';
import type { CatalogRow } from '../src/engine/features/catalog-row.ts';

const GENRES = ['Action', 'Comedy', 'Drama', 'Horror', 'Romance', 'Sci-Fi', 'Western'];
const SERVICES = ['Hulu', 'Max', 'Netflix'];
const WORDS =
  'robot love war ship island detective ghost winter train piano desert spy dragon family heist moon river school chef boxer'.split(' ');
const PEOPLE = ['Ada Berg', 'Bo Chen', 'Cyd Diaz', 'Dan Eco', 'Eva Falk', 'Finn Gray', 'Gus Hahn', 'Ida Jonas'];
const LANGUAGES = ['en', 'en', 'en', 'fr', 'ja', ''];

/** Generated movies with missing values as real data has them. Ids ascend with gaps; the same seed gives the same movies. */
export function generatedMovies(count: number, seed = 1): CatalogRow[] {
  const random = seeded(seed);
  const sample = (from: readonly string[], max: number): string[] => {
    const chosen = new Set<string>();
    for (let n = Math.floor(random() * (max + 1)); n > 0; n--) chosen.add(from[Math.floor(random() * from.length)]);
    return [...chosen];
  };
  let movieId = 0;
  return Array.from({ length: count }, (_, i) => {
    movieId += 1 + Math.floor(random() * 5);
    const ratingCount = random() < 0.1 ? 0 : Math.floor(10 ** (random() * 4));
    const runtimeMissing = random() < 0.2;
    return {
      movieId,
      imdbId: 100000 + movieId,
      tmdbId: random() < 0.9 ? movieId * 3 : null,
      title: `The ${sample(WORDS, 3).join(' ') || 'Film'} ${i}`,
      alternativeTitles: [],
      collection: '',
      year: random() < 0.05 ? null : 1930 + Math.floor(random() * 95),
      runtime: runtimeMissing ? 100 : 60 + Math.floor(random() * 120),
      runtimeMissing,
      overview: random() < 0.15 ? '' : sample(WORDS, 12).join(' '),
      genres: sample(GENRES, 3),
      keywords: sample(WORDS, 4),
      directors: sample(PEOPLE, 2),
      cast: sample(PEOPLE, 4),
      originalLanguage: LANGUAGES[Math.floor(random() * LANGUAGES.length)],
      certification: '',
      originalTitle: '',
      status: '',
      countries: [],
      companies: [],
      spokenLanguages: [],
      trailerKey: '',
      people: [],
      offers: [],
      services: sample(SERVICES, 2),
      posterPath: '',
      ratingAverage: ratingCount === 0 ? null : 0.5 + Math.floor(random() * 46) / 10,
      ratingCount,
      popularity: null,
      voteAverage: null,
      voteCount: 0,
    };
  });
}
