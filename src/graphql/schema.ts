import 'reflect-metadata';
import { type GraphQLSchema, isInputObjectType } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AccountResolver } from './account/account.resolver.ts';
import { AdminResolver } from './admin/admin.resolver.ts';
import { AdminAccountsResolver } from './admin/admin-accounts.resolver.ts';
import { CatalogAdminResolver } from './admin/catalog-admin.resolver.ts';
import { HookAdminResolver } from './admin/hook-admin.resolver.ts';
import { OperatorRulesResolver } from './admin/operator-rules.resolver.ts';
import { ServerInfoResolver } from './admin/server-info.resolver.ts';
import { CatalogResolver } from './catalog/catalog.resolver.ts';
import { callMethodsDirectly } from './direct-resolvers.ts';
import { FeedbackResolver } from './library/feedback.resolver.ts';
import {
  HistoryImportResolver,
  ImportCandidateResolver,
  ImportedRowResolver,
  ImportProgressResolver,
} from './library/history-import.resolver.ts';
import { HookEventResolver, HooksResolver } from './library/hooks.resolver.ts';
import { ImportChangeResolver, ImportListResolver, ViewerImportsResolver } from './library/imports.resolver.ts';
import { PlayResolver, PlaysResolver, ViewerPlaysResolver } from './library/plays.resolver.ts';
import { ProfileTraitsResolver } from './library/profile-trait.resolver.ts';
import { PushResolver } from './library/push.resolver.ts';
import { RatingNodeResolver, RatingsResolver, ViewerRatingsResolver } from './library/ratings.resolver.ts';
import { SharedWatchlistResolver } from './library/shared-watchlist.resolver.ts';
import { ViewerResolver } from './library/viewer.resolver.ts';
import { MovieEntryResolver, WatchlistResolver } from './library/watchlist.resolver.ts';
import { MovieResolver } from './movie/movie.resolver.ts';
import { GroupResolver, MemberReasonResolver } from './recommendation/group.resolver.ts';
import { ReasonResolver, RecommendationResolver } from './recommendation/recommendation.resolver.ts';
import { SharedGroupResolver } from './recommendation/shared-group.resolver.ts';
import { refuseNul } from './text-arguments.ts';

export function createSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      AccountResolver,
      CatalogResolver,
      MovieResolver,
      RecommendationResolver,
      ReasonResolver,
      GroupResolver,
      MemberReasonResolver,
      SharedGroupResolver,
      ViewerResolver,
      ProfileTraitsResolver,
      WatchlistResolver,
      SharedWatchlistResolver,
      PushResolver,
      MovieEntryResolver,
      FeedbackResolver,
      HistoryImportResolver,
      ImportProgressResolver,
      ImportedRowResolver,
      ImportCandidateResolver,
      AdminResolver,
      AdminAccountsResolver,
      RatingsResolver,
      RatingNodeResolver,
      PlaysResolver,
      PlayResolver,
      ImportListResolver,
      ImportChangeResolver,
      ViewerRatingsResolver,
      ViewerPlaysResolver,
      ViewerImportsResolver,
      CatalogAdminResolver,
      HooksResolver,
      HookEventResolver,
      HookAdminResolver,
      OperatorRulesResolver,
      ServerInfoResolver,
    ],
    validate: false,
    // Apollo Server checks the schema when it starts.
    skipCheck: true,
  });
  // TypeGraphQL cannot emit @oneOf.
  const oneOf = schema.getType('MovieBy');
  if (isInputObjectType(oneOf)) oneOf.isOneOf = true;
  return refuseNul(callMethodsDirectly(schema));
}
