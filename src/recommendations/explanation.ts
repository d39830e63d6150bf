import type { Catalog } from '../catalog/catalog.ts';
import type { MovieIndex } from '../catalog/movie-id.ts';
import type { Contribution, ContributionKind } from '../engine/recommender/contributions.ts';
import type { RankedMovie } from '../engine/recommender/recommender.ts';
import { sharedFacts } from './shared-facts.ts';

/** The second liked movie is named when its contribution is at least this part of the first one's. */
const MIN_SECOND_LIKE = 0.25;
const MAX_GENRES = 3;
const MAX_SERVICES = 2;
/** A pin, popularity, liked movies, genres and services; or a similar movie with its collection, people, keywords and genres. */
export const MAX_PARTS = 5;
export const MAX_SUBJECTS = 3;
/** Popularity is from 0 to 1. A movie below this is never called popular. */
const MIN_POPULAR = 0.5;

/** What an explanation needs to know of the query. */
export interface RankingReason {
  /** Rows of the preferred genres. */
  preferredGenres: readonly number[];
  /** Rows of the services that filter the list. */
  services: readonly number[];
  /** Set when the list holds the movies similar to this one. */
  similarTo?: MovieIndex;
  /** Rows that a rule of the operator puts first in the list. */
  pinned?: readonly number[];
}

const MOVIE_KINDS: readonly ContributionKind[] = ['LIKED_MOVIE', 'DISLIKED_MOVIE', 'RATED_MOVIE'];

export type ExplanationKind =
  | 'PINNED'
  | 'SIMILAR'
  | 'COLLECTION'
  | 'PEOPLE'
  | 'KEYWORDS'
  | 'POPULAR'
  | 'LIKED'
  | 'GENRES'
  | 'SERVICES'
  | 'AVERAGE'
  | 'FILTERS';

/** What a part names. The id of a collection, a person or a keyword is its name. */
export interface ExplanationSubject {
  id: string;
  name: string;
}

export interface ExplanationPart {
  kind: ExplanationKind;
  subjects: ExplanationSubject[];
}

/** Each kind in English, from the names of its subjects. */
const WORDS: Record<ExplanationKind, (names: string) => string> = {
  PINNED: () => 'pinned by the operator',
  SIMILAR: (names) => `similar to ${names}`,
  COLLECTION: (names) => names,
  PEOPLE: (names) => `also with ${names}`,
  KEYWORDS: (names) => `also about ${names}`,
  POPULAR: () => 'popular with everyone',
  LIKED: (names) => `because you liked ${names}`,
  GENRES: (names) => names,
  SERVICES: (names) => `on ${names}`,
  AVERAGE: () => 'close to the middle of the catalogue',
  FILTERS: () => 'passes your filters',
};

/** Explains the movies of one ranking from the contributions to their scores. */
export class Explanation {
  readonly #catalog: Catalog;
  readonly #popularity: Float32Array;
  readonly #reason: RankingReason;

  constructor(catalog: Catalog, popularity: Float32Array, reason: RankingReason) {
    this.#catalog = catalog;
    this.#popularity = popularity;
    this.#reason = reason;
  }

  movieIndex({ index }: { index: number }): MovieIndex {
    return this.#catalog.indexAt(index);
  }

  /** Whether a rule of the operator puts the movie first. */
  isPinned({ index }: { index: number }): boolean {
    return this.#reason.pinned?.includes(index) === true;
  }

  /** The liked, disliked or rated movie of a contribution; null for the other kinds. */
  movieBehind({ kind, subject }: Contribution): MovieIndex | null {
    return MOVIE_KINDS.includes(kind) ? this.#catalog.indexAt(subject) : null;
  }

  /** The parts of the sentence, in order. */
  parts(movie: RankedMovie): ExplanationPart[] {
    const index = this.movieIndex(movie);
    const positive = movie.contributions.filter(({ value }) => value > 0);
    const { similarTo } = this.#reason;
    const parts = similarTo === undefined ? this.#leads(index, positive) : this.#shared(similarTo, index);
    const genres = this.#genres(index, positive);
    if (genres.length > 0) parts.push(part('GENRES', genres));
    if (parts.length === 0) parts.push(part(this.#fallback(index, positive)));
    const services = this.#services(index);
    if (services.length > 0) parts.push(part('SERVICES', services));
    return this.isPinned(movie) ? [part('PINNED'), ...parts] : parts;
  }

  /** "Because you liked Alien and Blade Runner · Sci-Fi · on Netflix" */
  sentence(movie: RankedMovie): string {
    return capitalized(
      this.parts(movie)
        .map(({ kind, subjects }) => WORDS[kind](listed(subjects.map(({ name }) => name))))
        .join(' · '),
    );
  }

  /** One contribution in words, for example "Because you liked Alien". */
  label({ kind, subject }: Contribution): string {
    switch (kind) {
      case 'LIKED_MOVIE':
        return `${this.#reason.similarTo === undefined ? 'Because you liked' : 'Similar to'} ${this.#title(subject)}`;
      case 'DISLIKED_MOVIE':
        return `Because you disliked ${this.#title(subject)}`;
      case 'RATED_MOVIE':
        return `Because you rated ${this.#title(subject)}`;
      case 'PREFERRED_GENRE':
        return this.#catalog.genres.at(subject).name;
      case 'POPULARITY':
        return 'Popularity';
      case 'CATALOG_AVERAGE':
        return 'Catalogue average';
      case 'OPERATOR_RULE':
        return 'Operator rule';
    }
  }

  #leads(index: MovieIndex, positive: readonly Contribution[]): ExplanationPart[] {
    const leads: ExplanationPart[] = [];
    if (isMostlyPopularity(positive) && this.#isPopular(index)) leads.push(part('POPULAR'));
    const [first, second] = positive.filter(({ kind }) => kind === 'LIKED_MOVIE');
    if (first === undefined) return leads;
    const named = second !== undefined && second.value >= first.value * MIN_SECOND_LIKE ? [first, second] : [first];
    leads.push(
      part(
        'LIKED',
        named.map(({ subject }) => this.#movie(this.#catalog.indexAt(subject))),
      ),
    );
    return leads;
  }

  /** What a movie has in common with the one that its list is about. Genres come later. */
  #shared(similarTo: MovieIndex, index: MovieIndex): ExplanationPart[] {
    const { collection, people, keywords } = sharedFacts(this.#catalog.columns, similarTo, index);
    const named = (kind: ExplanationKind, names: readonly string[]): ExplanationPart[] =>
      names.length === 0
        ? []
        : [
            part(
              kind,
              names.slice(0, MAX_SUBJECTS).map((name) => ({ id: name, name })),
            ),
          ];
    return [
      part('SIMILAR', [this.#movie(similarTo)]),
      ...named('COLLECTION', collection),
      ...named('PEOPLE', people),
      ...named('KEYWORDS', keywords),
    ];
  }

  /** The preferred genres that the movie has, largest contribution first. In a list of similar movies: the genres that both movies have. */
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

  #title(row: number): string {
    return this.#catalog.title(this.#catalog.indexAt(row));
  }

  #isPopular(index: MovieIndex): boolean {
    return this.#popularity[index] >= MIN_POPULAR;
  }
}

function part(kind: ExplanationKind, subjects: ExplanationSubject[] = []): ExplanationPart {
  return { kind, subjects };
}

/** Whether popularity contributes more than everything else together. */
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
