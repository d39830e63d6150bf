import { type GraphQLField, type GraphQLSchema, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { callOf } from './calls.ts';

export const CALLERS = [
  'nobody',
  'a guest',
  'a member',
  'a member with a token',
  'a disabled admin',
  'a read key of the owner',
  'a write key of the owner',
  'a page of another site in the browser of the owner',
  'an admin',
  'the owner',
] as const;
export type Caller = (typeof CALLERS)[number];

const SIGNED_OUT: Partial<Record<Caller, string>> = {
  nobody: 'UNAUTHENTICATED',
  'a disabled admin': 'UNAUTHENTICATED',
  'a page of another site in the browser of the owner': 'UNAUTHENTICATED',
};
const WRITERS: Partial<Record<Caller, string>> = { ...SIGNED_OUT, 'a read key of the owner': 'FORBIDDEN' };
const ACCOUNTS: Partial<Record<Caller, string>> = { ...WRITERS, 'a guest': 'FORBIDDEN', 'a write key of the owner': 'FORBIDDEN' };
const ADMINS: Partial<Record<Caller, string>> = { ...ACCOUNTS, 'a member': 'FORBIDDEN', 'a member with a token': 'FORBIDDEN' };

/** Whom a field answers, and the error code of everybody else. `themselves`: callers without a session get null or an empty list. */
export const REFUSALS = {
  everybody: {},
  themselves: {},
  writers: WRITERS,
  accounts: ACCOUNTS,
  admins: ADMINS,
  owners: { ...ADMINS, 'an admin': 'FORBIDDEN' },
} satisfies Record<string, Partial<Record<Caller, string>>>;
export type Audience = keyof typeof REFUSALS;

/** Every field of `DECIDING`, and every other field that code computes. A field without a row fails the test. */
export const FIELDS: Record<string, Audience> = {
  'Admin.accounts': 'admins',
  'Admin.auditLog': 'admins',
  'Admin.catalog': 'admins',
  'Admin.guestCount': 'admins',
  'Admin.hook': 'admins',
  'Admin.hookEvents': 'admins',
  'Admin.hookUsers': 'admins',
  'Admin.invitations': 'admins',
  'Admin.operatorRules': 'admins',
  'Admin.registration': 'admins',
  'Admin.rulePreview': 'admins',
  'Admin.server': 'admins',
  'Admin.workload': 'admins',
  'CatalogInfo.dataAge': 'everybody',
  'CatalogInfo.dataAt': 'everybody',
  'CatalogInfo.lastRefresh': 'everybody',
  'GroupRecommendation.movie': 'everybody',
  'HistoryImport.doubtful': 'writers',
  'HistoryImport.doubtfulCount': 'writers',
  'HistoryImport.files': 'writers',
  'HistoryImport.notFound': 'writers',
  'HistoryImport.notFoundCount': 'writers',
  'HistoryImport.taken': 'writers',
  'HistoryImport.takenCount': 'writers',
  'HookEvent.movie': 'themselves',
  'Import.changes': 'themselves',
  'ImportCandidate.movie': 'writers',
  'ImportChange.movie': 'themselves',
  'ImportedRow.movie': 'writers',
  'MemberReason.reasons': 'everybody',
  'Movie.absence': 'everybody',
  'Movie.alternativeTitles': 'everybody',
  'Movie.availability': 'everybody',
  'Movie.cast': 'everybody',
  'Movie.certification': 'everybody',
  'Movie.collection': 'everybody',
  'Movie.collectionMovies': 'everybody',
  'Movie.companies': 'everybody',
  'Movie.countries': 'everybody',
  'Movie.credits': 'everybody',
  'Movie.directors': 'everybody',
  'Movie.genres': 'everybody',
  'Movie.id': 'everybody',
  'Movie.imdbId': 'everybody',
  'Movie.keywords': 'everybody',
  'Movie.originalLanguage': 'everybody',
  'Movie.originalTitle': 'everybody',
  'Movie.overview': 'everybody',
  'Movie.plays': 'themselves',
  'Movie.posterUrl': 'everybody',
  'Movie.ratingAverage': 'everybody',
  'Movie.ratingCount': 'everybody',
  'Movie.runtime': 'everybody',
  'Movie.services': 'everybody',
  'Movie.similar': 'everybody',
  'Movie.spokenLanguages': 'everybody',
  'Movie.status': 'everybody',
  'Movie.title': 'everybody',
  'Movie.tmdbId': 'everybody',
  'Movie.trailerKey': 'everybody',
  'Movie.viewerFeedback': 'themselves',
  'Movie.viewerRating': 'themselves',
  'Movie.watchlistEntry': 'themselves',
  'Movie.year': 'everybody',
  'Mutation.addOperatorRule': 'admins',
  'Mutation.addPlay': 'writers',
  'Mutation.addToWatchlist': 'writers',
  'Mutation.changeSharedGroup': 'writers',
  'Mutation.clearFeedback': 'writers',
  'Mutation.createHook': 'accounts',
  'Mutation.createInvitation': 'admins',
  'Mutation.createPasswordResetLink': 'admins',
  'Mutation.createServerHook': 'admins',
  'Mutation.createSharedGroup': 'writers',
  'Mutation.deleteAccount': 'admins',
  'Mutation.deleteOperatorRule': 'admins',
  'Mutation.disableAccount': 'admins',
  'Mutation.enableAccount': 'admins',
  'Mutation.importFiles': 'writers',
  'Mutation.importHistory': 'writers',
  'Mutation.mapHookUser': 'admins',
  'Mutation.publishVersion': 'admins',
  'Mutation.rateMovie': 'writers',
  'Mutation.removeFromWatchlist': 'writers',
  'Mutation.removePlay': 'writers',
  'Mutation.restoreToWatchlist': 'writers',
  'Mutation.revokeHook': 'accounts',
  'Mutation.revokeInvitation': 'admins',
  'Mutation.revokeServerHook': 'admins',
  'Mutation.rollBackCatalog': 'admins',
  'Mutation.setAccountRole': 'owners',
  'Mutation.setFeedback': 'writers',
  'Mutation.setHookUser': 'accounts',
  'Mutation.setRegistration': 'admins',
  'Mutation.setWatched': 'writers',
  'Mutation.shareWatchlist': 'writers',
  'Mutation.signOutAccount': 'admins',
  'Mutation.stopSharingWatchlist': 'writers',
  'Mutation.subscribeToPush': 'accounts',
  'Mutation.undoImport': 'writers',
  'Mutation.unsubscribeFromPush': 'accounts',
  'Mutation.updatePreferences': 'writers',
  'Mutation.voteInSharedGroup': 'writers',
  'Play.movie': 'themselves',
  'Query.admin': 'admins',
  'Query.catalog': 'everybody',
  'Query.catalogMovies': 'everybody',
  'Query.genres': 'everybody',
  'Query.groupRecommendations': 'everybody',
  'Query.invitation': 'everybody',
  'Query.languages': 'everybody',
  'Query.learnsFromViewers': 'everybody',
  'Query.movie': 'everybody',
  'Query.movieBy': 'everybody',
  'Query.movies': 'everybody',
  'Query.moviesBy': 'everybody',
  'Query.recommendation': 'everybody',
  'Query.recommendations': 'everybody',
  'Query.regions': 'everybody',
  'Query.searchMovies': 'everybody',
  'Query.services': 'everybody',
  'Query.sharedGroup': 'everybody',
  'Query.sharedWatchlist': 'everybody',
  'Query.signInOptions': 'everybody',
  'Query.signInProviders': 'everybody',
  'Query.viewer': 'themselves',
  'Rating.movie': 'themselves',
  'Reason.movie': 'everybody',
  'Recommendation.movie': 'everybody',
  'Recommendation.reasons': 'everybody',
  'Viewer.dislikedMovies': 'themselves',
  'Viewer.email': 'themselves',
  'Viewer.emailVerified': 'themselves',
  'Viewer.hook': 'themselves',
  'Viewer.hookEvents': 'themselves',
  'Viewer.id': 'themselves',
  'Viewer.importProgress': 'themselves',
  'Viewer.imports': 'themselves',
  'Viewer.isGuest': 'themselves',
  'Viewer.likedMovies': 'themselves',
  'Viewer.name': 'themselves',
  'Viewer.notInterestedMovies': 'themselves',
  'Viewer.plays': 'themselves',
  'Viewer.preferences': 'themselves',
  'Viewer.profileTraits': 'themselves',
  'Viewer.ratings': 'themselves',
  'Viewer.role': 'themselves',
  'Viewer.watchlist': 'themselves',
  'Viewer.watchlistLink': 'themselves',
  'Viewer.webPush': 'themselves',
  'WatchlistEntry.movie': 'themselves',
};

/** The types whose every field has a row. */
const DECIDING = ['Query', 'Mutation', 'Admin', 'Viewer', 'Movie'];

const OF_HISTORY = 'importHistory(text: "Title\\nAlien", dryRun: true)';
/** How a field of each type is asked for. */
export const DOCUMENTS: Record<string, (call: string) => string> = {
  Query: (call) => `{ ${call} }`,
  Mutation: (call) => `mutation { ${call} }`,
  Admin: (call) => `{ admin { ${call} } }`,
  Viewer: (call) => `{ viewer { ${call} } }`,
  Movie: (call) => `{ movie(id: 2571) { ${call} } }`,
  CatalogInfo: (call) => `{ catalog { ${call} } }`,
  Recommendation: (call) => `{ recommendations(first: 1) { nodes { ${call} } } }`,
  Reason: (call) => `{ recommendations(first: 1) { nodes { reasons { ${call} } } } }`,
  GroupRecommendation: (call) => `{ groupRecommendations(members: [{}, {}], first: 1) { nodes { ${call} } } }`,
  MemberReason: (call) => `{ groupRecommendations(members: [{}, {}], first: 1) { nodes { members { ${call} } } } }`,
  WatchlistEntry: (call) => `{ viewer { watchlist(first: 1) { nodes { ${call} } } } }`,
  Rating: (call) => `{ viewer { ratings(first: 1) { nodes { ${call} } } } }`,
  Play: (call) => `{ viewer { plays(first: 1) { nodes { ${call} } } } }`,
  HookEvent: (call) => `{ viewer { hookEvents { ${call} } } }`,
  Import: (call) => `{ viewer { imports { ${call} } } }`,
  ImportChange: (call) => `{ viewer { imports { changes { ${call} } } } }`,
  HistoryImport: (call) => `mutation { ${OF_HISTORY} { ${call} } }`,
  ImportedRow: (call) => `mutation { ${OF_HISTORY} { taken { ${call} } } }`,
  ImportCandidate: (call) => `mutation { ${OF_HISTORY} { doubtful { candidates { ${call} } } } }`,
};

/** Calls of fields whose arguments depend on each other. */
const VALID_CALLS: Record<string, string> = {
  'Query.groupRecommendations': 'groupRecommendations(members: [{}, {}]) { __typename }',
  'Query.movieBy': 'movieBy(by: { id: 2571 }) { __typename }',
  'Query.moviesBy': 'moviesBy(by: [{ id: 2571 }]) { __typename }',
  'Admin.rulePreview': 'rulePreview(rule: { effect: BOOST, genre: "Drama", strength: 1, reason: "text" }) { __typename }',
};

/** "Type.field" -> a document that asks for it. */
export function documentsOf(schema: GraphQLSchema): Map<string, string> {
  const documents = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) && !type.name.startsWith('__'))
      for (const field of Object.values(type.getFields()))
        if (DECIDING.includes(type.name) || isComputed(type.name, field.name))
          documents.set(`${type.name}.${field.name}`, documentOf(type.name, field));
  return documents;
}

function documentOf(type: string, field: GraphQLField<unknown, unknown>): string {
  const document = DOCUMENTS[type];
  if (document === undefined) throw new Error(`${type}.${field.name} is computed: say in DOCUMENTS how a field of ${type} is asked for`);
  return document(VALID_CALLS[`${type}.${field.name}`] ?? callOf(field));
}

/** Whether a method of a resolver makes the field. Other fields are data of an object whose own field has a row. */
function isComputed(type: string, field: string): boolean {
  return getMetadataStorage().fieldResolvers.some(
    ({ kind, methodName, getObjectType }) => kind === 'external' && methodName === field && getObjectType?.().name === type,
  );
}
