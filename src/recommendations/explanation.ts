import type { Catalog, MovieIndex } from '../catalog/catalog.ts';
import type { Contribution } from '../engine/recommender/contributions.ts';
import type { RankedMovie } from '../engine/recommender/recommender.ts';

/** The second liked movie is named when its share is at least this part of the first one's. */
const WORTH_NAMING = 0.25;
const MAX_GENRES = 3;
const MAX_SERVICES = 2;
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

export type ExplanationKind = 'SIMILAR' | 'POPULAR' | 'LIKED' | 'GENRES' | 'SERVICES' | 'AVERAGE' | 'FILTERS';

/** A movie, genre or service. */
export interface ExplanationSubject {
  id: string;
  name: string;
}

export interface ExplanationPart {
  kind: ExplanationKind;
  subjects: ExplanationSubject[];
}

/** Each kind in English, given the names of its subjects. */
const WORDS: Record<ExplanationKind, (names: string) => string> = {
  SIMILAR: (names) => `similar to ${names}`,
  POPULAR: () => 'popular with everyone',
  LIKED: (names) => `because you liked ${names}`,
  GENRES: (names) => names,
  SERVICES: (names) => `on ${names}`,
  AVERAGE: () => 'close to the middle of the catalogue',
  FILTERS: () => 'passes your filters',
};

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

  /** What there is to say, in the order in which it is said. */
  parts(movie: RankedMovie): ExplanationPart[] {
    const positive = movie.contributions.filter(({ value }) => value > 0);
    const parts =
      this.#reason.similarTo === undefined ? this.#leads(movie.index, positive) : [part('SIMILAR', [this.#movie(this.#reason.similarTo)])];
    const genres = this.#genres(movie.index, positive);
    if (genres.length > 0) parts.push(part('GENRES', genres));
    if (parts.length === 0) parts.push(part(this.#fallback(movie.index, positive)));
    const services = this.#services(movie.index);
    if (services.length > 0) parts.push(part('SERVICES', services));
    return parts;
  }

  /** "Because you liked Alien and Blade Runner · Sci-Fi · on Netflix" */
  sentence(movie: RankedMovie): string {
    return capitalized(
      this.parts(movie)
        .map(({ kind, subjects }) => WORDS[kind](listed(subjects.map(({ name }) => name))))
        .join(' · '),
    );
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

  #leads(index: MovieIndex, positive: readonly Contribution[]): ExplanationPart[] {
    const leads: ExplanationPart[] = [];
    if (isMostlyPopularity(positive) && this.#isPopular(index)) leads.push(part('POPULAR'));
    const [first, second] = positive.filter(({ kind }) => kind === 'LIKED_MOVIE');
    if (first === undefined) return leads;
    const named = second !== undefined && second.value >= first.value * WORTH_NAMING ? [first, second] : [first];
    leads.push(
      part(
        'LIKED',
        named.map(({ subject }) => this.#movie(subject)),
      ),
    );
    return leads;
  }

  /** The viewer's genres that the movie has, largest share first; of a similar movie, the genres both have. */
  #genres(index: MovieIndex, positive: readonly Contribution[]): ExplanationSubject[] {
    const own = this.#catalog.genresOf(index);
    const { similarTo, preferredGenres } = this.#reason;
    const wanted = similarTo === undefined ? preferredGenres : this.#catalog.genresOf(similarTo).map((genre) => genre.index);
    const shares = new Map(positive.filter(({ kind }) => kind === 'PREFERRED_GENRE').map(({ subject, value }) => [subject, value]));
    return own
      .filter((genre) => wanted.includes(genre.index))
      .sort((a, b) => (shares.get(b.index) ?? 0) - (shares.get(a.index) ?? 0))
      .slice(0, MAX_GENRES);
  }

  #services(index: MovieIndex): ExplanationSubject[] {
    const chosen = this.#catalog.servicesOf(index).filter((service) => this.#reason.services.includes(service.index));
    return chosen.slice(0, MAX_SERVICES);
  }

  #fallback(index: MovieIndex, positive: readonly Contribution[]): ExplanationKind {
    for (const { kind } of positive) {
      if (kind === 'POPULARITY' && this.#isPopular(index)) return 'POPULAR';
      if (kind === 'CATALOG_AVERAGE') return 'AVERAGE';
    }
    return 'FILTERS';
  }

  #movie(index: MovieIndex): ExplanationSubject {
    return { id: this.#catalog.id(index), name: this.#catalog.title(index) };
  }

  #isPopular(index: MovieIndex): boolean {
    return this.#popularity[index] >= POPULAR;
  }
}

function part(kind: ExplanationKind, subjects: ExplanationSubject[] = []): ExplanationPart {
  return { kind, subjects };
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
