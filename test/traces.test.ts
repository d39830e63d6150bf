import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type TemporaryFolder, temporaryFolder } from './fixture-release.ts';
import { type RunningServer, startServer } from './real-servers/cinematch.ts';
import { findRedis, type RealRedis, startRedis } from './real-servers/redis.ts';
import { freePorts } from './real-servers/server-process.ts';

interface OtlpAttribute {
  key: string;
  value: { stringValue?: string; intValue?: number | string };
}

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: OtlpAttribute[];
  status: { code?: number };
}

interface OtlpTraces {
  resourceSpans: { resource: { attributes: OtlpAttribute[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
}

/** Takes OTLP in JSON, as a collector does. */
class Collector {
  readonly posts: { path: string; headers: Record<string, unknown>; text: string }[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(port = 0): Promise<Collector> {
    const server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const bytes = Buffer.concat(parts);
      const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
      collector.posts.push({ path: request.url ?? '', headers: request.headers, text });
      response.setHeader('content-type', 'application/json').end('{"partialSuccess":{}}');
    }).listen(port, '127.0.0.1');
    const collector = new Collector(server);
    await once(server, 'listening');
    return collector;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get traces(): OtlpTraces[] {
    return this.posts.map(({ text }) => JSON.parse(text));
  }

  get spans(): OtlpSpan[] {
    return this.traces.flatMap(({ resourceSpans }) => resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await once(this.#server.close(), 'close');
  }
}

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER_SPAN = '00f067aa0ba902b7';
const ACCOUNT = { name: 'Ada Secretname', email: 'ada@secret-address.example', password: 'a long secret password' };
const RECOMMENDATIONS = `query SecretOperation($prefs: PreferencesInput) {
  recommendations(first: 5, prefs: $prefs) { nodes { movie { title } explanation } }
}`;
const redis = findRedis();

async function send(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const sent = { 'content-type': 'application/json', origin: new URL(url).origin, ...headers };
  const response = await fetch(url, { method: 'POST', headers: sent, body: JSON.stringify(body) });
  expect([response.status, await response.clone().text()]).toEqual([200, expect.not.stringContaining('"errors"')]);
  return response;
}

/** An account with a like, as its cookie. */
async function signedIn(url: string): Promise<string> {
  const response = await send(`${url}/api/auth/sign-up/email`, ACCOUNT);
  const cookie = response.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
  await send(`${url}/graphql`, { query: 'mutation { setFeedback(movieId: "1", signal: LIKE) { title } }' }, { cookie });
  return cookie;
}

function attributesOf({ attributes }: { attributes: OtlpAttribute[] }): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]));
}

describe.skipIf(redis.path === undefined)(`traces (${redis.hint})`, () => {
  let temporary: TemporaryFolder;
  let collector: Collector;
  let cache: RealRedis;
  let server: RunningServer;
  let spans: OtlpSpan[];
  const inTrace = (): OtlpSpan[] => collector.spans.filter(({ traceId }) => traceId === TRACE);

  beforeAll(async () => {
    temporary = await temporaryFolder();
    collector = await Collector.start();
    cache = await startRedis(redis.path ?? '');
    server = await startServer(temporary.path, {
      REDIS_URL: cache.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=a%20key',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    });
    const cookie = await signedIn(server.url);
    const headers = { cookie, traceparent: `00-${TRACE}-${CALLER_SPAN}-01` };
    const prefs = { likedMovieIds: ['2571'], preferredGenres: ['Comedy'] };
    // A ranking is looked up in Redis from its second request on.
    for (let i = 0; i < 2; i++) await send(`${server.url}/graphql`, { query: RECOMMENDATIONS, variables: { prefs } }, headers);
    await fetch(`${server.url}/health`);
    await vi.waitFor(() => expect(inTrace().filter(({ kind }) => kind === 2)).toHaveLength(2), { timeout: 10_000 });
    spans = inTrace();
  }, 120_000);

  afterAll(async () => {
    await server?.end();
    await cache?.stop();
    await collector?.stop();
    await temporary?.remove();
  });

  const pathOf = (span: OtlpSpan): string => {
    const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
    return parent === undefined ? span.name : `${pathOf(parent)} > ${span.name}`;
  };

  it('go on with that of the caller, from the request down to SQL and Redis', () => {
    const paths = spans.map(pathOf);
    const operation = 'POST /graphql > graphql recommendations';
    expect(paths).toEqual(
      expect.arrayContaining([
        'POST /graphql',
        operation,
        `${operation} > recommend`,
        `${operation} > recommend > profile`,
        `${operation} > recommend > profile > sql select cinematch_feedback`,
        `${operation} > recommend > rank`,
        `${operation} > recommend > rank > candidates`,
        `${operation} > recommend > rank > score`,
        `${operation} > recommend > rank > explain`,
        `${operation} > recommend > redis get`,
      ]),
    );
    const requests = spans.filter(({ name }) => name === 'POST /graphql');
    expect(requests.map(({ parentSpanId }) => parentSpanId)).toEqual([CALLER_SPAN, CALLER_SPAN]);
  });

  it('say what was asked by names of the program, and when', () => {
    const [request] = spans.filter(({ name }) => name === 'POST /graphql');
    expect(attributesOf(request)).toEqual({
      'http.request.method': 'POST',
      'http.route': '/graphql',
      'http.response.status_code': 200,
    });
    const [operation] = spans.filter(({ name }) => name === 'graphql recommendations');
    expect(attributesOf(operation)).toMatchObject({ 'graphql.operation.name': 'recommendations', 'cinematch.code': 'OK' });
    for (const span of spans) {
      const [start, end] = [span.startTimeUnixNano, span.endTimeUnixNano].map(Number);
      expect(end, span.name).toBeGreaterThanOrEqual(start);
      expect(Math.abs(start / 1e6 - Date.now()), span.name).toBeLessThan(120_000);
      const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
      // A nanosecond in a JSON number has a rounding of some hundreds.
      if (parent !== undefined) expect(start, pathOf(span)).toBeGreaterThanOrEqual(Number(parent.startTimeUnixNano) - 1_000);
    }
  });

  it('carry the name of the service, and the headers of the collector', () => {
    const { path, headers } = collector.posts[0];
    expect([path, headers['x-collector-key'], headers['content-type']]).toEqual(['/v1/traces', 'a key', 'application/json']);
    const [{ resource }] = collector.traces[0].resourceSpans;
    expect(attributesOf(resource)).toMatchObject({ 'service.name': 'cinematch', 'deployment.environment.name': 'test' });
  });

  it('hold nothing of a person, of variables or of texts, and no probe', () => {
    // Ids and times are digits of any kind.
    const all = collector.posts.map(({ text }) => text.replaceAll(/"(?:traceId|spanId|parentSpanId|\w+UnixNano)":"\w+"/g, '')).join('\n');
    expect(all).not.toMatch(/"spanId"|UnixNano/);
    for (const secret of ['secret', 'Secret', '2571', 'Comedy', '127.0.0.1', 'likedMovieIds', 'localhost:', 'user-agent'])
      expect(all.includes(secret), secret).toBe(false);
    expect(collector.spans.map(({ name }) => name)).toContain('POST /api/auth/*');
    expect(collector.spans.filter(({ name }) => /health/.test(name))).toEqual([]);
  });

  it('show the thread that reads an import as a part of its request', async () => {
    const login = await send(`${server.url}/api/auth/sign-in/email`, { email: ACCOUNT.email, password: ACCOUNT.password });
    const cookie = login.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const text = `userId,movieId,rating,timestamp\n${'1,999999999,4.0,1700000000\n'.repeat(5_000)}`;
    const query = 'mutation ($text: String!) { importHistory(source: MOVIELENS, text: $text, dryRun: true) { notFoundCount } }';
    await send(`${server.url}/graphql`, { query, variables: { text } }, { cookie });
    await expect.poll(() => collector.spans.some(({ name }) => name === 'read import'), { timeout: 10_000 }).toBe(true);
    await expect.poll(() => collector.spans.some(({ name }) => name === 'graphql importHistory'), { timeout: 10_000 }).toBe(true);
    const all = collector.spans;
    const read = all.find(({ name }) => name === 'read import');
    expect(all.find(({ spanId }) => spanId === read?.parentSpanId)?.name).toBe('graphql importHistory');
  });
});

describe('without a collector', () => {
  let temporary: TemporaryFolder;
  beforeAll(async () => {
    temporary = await temporaryFolder();
  });
  afterAll(() => temporary.remove());

  it('one that is away costs a line of the log, and its traces', async () => {
    const [port] = await freePorts(1);
    const server = await startServer(join(temporary.path, 'away'), {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_TIMEOUT: '200',
      OTEL_BSP_SCHEDULE_DELAY: '20',
    });
    const ask = () => send(`${server.url}/graphql`, { query: '{ movie(id: "1") { title } }' });
    const lines = (text: string): number => server.output().split(text).length - 1;
    await ask();
    await expect.poll(() => lines('the collector does not take traces'), { timeout: 10_000 }).toBe(1);
    for (let i = 0; i < 20; i++) await ask();
    const collector = await Collector.start(port);
    await expect
      .poll(
        async () => {
          await ask();
          return lines('the collector takes traces');
        },
        { timeout: 10_000, interval: 100 },
      )
      .toBe(1);
    expect(lines('the collector does not take traces')).toBe(1);
    await server.end();
    expect(server.output()).toContain('"msg":"stopped"');
    await collector.stop();
  });

  it('nothing of OpenTelemetry is loaded', async () => {
    const listing = join(temporary.path, 'listing.mjs');
    await writeFile(
      listing,
      `import module from 'node:module';
const { threadId } = await import('node:worker_threads');
module.registerHooks({
  load(url, context, next) {
    if (/opentelemetry|\\/traces\\//.test(url)) process.stderr.write('LOADED ' + threadId + ' ' + url + '\\n');
    return next(url, context);
  },
});`,
    );
    const start = (environment: Record<string, string>) =>
      startServer(join(temporary.path, 'off'), { NODE_OPTIONS: `--import=${listing}`, ...environment });
    const loadedBy = async (server: RunningServer): Promise<string[]> => {
      const cookie = await signedIn(server.url);
      await send(`${server.url}/graphql`, { query: RECOMMENDATIONS }, { cookie });
      await server.end();
      return server.output().match(/LOADED .*/g) ?? [];
    };
    // better-auth looks whether the program registered a tracer of its own. It gets these two packages for that.
    const ofBetterAuth = /@opentelemetry\/(api|semantic-conventions)\//;
    expect((await loadedBy(await start({}))).filter((line) => !ofBetterAuth.test(line))).toEqual([]);
    const off = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', OTEL_SDK_DISABLED: 'true' };
    const disabled = await start(off);
    await disabled.end();
    expect((disabled.output().match(/LOADED .*/g) ?? []).filter((line) => !ofBetterAuth.test(line))).toEqual([]);
    // The same listing sees them when they are on.
    const on = await start({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
    await on.end();
    expect(on.output()).toMatch(/LOADED 0 .*@opentelemetry\/sdk-trace\//);
  }, 120_000);
});
