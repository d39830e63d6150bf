import type { Catalog, MovieIndex } from '../../catalog/catalog.ts';
import type { Contribution } from '../../recommender/reasons.ts';
import type { RankedMovie } from '../../recommender/recommender.ts';

/** The second liked movie is named when its share is at least this part of the first one's. */
const WORTH_NAMING = 0.25;
const MOST_GENRES = 3;
const MOST_SERVICES = 2;
/** Popularity runs from 0 to 1; below this a movie is not called popular, however little else speaks for it. */
const POPULAR = 0.5;

export interface RankingReason {
  /** Genre rows the viewer prefers. */
  preferredGenres: readonly number[];
  /** Service rows the viewer filters by. */
  services: readonly number[];
  /** Set when the list is the movies like this one. */
  similarTo?: MovieIndex;
}

/** Puts the parts of a score into words. It says only what is true of the movie and of its score. */
export class Explanation {
  readonly #catalog: Catalog;
  readonly #popularity: Float32Array;
  readonly #reason: RankingReason;

  constructor(catalog: Catalog, popularity: Float32Array, reason: RankingReason) {
    this.#catalog = catalog;
    this.#popularity = popularity;
    this.#reason = reason;
  }

  /** "Because you liked Alien and Blade Runner · Sci-Fi · on Netflix" */
  sentence(movie: RankedMovie): string {
    const positive = movie.contributions.filter(({ value }) => value > 0);
    const leads =
      this.#reason.similarTo === undefined
        ? this.#leads(movie.index, positive)
        : [`similar to ${this.#catalog.title(this.#reason.similarTo)}`];
    const genres = this.#genres(movie.index, positive);
    const parts = [...leads, ...(genres === '' ? [] : [genres])];
    if (parts.length === 0) parts.push(this.#fallback(movie.index, positive));
    const services = this.#services(movie.index);
    if (services !== '') parts.push(`on ${services}`);
    return capitalized(parts.join(' · '));
  }

  /** A reason's own words, e.g. "Because you liked Alien". */
  label({ kind, subject }: Contribution): string {
    switch (kind) {
      case 'LIKED_MOVIE':
        return `${this.#reason.similarTo === undefined ? 'Because you liked' : 'Similar to'} ${this.#catalog.title(subject)}`;
      case 'DISLIKED_MOVIE':
        return `Because you disliked ${this.#catalog.title(subject)}`;
      case 'PREFERRED_GENRE':
        return this.#catalog.genres.at(subject).name;
      case 'POPULARITY':
        return 'Popularity';
      case 'CATALOG_AVERAGE':
        return 'Catalogue average';
    }
  }

  #leads(index: MovieIndex, positive: readonly Contribution[]): string[] {
    const leads: string[] = [];
    if (isMostlyPopularity(positive) && this.#isPopular(index)) leads.push('popular with everyone');
    const [first, second] = positive.filter(({ kind }) => kind === 'LIKED_MOVIE');
    if (first === undefined) return leads;
    const named = second !== undefined && second.value >= first.value * WORTH_NAMING ? [first, second] : [first];
    leads.push(`because you liked ${named.map(({ subject }) => this.#catalog.title(subject)).join(' and ')}`);
    return leads;
  }

  /** The viewer's genres that the movie has, largest share first; of a similar movie, the genres both have. */
  #genres(index: MovieIndex, positive: readonly Contribution[]): string {
    const own = this.#catalog.genresOf(index);
    const { similarTo, preferredGenres } = this.#reason;
    const wanted = similarTo === undefined ? preferredGenres : this.#catalog.genresOf(similarTo).map((genre) => genre.index);
    const shares = new Map(positive.filter(({ kind }) => kind === 'PREFERRED_GENRE').map(({ subject, value }) => [subject, value]));
    return listed(
      own
        .filter((genre) => wanted.includes(genre.index))
        .sort((a, b) => (shares.get(b.index) ?? 0) - (shares.get(a.index) ?? 0))
        .slice(0, MOST_GENRES)
        .map((genre) => genre.name),
    );
  }

  #services(index: MovieIndex): string {
    const chosen = this.#catalog.servicesOf(index).filter((service) => this.#reason.services.includes(service.index));
    return listed(chosen.slice(0, MOST_SERVICES).map((service) => service.name));
  }

  #fallback(index: MovieIndex, positive: readonly Contribution[]): string {
    for (const { kind } of positive) {
      if (kind === 'POPULARITY' && this.#isPopular(index)) return 'popular with everyone';
      if (kind === 'CATALOG_AVERAGE') return 'close to the middle of the catalogue';
    }
    return 'passes your filters';
  }

  #isPopular(index: MovieIndex): boolean {
    return this.#popularity[index] >= POPULAR;
  }
}

/** Whether popularity outweighs all that speaks of the viewer. */
function isMostlyPopularity(positive: readonly Contribution[]): boolean {
  let balance = 0;
  for (const { kind, value } of positive) balance += kind === 'POPULARITY' ? value : -value;
  return balance > 0;
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
