import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AccountResolver } from './account/account.resolver.ts';
import { CatalogResolver } from './catalog/catalog.resolver.ts';
import { HistoryImportResolver, ImportCandidateResolver } from './library/import.resolver.ts';
import { LibraryResolver } from './library/library.resolver.ts';
import { KeptMovieResolver, ViewerResolver, WatchlistEntryResolver } from './library/viewer.resolver.ts';
import { MovieResolver } from './movie/movie.resolver.ts';
import { GroupResolver } from './recommendation/group.resolver.ts';
import { ReasonResolver, RecommendationResolver } from './recommendation/recommendation.resolver.ts';

export function createSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      AccountResolver,
      CatalogResolver,
      MovieResolver,
      RecommendationResolver,
      ReasonResolver,
      GroupResolver,
      ViewerResolver,
      WatchlistEntryResolver,
      KeptMovieResolver,
      LibraryResolver,
      HistoryImportResolver,
      ImportCandidateResolver,
    ],
    validate: false,
  });
}
