import { Arg, Ctx, Extensions, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { findMovie } from '../../catalog/find-movie.ts';
import { collectionOf, type ListedCatalog, listMovies, readMovieList } from '../../catalog/list-movies.ts';
import type { MovieSort } from '../../catalog/movie-sort.ts';
import { watchPage } from '../../catalog/offers.ts';
import { posterUrl } from '../../catalog/poster-url.ts';
import { readMovieSearch, searchMovies } from '../../catalog/search-movies.ts';
import { checkedFirst, checkLength, MAX_IDS, MAX_MOVIES_OF_A_COLLECTION, MAX_OFFERS_OF_A_MOVIE, MAX_TAGS } from '../../list-caps.ts';
import { canonicalHash } from '../../recommendations/canonical-hash.ts';
import { similarMovies } from '../../recommendations/similar-movies.ts';
import type { Snapshot } from '../../recommendations/snapshot.ts';
import type { RequestContext } from '../context.ts';
import { OffsetPaging } from '../paging/offset-paging.ts';
import { Recommendation } from '../recommendation/recommendation.type.ts';
import { MovieBy, MovieFilterInput, MovieSortEnum } from './movie.input.ts';
import { Movie } from './movie.type.ts';
import { MovieConnection } from './movie-connection.type.ts';
import { MovieOffer } from './movie-offer.type.ts';

const SEARCH_COST = 20;
const COST_OF_A_WORD = 35;
const LIST_COST = 50;
const COST_OF_A_TAG = 6;
const COLLECTION_COST = 30;
/** A search looks for no more words. */
const MAX_WORDS = 12;

/** A search looks each word up, with its beginnings and typing errors. */
function searchCost({ query, filter }: Record<string, unknown>): number {
  const words = typeof query === 'string' ? query.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '').length : 0;
  return SEARCH_COST + COST_OF_A_WORD * Math.min(words, MAX_WORDS) + tagsCost(filter);
}

function listCost({ filter }: Record<string, unknown>): number {
  return LIST_COST + tagsCost(filter);
}

/** People, keywords and collections are looked up in all names of the catalog. */
function tagsCost(filter: unknown): number {
  const { people, keywords, collections } = (filter ?? {}) as MovieFilterInput;
  const tags = [people, keywords, collections].reduce((sum, names) => sum + Math.min(names?.length ?? 0, MAX_TAGS), 0);
  return COST_OF_A_TAG * tags;
}

/** The filter, where `watch` without a region means the one that the viewer stored. */
async function withStoredRegion(context: RequestContext, filter: MovieFilterInput | null | undefined): Promise<MovieFilterInput> {
  const watch = filter?.watch;
  if (watch === null || watch === undefined || (watch.region ?? null) !== null) return filter ?? {};
  return { ...filter, watch: { ...watch, region: await context.storedRegion() } };
}

function listedOf({ catalog, filters, recommender: { popularity } }: Snapshot): ListedCatalog {
  return { catalog, filters, popularity };
}

@Resolver(() => Movie)
export class MovieResolver {
  @Query(() => Movie, { nullable: true, description: 'One movie, or null when the catalog has no such id.' })
  movie(@Arg('id', () => ID) id: string, @Ctx() { snapshot, loaders }: RequestContext): Movie | null {
    const index = snapshot.catalog.indexOf(id);
    return index === undefined ? null : loaders.movie.load(index);
  }

  @Query(() => [Movie], {
    nullable: 'items',
    description: 'The movies with these ids, in the order given; null where there is none. At most 500 ids.',
  })
  @Extensions({ listLength: { argument: 'ids' } })
  movies(@Arg('ids', () => [ID]) ids: string[], @Ctx() context: RequestContext): (Movie | null)[] {
    checkLength('ids', ids, MAX_IDS);
    return ids.map((id) => this.movie(id, context));
  }

  @Query(() => Movie, { nullable: true, description: 'The movie with this id of the API, of TMDb or of IMDb; null when there is none.' })
  movieBy(@Arg('by', () => MovieBy) by: MovieBy, @Ctx() { snapshot, loaders }: RequestContext): Movie | null {
    const index = findMovie(snapshot.catalog, by, 'by');
    return index === undefined ? null : loaders.movie.load(index);
  }

  @Query(() => [Movie], {
    nullable: 'items',
    description: 'The movies with these ids, in the order given; null where there is none. At most 500 ids.',
  })
  @Extensions({ listLength: { argument: 'by' } })
  moviesBy(@Arg('by', () => [MovieBy]) by: MovieBy[], @Ctx() { snapshot, loaders }: RequestContext): (Movie | null)[] {
    checkLength('by', by, MAX_IDS);
    return by.map((key, i) => {
      const index = findMovie(snapshot.catalog, key, `by[${i}]`);
      return index === undefined ? null : loaders.movie.load(index);
    });
  }

  @Query(() => MovieConnection, {
    description:
      'Title search, best match first. It finds words by their beginning and with typing errors. Words may come in any order, accents and\narticles may be missing, and original and alternative titles count. An empty query finds nothing.',
  })
  @Extensions({ cost: searchCost })
  async searchMovies(
    @Arg('query', () => String, { description: 'Up to 200 characters.' }) query: string,
    @Arg('filter', () => MovieFilterInput, { nullable: true }) filter: MovieFilterInput | null | undefined,
    @Arg('first', () => Int, { defaultValue: 20, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of the same search.' }) after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<MovieConnection> {
    const { snapshot, loaders, budget } = context;
    const limit = checkedFirst(first);
    const search = readMovieSearch(snapshot.catalog, query, await withStoredRegion(context, filter));
    const paging = new OffsetPaging(snapshot.catalog, canonicalHash({ query: search.text, ...search.filter }));
    const offset = paging.offsetAfter(after);
    const { total, movies } = await budget.inTurn(() => searchMovies(snapshot, search, offset, limit));
    return paging.page(
      movies.map((index) => loaders.movie.load(index)),
      offset,
      total,
    );
  }

  @Query(() => MovieConnection, {
    description: 'The movies that pass a filter, in an order that is the same for everybody. Without a filter: the whole catalog.',
  })
  @Extensions({ cost: listCost })
  async catalogMovies(
    @Arg('filter', () => MovieFilterInput, { nullable: true }) filter: MovieFilterInput | null | undefined,
    @Arg('sort', () => MovieSortEnum, { defaultValue: 'POPULAR' }) sort: MovieSort,
    @Arg('first', () => Int, { defaultValue: 20, description: 'From 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of the same list.' }) after: string | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<MovieConnection> {
    const { snapshot, loaders, budget } = context;
    const limit = checkedFirst(first);
    const list = readMovieList(snapshot, await withStoredRegion(context, filter), sort);
    const paging = new OffsetPaging(snapshot.catalog, canonicalHash({ sort, ...list.filter }));
    const offset = paging.offsetAfter(after);
    const { total, movies } = await budget.inTurn(async () => listMovies(listedOf(snapshot), list, offset, limit));
    return paging.page(
      movies.map((index) => loaders.movie.load(index)),
      offset,
      total,
    );
  }

  @FieldResolver(() => String, { nullable: true, description: 'Width in pixels; null when the movie has no poster.' })
  posterUrl(
    @Root() movie: Movie,
    @Arg('width', () => Int, { defaultValue: 342 }) width: number,
    @Ctx() { posters }: RequestContext,
  ): string | null {
    return posterUrl(movie.posterPath, width, posters);
  }

  @FieldResolver(() => [MovieOffer], {
    description: 'Where the movie can be watched, and offers that ended. Data by JustWatch.',
  })
  @Extensions({ listLength: MAX_OFFERS_OF_A_MOVIE })
  availability(
    @Root() movie: Movie,
    @Arg('region', () => String, {
      nullable: true,
      description: "ISO 3166-1, e.g. 'DE', one of `regions`. Left out: the one that the viewer stored, else DEFAULT_REGION of the server.",
    })
    region: string | null | undefined,
    @Ctx() context: RequestContext,
  ): MovieOffer[] | Promise<MovieOffer[]> {
    const { offers } = context.snapshot.catalog;
    const { index, tmdbId } = movie;
    const offersIn = (wanted: string): MovieOffer[] =>
      index === undefined
        ? []
        : offers
            .of(index, wanted)
            .slice(0, MAX_OFFERS_OF_A_MOVIE)
            .map((offer) => ({ ...offer, link: tmdbId === null ? null : watchPage(tmdbId, offer.region) }));
    if (region !== null && region !== undefined) return offersIn(offers.readRegion(region, 'region'));
    // A catalog without offers of the default region answers with none.
    return context.storedRegion().then((stored) => offersIn(stored ?? offers.defaultRegion));
  }

  @FieldResolver(() => [Movie], {
    description: 'The movies of the same collection, oldest first, with this one. Empty without a collection.',
  })
  @Extensions({ cost: COLLECTION_COST, listLength: MAX_MOVIES_OF_A_COLLECTION })
  collectionMovies(@Root() { index }: Movie, @Ctx() { snapshot, loaders }: RequestContext): Movie[] {
    if (index === undefined) return [];
    return collectionOf(listedOf(snapshot), index, MAX_MOVIES_OF_A_COLLECTION).map((movie) => loaders.movie.load(movie));
  }

  @FieldResolver(() => [Recommendation], { description: 'The movies most similar to this one, best first.' })
  @Extensions({ cost: 50, listLength: { argument: 'first' } })
  similar(
    @Root() movie: Movie,
    @Arg('first', () => Int, { defaultValue: 10, description: 'From 1 to 100.' }) first: number,
    @Ctx() context: RequestContext,
  ): Recommendation[] {
    return movie.index === undefined ? [] : similarMovies(context, movie.index, checkedFirst(first));
  }
}
