import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRecords } from '../testing/csv-records.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const files = {
  movies: read('ml-sample/movies.csv'),
  links: read('ml-sample/links.csv'),
  tmdb: read('tmdb/tmdb_metadata.csv'),
  providers: read('providers/providers.csv'),
};
const headers = {
  movies: ['movieId', 'title', 'genres'],
  links: ['movieId', 'imdbId', 'tmdbId'],
  tmdb: [
    ...['tmdb_id', 'imdb_id', 'title', 'original_language', 'release_date', 'runtime', 'genres', 'overview', 'tagline'],
    ...['keywords', 'director', 'cast_top', 'certification', 'popularity', 'vote_average', 'vote_count', 'poster_path', 'backdrop_path'],
  ],
  providers: ['movieId', 'service', 'region', 'as_of'],
};
const tables = {
  movies: parseRecords(files.movies),
  links: parseRecords(files.links),
  tmdb: parseRecords(files.tmdb),
  providers: parseRecords(files.providers),
};
const names = ['movies', 'links', 'tmdb', 'providers'] as const;
const movies = objectsOf(tables.movies);
const links = objectsOf(tables.links);
const tmdb = objectsOf(tables.tmdb);
const providers = objectsOf(tables.providers);

const sharedGenres = ['Action', 'Adventure', 'Animation', 'Comedy', 'Crime', 'Documentary', 'Drama', 'Fantasy', 'Horror', 'Mystery'];
const tmdbGenres = [...sharedGenres, 'Family', 'History', 'Music', 'Romance', 'Science Fiction', 'Thriller', 'War', 'Western'];
const movieLensGenres = [...sharedGenres, 'Children', 'Film-Noir', 'Musical', 'Romance', 'Sci-Fi', 'Thriller', 'War', 'Western'];
const certifications = ['', 'G', 'PG', 'PG-13', 'R', 'NC-17', 'NR'];
const services = ['Amazon Prime Video', 'Disney+', 'Hulu', 'Max', 'Netflix', 'Paramount+'];
const firstYear = 1930;
const lastYear = 2026;
const runLength = 6;

describe('the files of the sample catalog', () => {
  it.each(names)('%s has the header of the real file, and as many fields in every row', (name) => {
    expect(tables[name][0]).toEqual(headers[name]);
    expect(tables[name].filter((row) => row.length !== headers[name].length)).toEqual([]);
  });

  it.each(names)('%s is UTF-8 with LF line ends, the last one included', (name) => {
    expect(files[name]).not.toContain('\r');
    expect(files[name]).not.toContain('\uFFFD');
    expect(files[name].startsWith('\uFEFF')).toBe(false);
    expect(files[name].endsWith('\n')).toBe(true);
  });

  it.each(names)('%s has no field with stray whitespace, a control character or an empty list element', (name) => {
    const untidy = tables[name]
      .flat()
      .filter((field) =>
        field
          .split('|')
          .some((element) => element !== element.trim() || /\s{2}|[^\S ]|\p{C}/u.test(element) || (element === '' && field !== '')),
      );
    expect(untidy).toEqual([]);
  });

  it('is ordered by movieId', () => {
    for (const rows of [movies, links, providers]) {
      const ids = rows.map((row) => Number(row.movieId));
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    }
    expect(tmdb.map((movie) => movie.tmdb_id)).toEqual(links.map((link) => link.tmdbId));
  });
});

describe('ids', () => {
  it('are unique', () => {
    for (const ids of [column(movies, 'movieId'), column(links, 'tmdbId'), column(links, 'imdbId')]) expect(repeated(ids)).toEqual([]);
  });

  it('are whole numbers in range, those of IMDb with seven or eight digits', () => {
    const outside = (ids: string[], max: number) => ids.filter((id) => !/^[1-9]\d*$/.test(id) || Number(id) > max);
    expect(outside(column(movies, 'movieId'), 300_000)).toEqual([]);
    expect(outside(column(links, 'tmdbId'), 2_000_000)).toEqual([]);
    expect(column(links, 'imdbId').filter((id) => !/^(\d{7}|[1-9]\d{7})$/.test(id) || Number(id) === 0)).toEqual([]);
  });

  it('are the same movies in movies, links and metadata', () => {
    expect(column(links, 'movieId')).toEqual(column(movies, 'movieId'));
    expect(column(tmdb, 'tmdb_id')).toEqual(column(links, 'tmdbId'));
    expect(column(tmdb, 'imdb_id')).toEqual(column(links, 'imdbId').map((id) => `tt${id}`));
  });
});

describe('facts', () => {
  it('are of at least 600 movies, 15 or more of each decade', () => {
    expect(tmdb.length).toBeGreaterThanOrEqual(600);
    const decades = counts(tmdb.map((movie) => movie.release_date.slice(0, 3)));
    const wanted = Array.from({ length: 10 }, (_, index) => String(193 + index));
    expect(wanted.filter((decade) => (decades.get(decade) ?? 0) < 15)).toEqual([]);
  });

  it('have a year from 1930 on, the same in both files', () => {
    expect(tmdb.filter((movie) => !/^\d{4}$/.test(movie.release_date)).map(title)).toEqual([]);
    expect(tmdb.filter((movie) => Number(movie.release_date) < firstYear || Number(movie.release_date) > lastYear).map(title)).toEqual([]);
    expect(movies.map((movie) => /\((\d{4})\)$/.exec(movie.title)?.[1])).toEqual(column(tmdb, 'release_date'));
  });

  it('have the same title in both files, in MovieLens with the article at the end', () => {
    const different = movies.filter((movie, index) => !movie.title.startsWith(withArticleLast(tmdb[index].title)));
    expect(different.map(title)).toEqual([]);
    expect(repeated(column(movies, 'title'))).toEqual([]);
    expect(movies.filter((movie) => /^(The|An?) /.test(movie.title)).map(title)).toEqual([]);
  });

  it('have a runtime of 40 to 300 minutes', () => {
    expect(
      tmdb.filter((movie) => !/^\d+$/.test(movie.runtime) || Number(movie.runtime) < 40 || Number(movie.runtime) > 300).map(title),
    ).toEqual([]);
  });

  it('have at least 15 original languages, each a code of two letters', () => {
    const languages = column(tmdb, 'original_language');
    expect(languages.filter((language) => !/^[a-z]{2}$/.test(language))).toEqual([]);
    expect(new Set(languages).size).toBeGreaterThanOrEqual(15);
  });

  it('have genres as MovieLens and TMDb spell them, none twice', () => {
    for (const [rows, known] of [
      [movies, movieLensGenres],
      [tmdb, tmdbGenres],
    ] as const) {
      expect(rows.filter((movie) => listOf(movie.genres).some((genre) => !known.includes(genre))).map(title)).toEqual([]);
      expect(rows.filter((movie) => listOf(movie.genres).length === 0 || repeated(listOf(movie.genres)).length > 0).map(title)).toEqual([]);
    }
  });

  it('have at least 12 movies of every genre', () => {
    for (const [rows, known] of [
      [movies, movieLensGenres],
      [tmdb, tmdbGenres],
    ] as const) {
      const found = counts(rows.flatMap((movie) => listOf(movie.genres)));
      expect(known.filter((genre) => (found.get(genre) ?? 0) < 12)).toEqual([]);
    }
  });

  it('name a director and a cast, nobody twice', () => {
    for (const field of ['director', 'cast_top'])
      expect(tmdb.filter((movie) => movie[field] === '' || repeated(listOf(movie[field])).length > 0).map(title)).toEqual([]);
  });

  it('have a known certification or none', () => {
    expect(tmdb.filter((movie) => !certifications.includes(movie.certification)).map(title)).toEqual([]);
  });

  it('say when a service listed a movie, as an ISO 8601 interval', () => {
    const ids = new Set(column(movies, 'movieId'));
    expect(providers.filter((listing) => !ids.has(listing.movieId))).toEqual([]);
    expect(providers.filter((listing) => !services.includes(listing.service) || listing.region !== 'US')).toEqual([]);
    expect(providers.filter((listing) => !isInterval(listing.as_of))).toEqual([]);
    expect(repeated(providers.map((listing) => `${listing.movieId} ${listing.service}`))).toEqual([]);
    expect(services.filter((service) => !providers.some((listing) => listing.service === service))).toEqual([]);
  });
});

describe('words of our own', () => {
  it('have overviews of 25 to 45 words, in sentences', () => {
    const lengths = tmdb.map((movie) => movie.overview.split(' ').length);
    expect(tmdb.filter((_, index) => lengths[index] < 25 || lengths[index] > 45).map(title)).toEqual([]);
    expect(tmdb.filter((movie) => !/^[\p{Lu}\d'].*[.!?]$/u.test(movie.overview)).map(title)).toEqual([]);
  });

  it('have no overview twice, and none that shares six words in a row with another', () => {
    expect(repeated(column(tmdb, 'overview'))).toEqual([]);
    const firstMovieOf = new Map<string, string>();
    const shared: string[] = [];
    for (const movie of tmdb) {
      for (const run of runsOf(movie.overview)) {
        const first = firstMovieOf.get(run);
        if (first === undefined) firstMovieOf.set(run, movie.title);
        else if (first !== movie.title) shared.push(`${first}, ${movie.title}: ${run}`);
      }
    }
    expect(shared).toEqual([]);
  });

  it('have 5 to 10 keywords a movie, in lower case, none twice', () => {
    expect(tmdb.filter((movie) => listOf(movie.keywords).length < 5 || listOf(movie.keywords).length > 10).map(title)).toEqual([]);
    expect(tmdb.flatMap((movie) => listOf(movie.keywords)).filter((keyword) => !/^[a-z0-9][a-z0-9 .'-]*$/.test(keyword))).toEqual([]);
    expect(tmdb.filter((movie) => repeated(listOf(movie.keywords)).length > 0).map(title)).toEqual([]);
  });

  it('have keywords of which nine in ten uses are shared by three movies or more', () => {
    const uses = counts(tmdb.flatMap((movie) => listOf(movie.keywords)));
    const total = sum([...uses.values()]);
    expect(sum([...uses.values()].filter((count) => count >= 3)) / total).toBeGreaterThan(0.9);
  });

  it('have an estimate of popularity from 1 to 1,024', () => {
    expect(
      tmdb
        .filter((movie) => !(/^\d+\.\d$/.test(movie.popularity) && Number(movie.popularity) >= 1 && Number(movie.popularity) <= 1024))
        .map(title),
    ).toEqual([]);
  });

  it('have nothing of TMDb that is neither fact nor ours', () => {
    for (const field of ['tagline', 'vote_average', 'vote_count', 'poster_path', 'backdrop_path'])
      expect(tmdb.filter((movie) => movie[field] !== '').map(title)).toEqual([]);
  });
});

type Row = Readonly<Record<string, string>>;

function objectsOf([header, ...rows]: string[][]): Row[] {
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index]])));
}

function column(rows: readonly Row[], name: string): string[] {
  return rows.map((row) => row[name]);
}

function title(row: Row): string {
  return row.title;
}

function listOf(field: string): string[] {
  return field === '' ? [] : field.split('|');
}

function counts(values: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
}

function repeated(values: readonly string[]): string[] {
  return [...counts(values)].filter(([, count]) => count > 1).map(([value]) => value);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** "The Matrix" -> "Matrix, The"; a foreign article may go or stay, so what follows it is enough. */
function withArticleLast(name: string): string {
  const [, article, rest] = /^(The|An?|La|Il|El|Das) (.+)$/.exec(name) ?? [];
  return article === undefined ? `${name} (` : `${rest}, ${article} (`;
}

/** Every run of six words of a text, case, accents and punctuation folded. */
function runsOf(text: string): Set<string> {
  const words =
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(/['\p{M}]/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.slice(runLength - 1).map((_, index) => words.slice(index, index + runLength).join(' ')));
}

/** "2021/2023-03": years or months, the first not after the second. */
function isInterval(text: string): boolean {
  const [, from, to] = /^(\d{4}(?:-(?:0[1-9]|1[0-2]))?)\/(\d{4}(?:-(?:0[1-9]|1[0-2]))?)$/.exec(text) ?? [];
  return from !== undefined && to !== undefined && from <= to;
}
