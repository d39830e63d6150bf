import { Ctx, Extensions, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../context.ts';
import { CatalogInfo, Genre, Language, StreamingService } from './catalog.type.ts';

@Resolver()
export class CatalogResolver {
  @Query(() => [Genre], { description: 'Every genre of the catalog, by name.' })
  genres(@Ctx() { snapshot }: RequestContext): readonly Genre[] {
    return snapshot.catalog.genres.labels;
  }

  @Query(() => [StreamingService], { description: 'Every streaming service of the catalog, by name.' })
  services(@Ctx() { snapshot }: RequestContext): readonly StreamingService[] {
    return snapshot.catalog.services.labels;
  }

  @Query(() => [Language], { description: 'Every original language of the catalog. The language of the most movies comes first.' })
  @Extensions({ usualLength: 50 })
  languages(@Ctx() { snapshot }: RequestContext): readonly Language[] {
    return snapshot.catalog.languages.byMovieCount();
  }

  @Query(() => CatalogInfo, { description: 'The catalog that this server is serving.' })
  catalog(@Ctx() { snapshot }: RequestContext): CatalogInfo {
    const { version, size, dataset, builtAt } = snapshot.catalog;
    return { version, movieCount: size, dataset, builtAt, model: snapshot.recommender.isHybrid ? 'hybrid' : 'content' };
  }
}
