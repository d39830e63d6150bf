import type { SignInOptions, SignInProvider } from '../accounts/accounts.ts';
import type { AdministrationRooms } from '../accounts/administration/rooms.ts';
import type { ServerState } from '../accounts/administration/server-state.ts';
import type { Identity } from '../accounts/identity.ts';
import type { PosterAddresses } from '../catalog/poster-url.ts';
import type { ChangeKind } from '../library/history-store.ts';
import type { LibraryStore } from '../library/library-store.ts';
import type { RunningImports } from '../library/running-imports.ts';
import { viewerPreferences } from '../library/saved-preferences.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { RankingCache } from '../recommendations/cache/ranking-cache.ts';
import type { Deadline } from '../recommendations/dependencies.ts';
import type { OperatorRules } from '../recommendations/operator-rules/operator-rules.ts';
import type { DataAge } from '../recommendations/refresh-watch.ts';
import type { ReleaseShelf } from '../recommendations/release-shelf.ts';
import type { Snapshot } from '../recommendations/snapshot.ts';
import type { ViewerProfile } from '../recommendations/viewer-profile.ts';
import { nullWhenAway } from '../service-error.ts';
import type { AnswerScope } from './answer-scope.ts';
import { credentialRefusal } from './errors.ts';
import type { Admit, Spending } from './limits/admission.ts';
import { RequestBudget } from './limits/request-budget.ts';
import { Loaders } from './loaders.ts';

export interface RequestLog {
  error(about: object, message: string): void;
}

/** What resolvers and use cases work with during one request. */
export interface RequestContext {
  /** Who is asking; null when signed out. Authenticated on the first call, once a request. The answer then depends on the caller. */
  identity(): Promise<Identity | null>;
  /** The same, for fields that answer everybody who is signed out alike. */
  identityIfAny(): Promise<Identity | null>;
  /**
   * The viewer for answers that anybody may have. Null when signed out, for an API key without the scope `read`, and while the database
   * is away.
   */
  readerIfAny(): Promise<Identity | null>;
  /** The region that the viewer stored, when the catalog has it. Read once a request. Null as for `readerIfAny`. */
  storedRegion(): Promise<string | null>;
  /** Sign-in providers that are configured beside passwords. */
  signInProviders(): readonly SignInProvider[];
  signInOptions(): Promise<SignInOptions>;
  administration: AdministrationRooms;
  releases: ReleaseShelf;
  /** The answer then depends on more than the version. */
  refresh(): DataAge;
  operatorRules: OperatorRules;
  server: ServerState;
  /** Whether models may be trained on what viewers do: LEARN_FROM_VIEWERS. */
  learnsFromViewers: boolean;
  /** The version that new requests get: a mutation may have changed it since this request began. */
  servedVersion(): string;
  /** Network address of the caller. */
  address: string;
  acceptLanguage?: string | undefined;
  snapshot: Snapshot;
  posters: PosterAddresses;
  library: LibraryStore;
  /** The key with which browsers subscribe to messages. Undefined when the server sends none. */
  pushKey?: string | undefined;
  runningImports: RunningImports;
  rankings: RankingCache;
  metrics: Pick<Metrics, 'ranked' | 'span'>;
  loaders: Loaders;
  /** The same object as `budget`, under the name that use cases have for it. */
  deadline: Deadline;
  budget: RequestBudget;
  log: RequestLog;
  /** A request has one import, because it may hold 50,000 rows. */
  hasImported: boolean;
  admit: Admit;
  /**
   * Spends points for work whose size is known only after it began, such as rows of a library: at most a third of the caller's budget. As an
   * operation of this price, the request may wait for its turn, or be refused. After a refusal every later charge of the request is refused
   * too.
   */
  charge(points: number): Promise<void>;
  /** Rows of a list of a user, counted once a request: work by rows is paid for before it begins. */
  storedRowsOf(userId: string, list: ChangeKind): Promise<number>;
  /** After a change of many rows: what was read of the library in this request is old. */
  forgetStored(): void;
  /** What this request has read of viewers. */
  profiles: Map<string, Promise<ViewerProfile>>;
  /** What `charge` spent until now. */
  readonly charged: { points: number; spending: Spending | undefined };
  /** The variables of the operation, once they were coerced for its price. */
  coercedVariables: Record<string, unknown> | undefined;
  scope: AnswerScope;
}

export interface RequestParts
  extends Omit<
    RequestContext,
    | 'identity'
    | 'identityIfAny'
    | 'readerIfAny'
    | 'storedRegion'
    | 'refresh'
    | 'loaders'
    | 'deadline'
    | 'budget'
    | 'hasImported'
    | 'scope'
    | 'admit'
    | 'charge'
    | 'storedRowsOf'
    | 'forgetStored'
    | 'profiles'
    | 'charged'
    | 'coercedVariables'
  > {
  timeoutMs: number;
  refresh: DataAge;
  /** By default every operation may run. */
  admit?: Admit;
  authenticate(): Promise<Identity | null>;
}

const admitAll: Admit = async (points) => ({ points, spending: undefined });

export function createContext({
  timeoutMs,
  authenticate,
  signInProviders,
  signInOptions,
  refresh,
  admit = admitAll,
  ...parts
}: RequestParts): RequestContext {
  const scope: AnswerScope = { isPersonal: false, sharedAs: undefined };
  let authenticated: Promise<Identity | null> | undefined;
  const identityIfAny = (): Promise<Identity | null> => {
    authenticated ??= authenticate().catch((error: unknown) => {
      throw credentialRefusal(error);
    });
    return authenticated;
  };
  const identity = (): Promise<Identity | null> => {
    scope.isPersonal = true;
    return identityIfAny();
  };
  const readerIfAny = async (): Promise<Identity | null> => {
    const found = await identityIfAny().catch(nullWhenAway);
    return found?.scopes.has('read') === true ? found : null;
  };
  let region: Promise<string | null> | undefined;
  const budget = new RequestBudget(timeoutMs);
  // One object: Apollo may give plugins a copy of the context.
  const charged: RequestContext['charged'] = { points: 0, spending: undefined };
  let refusal: { reason: unknown } | undefined;
  const stored = new Map<string, Promise<number>>();
  return {
    ...parts,
    admit,
    charged,
    coercedVariables: undefined,
    async charge(asked) {
      if (refusal !== undefined) throw refusal.reason;
      if (asked === 0) return;
      const { points, spending } = await admit(asked, 'rows').catch((reason: unknown) => {
        refusal ??= { reason };
        throw reason;
      });
      charged.spending = spending;
      charged.points += points;
    },
    profiles: new Map(),
    storedRowsOf(userId, list) {
      const key = `${list} ${userId}`;
      let rows = stored.get(key);
      if (rows === undefined) {
        rows = parts.library.storedRowsOf(userId, list);
        stored.set(key, rows);
      }
      return rows;
    },
    forgetStored() {
      stored.clear();
      this.profiles.clear();
    },
    identity,
    identityIfAny,
    readerIfAny,
    storedRegion() {
      region ??= readerIfAny().then(async (reader) => {
        const stored = reader === null ? null : await viewerPreferences(parts, reader).catch(nullWhenAway);
        return stored?.region ?? null;
      });
      return region;
    },
    // Providers come and go while the server runs.
    signInProviders() {
      scope.isPersonal = true;
      return signInProviders();
    },
    // The owner changes them while the server runs.
    signInOptions() {
      scope.isPersonal = true;
      return signInOptions();
    },
    // Refreshes end while the server runs.
    refresh() {
      scope.isPersonal = true;
      return refresh;
    },
    loaders: new Loaders({ catalog: parts.snapshot.catalog, library: parts.library, identity }),
    deadline: budget,
    budget,
    hasImported: false,
    scope,
  };
}
