import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FIXTURE_MOVIES } from '../../test/fixture-movies.ts';
import { RealPushService, TestBrowser } from '../../test/real-servers/push-service.ts';
import { releaseInMemory, shippedConfig } from '../../test/release-in-memory.ts';
import type { MovieId } from '../catalog/movie-id.ts';
import { type Database, type DatabaseSettings, openDatabase } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { NO_PREFERENCES } from '../library/library-store.ts';
import { MAX_PUSH_SUBSCRIPTIONS, readSubscription } from '../library/push/push-subscription.ts';
import { SqlLibraryStore } from '../library/sql-library-store.ts';
import { type Snapshot, snapshotOf } from '../recommendations/snapshot.ts';
import { createWebPushKeys } from '../web-push/web-push-keys.ts';
import { WebPushSender } from '../web-push/web-push-sender.ts';
import { MIGRATIONS } from './migrations.ts';
import { PushNews } from './push-news.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const KEYS = createWebPushKeys();
const ALIEN = 1214;
const ALIENS = 1200;
const START = Date.UTC(2026, 0, 10, 12);

/** A version of the catalog with these offers. */
function versionOf(version: string, offers: Readonly<Record<number, string[]>>): Snapshot {
  const movies = FIXTURE_MOVIES.map((movie) => ({ ...movie, offers: offers[movie.movieId] ?? [] }));
  return snapshotOf(releaseInMemory(movies, shippedConfig('default'), undefined, version));
}

// The first look at the region is on the 2nd of January.
const OLD = 'US:subscription:15:2026-01-02::Hulu';
const FIRST = versionOf('v1', { [ALIEN]: [OLD], 2571: ['US:rent:2:2026-01-09::Apple TV'] });
const SECOND = versionOf('v2', { [ALIEN]: [OLD, 'US:subscription:8:2026-01-11::Netflix'], [ALIENS]: [] });
const THIRD = versionOf('v3', { [ALIEN]: [OLD, 'US:subscription:8:2026-01-11:2026-01-12:Netflix'] });

/** Messages about watchlists on a database, with a real push service. */
export function pushNewsContract(settings: () => Promise<DatabaseSettings>): void {
  let service: RealPushService;
  let where: DatabaseSettings;
  let database: Database;
  let library: SqlLibraryStore;
  let clock: number;
  let served: Snapshot;
  const logged: { about: object; message: string }[] = [];
  const servers: PushNews[] = [];
  beforeEach(async () => {
    service = await RealPushService.start();
    where = await settings();
    database = openDatabase(where);
    await migrate(database, MIGRATIONS);
    library = new SqlLibraryStore(database);
    clock = START;
    served = FIRST;
    logged.length = 0;
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.stop();
    await service.down();
    await database.close();
  });
  const note = (about: object, message: string): void => void logged.push({ about, message });
  const serve = (of = library, more: { disabled?: string } = {}): PushNews => {
    const server = new PushNews({
      library: of,
      sender: new WebPushSender({ ...KEYS, contact: 'mailto:owner@films.example' }, { localServices: true }),
      serverKey: KEYS.publicKey,
      snapshot: () => served,
      isDisabled: async (userId) => userId === more.disabled,
      log: { info: note, warn: note },
      // Tests wake it.
      pollMs: DAY_MS,
      now: () => clock,
    });
    servers.push(server);
    return server;
  };
  /** One look of a server, from the beginning to the end. */
  const look = async (server: PushNews): Promise<void> => {
    await server.idle();
    server.wake();
    await server.idle();
  };
  const subscribe = async (
    userId: string,
    name: string,
    more: { language?: string; sessionId?: string | null } = {},
  ): Promise<TestBrowser> => {
    const browser = new TestBrowser();
    const { language = 'en', sessionId = null } = more;
    const subscription = readSubscription({ ...browser.subscription(`${service.origin}/${name}`), language }, true);
    await library.push.subscribe(
      { ...subscription, userId, sessionId, serverKey: KEYS.publicKey },
      new Date(clock),
      MAX_PUSH_SUBSCRIPTIONS,
    );
    return browser;
  };
  const list = (userId: string, movieId: number): Promise<unknown> =>
    library.addToWatchlist(
      userId,
      { movieId: movieId as MovieId, title: 'A film', sortTitle: 'film', year: 1979 },
      new Date(clock - HOUR_MS),
    );
  const viewer = async (userId: string, services = ['netflix']): Promise<void> => {
    await library.setPreferences(userId, { ...NO_PREFERENCES, services });
    await list(userId, ALIEN);
  };
  const bodies = (browser: TestBrowser): { title: string; body: string }[] =>
    service.received.map(({ body }) => JSON.parse(browser.decrypt(body)));
  const browsersOf = async (userId: string): Promise<string[]> =>
    (await library.push.ofUser(userId)).map(({ endpoint }) => new URL(endpoint).pathname);

  describe('news of the watchlist', () => {
    it('come with the version in which a film is new on the services of the viewer, and when it leaves them', async () => {
      await viewer('ann');
      const browser = await subscribe('ann', 'phone');
      const server = serve();
      await look(server);
      expect(service.received).toEqual([]);
      served = SECOND;
      await look(server);
      expect(bodies(browser)).toEqual([{ title: 'New on your services (1)', body: 'Alien', lang: 'en', dir: 'ltr' }]);
      await look(server);
      expect(service.received).toHaveLength(1);
      served = THIRD;
      clock += DAY_MS;
      await look(server);
      expect(bodies(browser)[1]).toEqual({ title: 'No longer on your services (1)', body: 'Alien', lang: 'en', dir: 'ltr' });
      expect(service.received.map(({ path }) => path)).toEqual(['/phone', '/phone']);
    });

    it('go to each browser of the viewer in its language, and to nobody else', async () => {
      for (const user of ['ann', 'ben', 'cid', 'dan']) await viewer(user, user === 'cid' ? ['hulu'] : user === 'dan' ? [] : ['netflix']);
      await list('ben', ALIENS);
      await library.setWatched('ben', [ALIEN as MovieId], true, new Date(clock));
      const [phone, laptop] = [await subscribe('ann', 'phone', { language: 'de' }), await subscribe('ann', 'laptop', { language: 'he' })];
      for (const user of ['ben', 'cid', 'dan']) await subscribe(user, user);
      const server = serve();
      await look(server);
      served = SECOND;
      await look(server);
      const at = (path: string): Buffer => service.received.find((one) => one.path === path)?.body ?? Buffer.alloc(0);
      expect(service.received.map(({ path }) => path).sort()).toEqual(['/laptop', '/phone']);
      expect(JSON.parse(phone.decrypt(at('/phone')))).toMatchObject({ title: 'Neu bei deinen Diensten (1)', lang: 'de', dir: 'ltr' });
      expect(JSON.parse(laptop.decrypt(at('/laptop')))).toMatchObject({ title: 'חדש בשירותים שלכם (1)', lang: 'he', dir: 'rtl' });
    });

    it('come once a day at most, and later news are not lost', async () => {
      await viewer('ann');
      const browser = await subscribe('ann', 'phone');
      const server = serve();
      await look(server);
      served = SECOND;
      await look(server);
      served = THIRD;
      clock += DAY_MS - 1;
      await look(server);
      expect(service.received).toHaveLength(1);
      clock += 1;
      await look(server);
      expect(bodies(browser).map(({ title }) => title)).toEqual(['New on your services (1)', 'No longer on your services (1)']);
    });

    it('of the same day are told once, whatever version has them, and not of films that are listed afterwards', async () => {
      await viewer('ann');
      const browser = await subscribe('ann', 'phone');
      const server = serve();
      await look(server);
      served = SECOND;
      await look(server);
      clock += 2 * DAY_MS;
      await list('ann', ALIENS);
      const offers = {
        [ALIEN]: [OLD, 'US:subscription:8:2026-01-11::Netflix'],
        [ALIENS]: ['US:subscription:8:2026-01-11::Netflix'],
        2571: ['US:subscription:8:2026-01-11::Netflix'],
      };
      served = versionOf('v2b', offers);
      await look(server);
      expect(bodies(browser)).toHaveLength(1);
      await library.addToWatchlist(
        'ann',
        { movieId: 2571 as MovieId, title: 'The Matrix', sortTitle: 'matrix', year: 1999 },
        new Date(START - HOUR_MS),
      );
      served = versionOf('v2c', offers);
      await look(server);
      // It came on a day that was told already, but this film was not among what was told then.
      expect(bodies(browser).map(({ body }) => body)).toEqual(['Alien', 'The Matrix']);
    });

    it('are kept from accounts that are disabled', async () => {
      await viewer('ann');
      await subscribe('ann', 'phone');
      const server = serve(library, { disabled: 'ann' });
      await look(server);
      served = SECOND;
      await look(server);
      expect([service.received, logged]).toEqual([[], []]);
    });
  });

  describe('two servers', () => {
    it('send each message once', async () => {
      const users = Array.from({ length: 30 }, (_, n) => `viewer-${n}`);
      for (const user of users) {
        await viewer(user);
        await subscribe(user, user);
      }
      const other = openDatabase(where);
      const both = [serve(), serve(new SqlLibraryStore(other))];
      await Promise.all(both.map(look));
      served = SECOND;
      await Promise.all(both.map(look));
      await Promise.all(both.map(look));
      expect(service.received.map(({ path }) => path).sort()).toEqual(users.map((user) => `/${user}`).sort());
      for (const server of servers.splice(0)) await server.stop();
      await other.close();
    });

    it('on different versions look at a watchlist twice, and then once an hour', async () => {
      await viewer('ann');
      await subscribe('ann', 'phone');
      const looks: string[] = [];
      const finishLook = library.push.finishLook.bind(library.push);
      vi.spyOn(library.push, 'finishLook').mockImplementation((look, finished, ...rest) => {
        looks.push(finished.version);
        return finishLook(look, finished, ...rest);
      });
      const server = serve();
      const inTurn = async (times: number): Promise<void> => {
        for (let n = 0; n < times; n++) {
          served = versionOf(n % 2 === 0 ? 'old' : 'new', { [ALIEN]: [OLD] });
          await look(server);
        }
      };
      await inTurn(6);
      expect(looks).toEqual(['old', 'new']);
      clock += HOUR_MS - 1;
      await inTurn(2);
      expect(looks).toHaveLength(2);
      clock += 1;
      await inTurn(6);
      expect(looks).toEqual(['old', 'new', 'old', 'new']);
    });

    it('leave nothing undone when one is killed: what it had claimed is free after two minutes', async () => {
      await viewer('ann');
      const browser = await subscribe('ann', 'phone');
      const server = serve();
      await look(server);
      served = SECOND;
      expect(await library.push.claimLooks('v2', 10, clock, 120_000)).toHaveLength(1);
      clock += 119_999;
      await look(server);
      expect(service.received).toEqual([]);
      clock += 1;
      await look(server);
      expect(bodies(browser)).toHaveLength(1);
    });

    it('do not write over each other when one was slower than its lease', async () => {
      await viewer('ann');
      await subscribe('ann', 'phone');
      const [slow] = await library.push.claimLooks('v2', 10, clock, 1_000);
      clock += 1_000;
      const [next] = await library.push.claimLooks('v2', 10, clock, 1_000);
      const finish = (claimed: typeof slow) =>
        library.push.finishLook(claimed, { version: 'v2', day: 1, told: [], at: clock, nextAt: clock }, () => 'news', clock + DAY_MS);
      await finish(slow);
      expect(await library.push.claimMessages(10, clock, 1_000)).toEqual([]);
      await finish(next);
      expect(await library.push.claimMessages(10, clock, 1_000)).toHaveLength(1);
    });
  });

  describe('a push service', () => {
    const withNews = async (): Promise<PushNews> => {
      await viewer('ann');
      await subscribe('ann', 'phone');
      const server = serve();
      await look(server);
      served = SECOND;
      return server;
    };

    it.each([404, 410])('that answers %i does not know the browser any more', async (status) => {
      const server = await withNews();
      await subscribe('ann', 'laptop');
      service.answers = [{ status }];
      await look(server);
      expect(await browsersOf('ann')).toEqual([]);
      expect(logged.at(-1)).toEqual({ about: { sent: 0, gone: 2, later: 0, refused: 0 }, message: 'messages to browsers' });
    });

    it('that has enough or is away gets the message again after 1, 2, 4 minutes, or when it says', async () => {
      const server = await withNews();
      service.answers = [{ status: 429 }, { status: 503 }, { status: 500, headers: { 'retry-after': '7200' } }, { status: 201 }];
      const pauses: number[] = [];
      for (const pause of [60_000, 120_000, 7_200_000]) {
        await look(server);
        const { length } = service.received;
        clock += pause - 1;
        await look(server);
        expect(service.received).toHaveLength(length);
        clock += 1;
        pauses.push(length);
      }
      expect(pauses).toEqual([1, 2, 3]);
      await look(server);
      await look(server);
      expect(service.received).toHaveLength(4);
      expect(logged.flatMap(({ about }) => ('pauseMs' in about ? [about.pauseMs] : []))).toEqual([60_000, 120_000, 7_200_000]);
      expect(JSON.stringify(logged)).not.toContain('/phone');
    });

    it('that is away for a day gets nothing old', async () => {
      const server = await withNews();
      service.answers = [{ status: 503 }];
      await look(server);
      clock += DAY_MS;
      service.answers = [{ status: 201 }];
      await look(server);
      expect(service.received).toHaveLength(1);
      expect(await browsersOf('ann')).toEqual(['/phone']);
    });

    it('that refuses a message gets it once', async () => {
      const server = await withNews();
      service.answers = [{ status: 413 }];
      await look(server);
      clock += HOUR_MS;
      await look(server);
      expect(service.received).toHaveLength(1);
      expect(logged[0]).toMatchObject({ message: 'a push service refused a message', about: { reason: 'the push service answered 413' } });
    });
  });

  describe('a browser', () => {
    it('ends with its session, with other keys of the server, and with the account', async () => {
      const at = new Date(START).toISOString();
      const rows = { createdAt: at, updatedAt: at };
      const { kysely } = database;
      await kysely
        .insertInto('cinematch_user')
        .values({ id: 'ann', name: 'Ann', email: 'ann@films.example', emailVerified: false, ...rows } as never)
        .execute()
        .catch(() =>
          kysely
            .insertInto('cinematch_user')
            .values({ id: 'ann', name: 'Ann', email: 'ann@films.example', emailVerified: 0, ...rows } as never)
            .execute(),
        );
      for (const [id, expiresAt] of [
        ['s1', START + DAY_MS],
        ['s2', START],
      ] as const)
        await kysely
          .insertInto('cinematch_session')
          .values({ id, userId: 'ann', token: id, expiresAt: new Date(expiresAt).toISOString(), ...rows } as never)
          .execute();
      for (const [name, sessionId] of [
        ['open', 's1'],
        ['expired', 's2'],
        ['signed-out', 's3'],
        ['proxy', null],
      ] as const)
        await subscribe('ann', name, { sessionId });
      await library.push.sweep(KEYS.publicKey, clock);
      expect((await browsersOf('ann')).sort()).toEqual(['/open', '/proxy']);
      await library.push.sweep(createWebPushKeys().publicKey, clock);
      expect(await browsersOf('ann')).toEqual([]);
      await subscribe('ann', 'phone');
      await library.deleteUser('ann');
      for (const table of ['cinematch_push_subscriptions', 'cinematch_push_looks'])
        expect(await kysely.selectFrom(table).selectAll().execute(), table).toEqual([]);
    });

    it('is one of ten of a viewer at most: the oldest goes', async () => {
      for (let n = 0; n < 10; n++) {
        clock += 1;
        await subscribe('ann', `b${n}`);
      }
      expect(await browsersOf('ann')).toHaveLength(10);
      clock += 1;
      await subscribe('ann', 'b0');
      clock += 1;
      await subscribe('ann', 'b10');
      expect(await browsersOf('ann')).toEqual(['/b2', '/b3', '/b4', '/b5', '/b6', '/b7', '/b8', '/b9', '/b0', '/b10']);
    });

    it('that another viewer uses now gets no message of the one before', async () => {
      await viewer('ann');
      await subscribe('ann', 'shared');
      const [claimed] = await library.push.claimLooks('v2', 10, clock, 1_000);
      await library.push.finishLook(claimed, { version: 'v2', day: 1, told: [], at: clock, nextAt: clock }, () => 'news', clock + DAY_MS);
      await subscribe('ben', 'shared');
      expect([await browsersOf('ann'), await browsersOf('ben')]).toEqual([[], ['/shared']]);
      expect(await library.push.claimMessages(10, clock, 1_000)).toEqual([]);
    });

    it('that was turned off and on again tells nothing of the time between', async () => {
      await viewer('ann');
      await subscribe('ann', 'phone');
      const server = serve();
      await look(server);
      expect(await library.push.unsubscribe('ben', `${service.origin}/phone`)).toBe(false);
      expect(await library.push.unsubscribe('ann', `${service.origin}/phone`)).toBe(true);
      expect(await library.push.unsubscribe('ann', `${service.origin}/phone`)).toBe(false);
      served = SECOND;
      await subscribe('ann', 'phone');
      await look(server);
      expect(service.received).toEqual([]);
    });
  });
}
