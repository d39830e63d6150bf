import { Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../context.ts';
import { CatalogInfo, Genre, StreamingService } from './catalog.type.ts';

@Resolver()
export class CatalogResolver {
  @Query(() => [Genre], { description: 'Every genre of the catalogue, by name.' })
  genres(@Ctx() { snapshot }: RequestContext): readonly Genre[] {
    return snapshot.catalog.genres.labels;
  }

  @Query(() => [StreamingService], { description: 'Every streaming service of the catalogue, by name.' })
  services(@Ctx() { snapshot }: RequestContext): readonly StreamingService[] {
    return snapshot.catalog.services.labels;
  }

  @Query(() => CatalogInfo, { description: 'What this server is serving.' })
  catalog(@Ctx() { snapshot }: RequestContext): CatalogInfo {
    const { version, size, dataset, builtAt } = snapshot.catalog;
    return { version, movieCount: size, dataset, builtAt, model: snapshot.recommender.isHybrid ? 'hybrid' : 'content' };
  }
}
