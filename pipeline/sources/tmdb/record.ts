import { z } from 'zod';
import type { Regions } from '../../cli/region.ts';
import { UnusableAnswer } from './client.ts';
import { type Offer, offersOf, watchProviders } from './offers.ts';
import { peopleOf } from './people.ts';
import { trailerKey } from './trailer.ts';

/** The columns of tmdb_metadata.csv. */
export const METADATA_COLUMNS = [
  'tmdb_id',
  'imdb_id',
  'title',
  'original_language',
  'release_date',
  'runtime',
  'genres',
  'overview',
  'tagline',
  'keywords',
  'director',
  'cast_top',
  'certification',
  'popularity',
  'vote_average',
  'vote_count',
  'poster_path',
  'backdrop_path',
  'original_title',
  'alternative_titles',
  'collection',
  'status',
  'adult',
  'production_countries',
  'production_companies',
  'spoken_languages',
  'trailer_key',
  'people',
] as const;

export interface TmdbRecord {
  /** In the order of `METADATA_COLUMNS`. */
  readonly fields: readonly string[];
  readonly offers: readonly Offer[];
}

const text = z.string().nullish();
const number = z.number().nullish();
const named = z.array(z.object({ name: z.string() })).nullish();

const movie = z.object({
  id: z.number(),
  imdb_id: text,
  title: text,
  original_language: text,
  release_date: text,
  runtime: number,
  genres: named,
  overview: text,
  tagline: text,
  popularity: number,
  vote_average: number,
  vote_count: number,
  poster_path: text,
  backdrop_path: text,
  original_title: text,
  alternative_titles: z.object({ titles: z.array(z.object({ title: z.string() })).nullish() }).nullish(),
  belongs_to_collection: z.object({ name: z.string() }).nullish(),
  keywords: z.object({ keywords: named }).nullish(),
  credits: z
    .object({
      cast: z.array(z.object({ id: number, name: z.string(), order: number })).nullish(),
      crew: z.array(z.object({ id: number, name: z.string(), job: text })).nullish(),
    })
    .nullish(),
  release_dates: z
    .object({
      results: z.array(z.object({ iso_3166_1: z.string(), release_dates: z.array(z.object({ certification: text, type: number })) })),
    })
    .nullish(),
  status: text,
  adult: z.boolean().nullish(),
  production_countries: z.array(z.object({ iso_3166_1: z.string() })).nullish(),
  production_companies: named,
  spoken_languages: z.array(z.object({ iso_639_1: z.string() })).nullish(),
  videos: z
    .object({
      results: z
        .array(z.object({ key: z.string(), site: z.string(), type: z.string(), official: z.boolean().nullish(), published_at: text }))
        .nullish(),
    })
    .nullish(),
  'watch/providers': watchProviders,
});

const MAX_CAST = 5;
/** TMDb's release type for cinemas. Other releases may have another certification, such as a director's cut on disc. */
const THEATRICAL = 3;

/**
 * Extracts the columns of the catalog from TMDb's response, with the certification of `region`. Throws UnusableAnswer when the response is
 * not a movie.
 */
export function toRecord(id: number, body: unknown, region: string, regions: Regions): TmdbRecord {
  const parsed = movie.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UnusableAnswer(`unexpected response, ${issue?.path.join('.') || 'top'}: ${issue?.message}`);
  }
  const { data } = parsed;
  if (data.id !== id) throw new UnusableAnswer(`the response is about movie ${data.id}`);
  const cast = [...(data.credits?.cast ?? [])].sort((a, b) => (a.order ?? Number.MAX_VALUE) - (b.order ?? Number.MAX_VALUE));
  const directors = (data.credits?.crew ?? []).filter(({ job }) => job === 'Director');
  const values: Record<(typeof METADATA_COLUMNS)[number], string | number | null | undefined> = {
    tmdb_id: data.id,
    imdb_id: data.imdb_id,
    title: data.title,
    original_language: data.original_language,
    release_date: data.release_date,
    runtime: data.runtime,
    genres: list(data.genres),
    overview: data.overview,
    tagline: data.tagline,
    keywords: list(data.keywords?.keywords),
    director: list(directors),
    cast_top: list(cast.slice(0, MAX_CAST)),
    certification: certificationOf(data, region),
    popularity: data.popularity,
    vote_average: data.vote_average,
    vote_count: data.vote_count,
    poster_path: data.poster_path,
    backdrop_path: data.backdrop_path,
    original_title: data.original_title,
    alternative_titles: list(data.alternative_titles?.titles?.map(({ title }) => ({ name: title }))),
    collection: data.belongs_to_collection?.name,
    status: data.status,
    adult: data.adult ? 1 : 0,
    production_countries: list(data.production_countries?.map(({ iso_3166_1 }) => ({ name: iso_3166_1 }))),
    production_companies: list(data.production_companies),
    spoken_languages: list(data.spoken_languages?.map(({ iso_639_1 }) => ({ name: iso_639_1 }))),
    trailer_key: trailerKey(data.videos?.results),
    people: peopleOf(cast, data.credits?.crew ?? []).join('|'),
  };
  return { fields: METADATA_COLUMNS.map((name) => String(values[name] ?? '')), offers: offersOf(data['watch/providers'], regions) };
}

function certificationOf(data: z.infer<typeof movie>, region: string): string {
  const releases = data.release_dates?.results.find(({ iso_3166_1 }) => iso_3166_1 === region)?.release_dates ?? [];
  const certified = releases.filter(({ certification }) => certification);
  return (certified.find(({ type }) => type === THEATRICAL) ?? certified[0])?.certification ?? '';
}

function list(items: readonly { readonly name: string }[] | null | undefined): string {
  return (items ?? []).map(({ name }) => name.replaceAll('|', '/').trim()).join('|');
}
