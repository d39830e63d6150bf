import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { seeded } from '../pipeline/data/random.ts';

/** Shares of the real catalogue of 75,700 movies (MovieLens 32M with TMDb), rounded. */
const SHARE = { overview: 0.65, runtime: 0.73, service: 0.17, ratings: 0.95, people: 0.2, keywords: 0.08, language: 0.5, poster: 0.52 };
const GENRES: readonly (readonly [name: string, share: number])[] = [
  ['Drama', 0.44],
  ['Comedy', 0.29],
  ['Thriller', 0.16],
  ['Romance', 0.13],
  ['Action', 0.13],
  ['Documentary', 0.12],
  ['Horror', 0.12],
  ['Crime', 0.09],
  ['Adventure', 0.07],
  ['Sci-Fi', 0.07],
  ['Family', 0.06],
  ['Mystery', 0.05],
  ['Animation', 0.05],
  ['Fantasy', 0.05],
  ['History', 0.03],
  ['Music', 0.03],
  ['War', 0.02],
  ['Western', 0.01],
  ['Film-Noir', 0.003],
];
const SERVICES: readonly (readonly [name: string, share: number])[] = [
  ['Netflix', 0.35],
  ['Amazon Prime Video', 0.25],
  ['Max', 0.14],
  ['Paramount+', 0.1],
  ['Hulu', 0.09],
  ['Disney+', 0.07],
];
const LANGUAGES = ['en', 'en', 'en', 'en', 'en', 'en', 'fr', 'ja', 'es', 'ko', 'de', 'hi', 'it', 'zh', 'ru', 'sv'];
const VOCABULARY = 60_000;
const WORDS_AN_OVERVIEW = 52;

/**
 * Writes a merged catalogue of `movies` rows that has the real one's shape: gaps, genre and service shares, and word, name and rating counts
 * spread like a power law (rank ∝ exp of a uniform number, which is Zipf's law with exponent 1). The same seed writes the same bytes.
 */
export async function writeGeneratedCatalog(path: string, movies: number, seed: number): Promise<void> {
  const random = seeded(seed);
  const zipf = (count: number): number => Math.min(count - 1, Math.floor(count ** random()) - 1);
  const words = Array.from({ length: VOCABULARY }, (_, n) => wordOf(n));
  const out = createWriteStream(path);
  out.write(
    'movieId,imdbId,tmdbId,title,alternativeTitles,year,runtime,runtimeMissing,overview,genres,keywords,directors,cast,originalLanguage,certification,services,posterPath,ratingAverage,ratingCount,popularity,voteAverage,voteCount\n',
  );
  const people = Math.max(1000, Math.floor(movies / 3));
  for (let movieId = 1; movieId <= movies; movieId++) {
    const has = (share: number): boolean => random() < share;
    const some = (count: number, make: () => string): string => [...new Set(Array.from({ length: count }, make))].join('|');
    const known = has(SHARE.people);
    const genres = GENRES.filter(([, share]) => has(share)).map(([name]) => name);
    const services = has(SHARE.service) ? SERVICES.filter(([, share]) => has(share)).map(([name]) => name) : [];
    const rated = has(SHARE.ratings);
    const fields = [
      movieId,
      movieId,
      movieId,
      Array.from({ length: 1 + zipf(6) }, () => words[zipf(VOCABULARY)]).join(' '),
      '',
      1950 + Math.floor(75 * random() ** 0.5),
      ...(has(SHARE.runtime) ? [60 + Math.floor(random() * 90), 0] : [100, 1]),
      has(SHARE.overview)
        ? Array.from({ length: Math.floor(WORDS_AN_OVERVIEW * (0.5 + random())) }, () => words[zipf(VOCABULARY)]).join(' ')
        : '',
      (genres.length > 0 ? genres : ['Drama']).join('|'),
      has(SHARE.keywords) ? some(9, () => words[zipf(12_000)]) : '',
      known ? `Director ${zipf(people)}` : '',
      known ? some(5, () => `Actor ${zipf(people)}`) : '',
      has(SHARE.language) ? LANGUAGES[Math.floor(random() * LANGUAGES.length)] : '',
      '',
      services.join('|'),
      has(SHARE.poster) ? `/${Math.floor(random() * 1e15).toString(36)}${Math.floor(random() * 1e15).toString(36)}.jpg` : '',
      ...(rated ? [(1 + 3.5 * random()).toFixed(2), Math.floor(80_000 ** random())] : ['', 0]),
      '',
      '',
      0,
    ];
    if (!out.write(`${fields.join(',')}\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

/** Pronounceable, distinct, of ordinary length, and no stop word: three syllables from the digits of n. */
function wordOf(n: number): string {
  const syllables = [
    'ba',
    'ke',
    'li',
    'mo',
    'nu',
    'ra',
    'se',
    'ti',
    'vo',
    'zu',
    'da',
    'fe',
    'gi',
    'jo',
    'pu',
    'wa',
    'che',
    'shi',
    'tro',
    'blu',
    'cra',
    'dre',
    'fli',
    'glo',
    'pru',
    'sta',
    'ste',
    'sti',
    'sto',
    'stu',
    'qua',
    'que',
    'gra',
    'gre',
    'gri',
    'gro',
    'spa',
    'spe',
    'spi',
    'spo',
  ];
  const base = syllables.length;
  return syllables[Math.floor(n / base / base) % base] + syllables[Math.floor(n / base) % base] + syllables[n % base];
}
