import { seeded } from '../pipeline/data/random.ts';
import type { Catalog } from '../src/catalog/catalog.ts';
import type { Filters } from '../src/catalog/filters.ts';
import type { Mode, Recommender } from '../src/engine/recommender/recommender.ts';

export interface Latency {
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Movies that came back, of 20. */
  meanReturned: number;
}

export interface RequestShape {
  likes: number;
  dislikes?: number;
  /** Likes and dislikes are of so many of the most popular films; of all by default. */
  wellKnown?: number;
  genres: number;
  /** A streaming service to filter by. */
  service: string | undefined;
  mode: Mode;
}

const PAGE = 20;

/** Times whole requests in process: filters, exclusions, profile, scores, top 20, reasons. Seeded; a third as many are run before, unmeasured. */
export function measureRequests(
  catalog: Catalog,
  filters: Filters,
  recommender: Recommender,
  shape: RequestShape,
  requests: number,
): Latency {
  const random = seeded(1);
  const pick = (count: number, below: number): number[] => {
    const chosen = new Set<number>();
    while (chosen.size < Math.min(count, below)) chosen.add(Math.floor(random() * below));
    return [...chosen];
  };
  const { popularity } = recommender;
  const byPopularity = Uint32Array.from(popularity.keys()).sort((a, b) => popularity[b] - popularity[a] || a - b);
  const { columns } = catalog;
  const service = shape.service === undefined ? -1 : columns.services.names.toArray().indexOf(shape.service);
  const times: number[] = [];
  let returned = 0;
  for (let n = -Math.ceil(requests / 3); n < requests; n++) {
    const { likes, dislikes = 0, wellKnown } = shape;
    const rated = pick(likes + dislikes, wellKnown ?? catalog.size).map((n) => (wellKnown === undefined ? n : byPopularity[n]));
    const [liked, disliked] = [rated.slice(0, likes), rated.slice(likes)];
    const genres = pick(shape.genres, columns.genres.names.length);
    const begun = performance.now();
    const candidates = filters.candidates({ genres, genreMatch: 'ANY', services: service < 0 ? [] : [service], languages: [] }, rated);
    const { movies } = recommender.recommend({
      profile: { liked, disliked, genres },
      mode: shape.mode,
      candidates,
      offset: 0,
      limit: PAGE,
    });
    const elapsed = performance.now() - begun;
    if (n < 0) continue;
    times.push(elapsed);
    returned += movies.length;
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  return { p50: at(0.5), p99: at(0.99), meanReturned: returned / requests };
}
