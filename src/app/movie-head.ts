import { CatalogMovie } from '../catalog/movie-facts.ts';
import { type PosterAddresses, posterUrl } from '../catalog/poster-url.ts';
import type { PageHead } from '../http/page-head.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';

const MAX_DESCRIPTION = 200;
const POSTER_WIDTH = 500;

export interface MovieHeads {
  snapshot(): Snapshot;
  posters: PosterAddresses;
  /** Scheme and host of the web app, when the settings say them. */
  publicUrl: string | undefined;
}

/** The head of a movie's page. Undefined when the catalog has no such id. */
export function movieHead({ snapshot, posters, publicUrl }: MovieHeads, id: string): PageHead | undefined {
  const { catalog } = snapshot();
  const index = catalog.indexOf(id);
  if (index === undefined) return undefined;
  const movie = new CatalogMovie(catalog, index);
  const { title, year, runtime, overview, genres, directors, cast, services } = movie;
  const facts = [
    ...(year === null ? [] : [String(year)]),
    ...(runtime === null ? [] : [`${runtime} min`]),
    ...(genres.length === 0 ? [] : [genres.map(({ name }) => name).join(', ')]),
  ].join(' · ');
  const text = [
    facts,
    overview ?? '',
    directors.length === 0 ? '' : `Directed by ${directors.join(', ')}.`,
    cast.length === 0 ? '' : `With ${cast.join(', ')}.`,
    services.length === 0 ? '' : `On ${services.map(({ name }) => name).join(', ')}. Data by JustWatch.`,
  ].filter((line) => line !== '');
  const picture = posterUrl(movie.posterPath, POSTER_WIDTH, posters);
  return {
    title: year === null ? title : `${title} (${year})`,
    description: shortened(overview ?? facts),
    picture: picture === null ? undefined : withHost(picture, publicUrl),
    canonical: publicUrl === undefined ? undefined : `${publicUrl}/movie/${encodeURIComponent(movie.id)}`,
    type: 'video.movie',
    text,
  };
}

/** Cut after a word. */
function shortened(text: string): string {
  if (text.length <= MAX_DESCRIPTION) return text;
  const cut = text.slice(0, MAX_DESCRIPTION);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), MAX_DESCRIPTION / 2))}…`;
}

function withHost(address: string, publicUrl: string | undefined): string | undefined {
  if (/^https?:/.test(address)) return address;
  return publicUrl === undefined ? undefined : publicUrl + address;
}
