import { Extensions, Field, Float, Int, ObjectType } from 'type-graphql';
import type { Catalog } from '../../catalog/catalog.ts';
import type { GenreMatch as GenreMatchValue, MovieFilter } from '../../catalog/filters.ts';
import { OFFER_KINDS, type OfferKind, type ReadOfferFilter } from '../../catalog/offers.ts';
import { MAX_LABELS } from '../../list-caps.ts';
import type { Recommendations } from '../../recommendations/recommend.ts';
import { Genre, StreamingService } from '../catalog/catalog.type.ts';
import { OfferKindEnum } from '../movie/movie-offer.type.ts';
import { GenreMatch } from './recommendation.input.ts';

@ObjectType({ simpleResolvers: true, description: 'How movies can be watched. An empty list restricts nothing.' })
export class AppliedWatch {
  @Field(() => String, { description: 'ISO 3166-1.' })
  region!: string;

  @Field(() => [OfferKindEnum])
  @Extensions({ listLength: OFFER_KINDS.length })
  kinds!: OfferKind[];

  @Field(() => [String], { description: 'As TMDb names them.' })
  @Extensions({ listLength: MAX_LABELS })
  services!: string[];
}

@ObjectType({
  simpleResolvers: true,
  description:
    "The filters that the list applied: those of the request, and the viewer's stored preferences where the request leaves a field out.\nAn empty list, or a bound that is null, restricts nothing.",
})
export class AppliedFilters {
  readonly #catalog: Catalog;
  readonly #filter: MovieFilter;
  readonly #familiar: number;
  readonly #watch: ReadOfferFilter | undefined;

  constructor(catalog: Catalog, { filter, watch, familiar }: Pick<Recommendations, 'filter' | 'watch' | 'familiar'>) {
    this.#catalog = catalog;
    this.#filter = filter;
    this.#familiar = familiar;
    this.#watch = watch;
  }

  @Field(() => [Genre], { description: 'The preferred genres; `genreMatch` says whether they filter.' })
  @Extensions({ listLength: MAX_LABELS })
  get genres(): Genre[] {
    return this.#filter.genres.map((row) => this.#catalog.genres.at(row));
  }

  @Field(() => GenreMatch, { description: 'ANY also when there are no preferred genres.' })
  get genreMatch(): GenreMatchValue {
    return this.#filter.genreMatch;
  }

  @Field(() => [StreamingService], { description: 'Movies are on at least one of these services.' })
  @Extensions({ listLength: MAX_LABELS })
  get services(): StreamingService[] {
    return this.#filter.services.map((row) => this.#catalog.services.at(row));
  }

  @Field(() => [String], { description: 'ISO 639-1 codes: the original language of each movie is one of these.' })
  @Extensions({ listLength: MAX_LABELS })
  get languages(): string[] {
    return this.#filter.languages.map((row) => this.#catalog.languages.at(row).name);
  }

  @Field(() => Int, { nullable: true, description: 'Release year, inclusive.' })
  get yearMin(): number | null {
    return this.#filter.yearMin ?? null;
  }

  @Field(() => Int, { nullable: true, description: 'Release year, inclusive.' })
  get yearMax(): number | null {
    return this.#filter.yearMax ?? null;
  }

  @Field(() => Int, { nullable: true, description: 'Minutes, inclusive.' })
  get runtimeMin(): number | null {
    return this.#filter.runtimeMin ?? null;
  }

  @Field(() => Int, { nullable: true, description: 'Minutes, inclusive.' })
  get runtimeMax(): number | null {
    return this.#filter.runtimeMax ?? null;
  }

  @Field(() => AppliedWatch, { nullable: true, description: 'How the movies can be watched today. Null restricts nothing.' })
  get watch(): AppliedWatch | null {
    return this.#watch ?? null;
  }

  @Field(() => Float, { description: 'From 0 for hidden gems to 1 for well-known movies. It filters nothing.' })
  get familiar(): number {
    return this.#familiar;
  }
}
