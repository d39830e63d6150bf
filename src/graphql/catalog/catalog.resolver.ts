import { GraphQLDateTime } from 'graphql-scalars';
import { Ctx, Extensions, FieldResolver, Int, Query, Resolver } from 'type-graphql';
import { MAX_GENRES, MAX_LANGUAGES, MAX_REGIONS, MAX_SERVICES } from '../../list-caps.ts';
import type { RequestContext } from '../context.ts';
import { CatalogInfo, CatalogRefresh, Genre, Language, StreamingService } from './catalog.type.ts';

/** The largest Int of GraphQL. */
const MAX_INT = 2_147_483_647;

@Resolver(() => CatalogInfo)
export class CatalogResolver {
  @Query(() => [Genre], { description: 'Every genre of the catalog, by name.' })
  @Extensions({ listLength: MAX_GENRES })
  genres(@Ctx() { snapshot }: RequestContext): readonly Genre[] {
    return snapshot.catalog.genres.labels.slice(0, MAX_GENRES);
  }

  @Query(() => [StreamingService], { description: 'Every streaming service of the catalog, by name.' })
  @Extensions({ listLength: MAX_SERVICES })
  services(@Ctx() { snapshot }: RequestContext): readonly StreamingService[] {
    return snapshot.catalog.services.labels.slice(0, MAX_SERVICES);
  }

  @Query(() => [Language], { description: 'Every original language of the catalog. The language of the most movies comes first.' })
  @Extensions({ listLength: MAX_LANGUAGES })
  languages(@Ctx() { snapshot }: RequestContext): readonly Language[] {
    return snapshot.catalog.languages.byMovieCount().slice(0, MAX_LANGUAGES);
  }

  @Query(() => [String], { description: 'The countries that `Movie.availability` knows, ISO 3166-1, in alphabetical order.' })
  @Extensions({ listLength: MAX_REGIONS })
  regions(@Ctx() { snapshot }: RequestContext): readonly string[] {
    return snapshot.catalog.offers.regions.slice(0, MAX_REGIONS);
  }

  @Query(() => Boolean, {
    description: 'Whether models may be trained on what viewers of this server like, rate and watch: LEARN_FROM_VIEWERS of the server.',
  })
  learnsFromViewers(@Ctx() { learnsFromViewers }: RequestContext): boolean {
    return learnsFromViewers;
  }

  @Query(() => CatalogInfo, { description: 'The catalog that this server is serving.' })
  catalog(@Ctx() { snapshot }: RequestContext): CatalogInfo {
    const { version, movieCount, dataset, builtAt } = snapshot.catalog;
    return { version, movieCount, dataset, builtAt, model: snapshot.recommender.isHybrid ? 'hybrid' : 'content' };
  }

  @FieldResolver(() => GraphQLDateTime, {
    description: 'When the data was last known to be that of TMDb: at the last refresh, or when the artifacts were trained.',
  })
  dataAt(@Ctx() { snapshot, refresh }: RequestContext): Date {
    return refresh().dataTime(snapshot.catalog);
  }

  @FieldResolver(() => Int, { description: 'Age of the data in seconds, from `dataAt` until now.' })
  dataAge(@Ctx() { snapshot, refresh }: RequestContext): number {
    const seconds = Math.floor((Date.now() - refresh().dataTime(snapshot.catalog).getTime()) / 1_000);
    return Math.min(Math.max(seconds, 0), MAX_INT);
  }

  @FieldResolver(() => CatalogRefresh, { nullable: true, description: 'Null when the catalog was never refreshed.' })
  lastRefresh(@Ctx() { refresh }: RequestContext): CatalogRefresh | null {
    const last = refresh().current;
    return last === null ? null : new CatalogRefresh(last);
  }
}
