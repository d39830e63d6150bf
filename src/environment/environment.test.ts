import { readdirSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { EnvironmentError, parseEnvironment } from './environment.ts';

const EXAMPLE = parseEnv(readFileSync(new URL('../../.env.example', import.meta.url), 'utf8'));

describe('the environment', () => {
  it('has a default for everything', () => {
    expect(parseEnvironment({})).toMatchObject({
      http: { port: 4000, host: '::', corsOrigins: [] },
      graphql: { introspection: true },
      artifactsDirectory: 'artifacts',
      logLevel: 'info',
    });
  });

  it('takes the variables that are set', () => {
    const { http, graphql, artifactsDirectory } = parseEnvironment({
      PORT: ' 8080 ',
      CORS_ORIGINS: 'https://a.example, http://localhost:5173',
      INTROSPECTION: 'off',
      MAX_DEPTH: '7',
      ARTIFACTS_DIR: '/srv/films',
    });
    expect(http.port).toBe(8080);
    expect(http.corsOrigins).toEqual(['https://a.example', 'http://localhost:5173']);
    expect(graphql.introspection).toBe(false);
    expect(graphql.limits.maxDepth).toBe(7);
    expect(artifactsDirectory).toBe('/srv/films');
  });

  it('counts an empty variable as not set', () => {
    expect(parseEnvironment({ PORT: '', HOST: '  ', INTROSPECTION: '' }).http).toMatchObject({ port: 4000, host: '::' });
  });

  it('reports every problem at once, one a line, with name and value', () => {
    const wrong = {
      PORT: '70000',
      LOG_LEVEL: 'loud',
      INTROSPECTION: 'yes',
      MAX_DEPTH: '-1',
      REQUEST_TIMEOUT_MS: '10s',
      CORS_ORIGINS: 'https://a.example/path,*',
    };
    let message = '';
    try {
      parseEnvironment(wrong);
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      message = error.message;
    }
    const lines = message.split('\n');
    for (const [name, value] of Object.entries(wrong))
      expect(lines.filter((line) => line.startsWith(`${name}=${value}: `)).length, name).toBeGreaterThan(0);
    expect(lines).toHaveLength(7);
    expect(lines[0]).toBe('PORT=70000: expected a whole number from 0 to 65535 (.env.example tells more)');
  });

  it('sends traces by the variables of OpenTelemetry, and not without an address', () => {
    const traces = (env: Record<string, string>) => parseEnvironment(env).traces;
    expect(traces({ OTEL_SERVICE_NAME: 'films' })).toBeUndefined();
    expect(traces({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318/' })).toEqual({
      url: 'http://c:4318/v1/traces',
      headers: {},
      timeoutMs: 10_000,
      serviceName: 'cinematch',
      resource: {},
      sampler: 'parentbased_always_on',
      ratio: 1,
      delayMs: 5_000,
    });
    const all = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces/in',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20a=b, x=100%',
      OTEL_RESOURCE_ATTRIBUTES: 'a=1',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    };
    expect(traces(all)).toMatchObject({
      url: 'https://traces/in',
      headers: { authorization: 'Bearer a=b', x: '100%' },
      resource: { a: '1' },
      sampler: 'traceidratio',
      ratio: 0.25,
    });
    expect(traces({ ...all, OTEL_SDK_DISABLED: 'true' })).toBeUndefined();
    expect(traces({ ...all, OTEL_TRACES_EXPORTER: 'none' })).toBeUndefined();
    for (const [name, value] of [
      ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
      ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
      ['OTEL_TRACES_SAMPLER', 'some'],
      ['OTEL_TRACES_SAMPLER_ARG', '1.5'],
      ['OTEL_RESOURCE_ATTRIBUTES', 'only-a-name'],
    ])
      expect(() => traces({ ...all, [name]: value }), name).toThrow(`${name}=${value}: expected`);
    expect(() => traces({ OTEL_EXPORTER_OTLP_HEADERS: 'a-secret-key' })).toThrow('OTEL_EXPORTER_OTLP_HEADERS=***: expected');
  });

  it('accepts one Redis of three kinds, and refuses two', () => {
    expect(parseEnvironment({}).redis).toBeUndefined();
    const secured = { username: undefined, password: 'secret', tls: true, tlsCaFile: 'package.json' };
    const more = { REDIS_PASSWORD: 'secret', REDIS_TLS: 'on', REDIS_TLS_CA: 'package.json' };
    const redis = (env: Record<string, string>) => parseEnvironment({ ...env, ...more }).redis;
    expect(redis({ REDIS_URL: 'redis://a:6379' })).toEqual({ server: { kind: 'single', url: 'redis://a:6379' }, ...secured });
    const nodes = [
      { host: 'a', port: 7000 },
      { host: '::1', port: 7001 },
    ];
    expect(redis({ REDIS_CLUSTER: 'a:7000, [::1]:7001' })).toEqual({ server: { kind: 'cluster', nodes }, ...secured });
    expect(redis({ REDIS_SENTINELS: 'a:7000,[::1]:7001', REDIS_SENTINEL_MASTER: 'films' })).toEqual({
      server: { kind: 'sentinels', sentinels: nodes, master: 'films', sentinelPassword: undefined },
      ...secured,
    });
    const wrong = { PORT: 'x', REDIS_URL: 'redis://a:6379', REDIS_CLUSTER: 'b:7000' };
    expect(() => parseEnvironment(wrong)).toThrow(
      /^PORT=x: .*\nREDIS_URL=redis:\/\/a:6379: set only one of REDIS_URL, REDIS_SENTINELS and/,
    );
    expect(() => parseEnvironment({ REDIS_URL: 'localhost:6379' })).toThrow(/^REDIS_URL=localhost:6379: expected e\.g\. redis:\/\//);
    expect(() => parseEnvironment({ REDIS_CLUSTER: 'a' })).toThrow('"a" is not host:port');
  });

  it('keeps passwords out of its messages', () => {
    const wrong = { REDIS_URL: 'redis://user:hush@a:6379', REDIS_CLUSTER: 'b:7000' };
    expect(() => parseEnvironment(wrong)).toThrow(/^REDIS_URL=redis:\/\/\*\*\*@a:6379: /);
  });

  it('accepts complete providers only, and keeps secrets out of its messages', () => {
    expect(parseEnvironment({}).accounts).toEqual({
      secret: undefined,
      publicUrl: undefined,
      registration: undefined,
      ownerEmail: undefined,
      guests: true,
      passwords: true,
      google: undefined,
      facebook: undefined,
      oidc: undefined,
    });
    const given = { OIDC_DISCOVERY_URL: 'https://id.example/x', OIDC_CLIENT_ID: 'films', OIDC_CLIENT_SECRET: 'hush' };
    expect(parseEnvironment({ ...given, PUBLIC_URL: 'https://films.example' }).accounts).toMatchObject({
      publicUrl: 'https://films.example',
      oidc: { discoveryUrl: 'https://id.example/x', clientId: 'films', clientSecret: 'hush' },
    });
    const wrong = { PORT: 'x', AUTH_SECRET: 'too short', GOOGLE_CLIENT_SECRET: 'hush', PUBLIC_URL: 'https://films.example/?api' };
    let message = '';
    try {
      parseEnvironment(wrong);
    } catch (error) {
      message = String(error);
    }
    expect(message).toMatch(
      /PORT=x: .*\nAUTH_SECRET=\*\*\*: expected 32 characters or more.*\nPUBLIC_URL=.*\nGOOGLE_CLIENT_ID=: set all of/,
    );
    expect(message).not.toMatch(/too short|hush/);
  });

  it('lets people in as OWNER_EMAIL, REGISTRATION, GUESTS and PASSWORD_SIGN_IN say', () => {
    const provider = {
      OIDC_DISCOVERY_URL: 'https://id.example/x',
      OIDC_CLIENT_ID: 'films',
      OIDC_CLIENT_SECRET: 'hush',
      OIDC_ALLOWED_GROUPS: 'family, friends',
      OIDC_ALLOWED_DOMAINS: 'Example.org',
      OIDC_ADMIN_GROUP: 'admins',
    };
    const given = { OWNER_EMAIL: 'Ann@Example.org', REGISTRATION: 'closed', GUESTS: 'off', PASSWORD_SIGN_IN: 'off' };
    expect(parseEnvironment({ ...given, ...provider }).accounts).toMatchObject({
      ownerEmail: 'ann@example.org',
      registration: 'closed',
      guests: false,
      passwords: false,
      oidc: { allowedGroups: ['family', 'friends'], allowedDomains: ['example.org'], adminGroup: 'admins' },
    });
    expect(() => parseEnvironment(given)).toThrow(/^PASSWORD_SIGN_IN=\*\*\*: nobody could sign in/);
    expect(() => parseEnvironment({ REGISTRATION: 'maybe' })).toThrow('REGISTRATION=maybe: expected one of open, invite, closed');
    expect(() => parseEnvironment({ OWNER_EMAIL: 'ann' })).toThrow(/OWNER_EMAIL=ann: expected an e-mail address/);
  });

  it.each([
    ['', false],
    ['off', false],
    ['1', 1],
    ['10.0.0.0/8, ::1', ['10.0.0.0/8', '::1']],
  ])('trusts the proxies of TRUST_PROXY=%s', (given, trusted) => {
    expect(parseEnvironment({ TRUST_PROXY: given }).http.trustedProxies).toEqual(trusted);
  });

  it.each(['0', 'on', '10.0.0.0/33', 'proxy.example'])('refuses TRUST_PROXY=%s', (given) => {
    expect(() => parseEnvironment({ TRUST_PROXY: given })).toThrow(EnvironmentError);
  });

  it.each([
    ['https://films.example', 'https://films.example'],
    ['https://films.example/', 'https://films.example'],
    ['HTTPS://Films.Example', 'https://films.example'],
    ['https://films.example:443', 'https://films.example'],
    ['https://films.example:8443/', 'https://films.example:8443'],
    ['  http://nas.local:4000  ', 'http://nas.local:4000'],
    ['http://[fd00::1]:4000', 'http://[fd00::1]:4000'],
  ])('reads PUBLIC_URL=%s as %s', (given, origin) => {
    expect(parseEnvironment({ PUBLIC_URL: given }).accounts.publicUrl).toBe(origin);
  });

  it.each([
    'films.example',
    'films.example:4000',
    '//films.example',
    'ftp://films.example',
    'https://films.example/a film',
    'https://films.example/films?a=b',
    'https://films.example/..%2f',
    'https://films.example?a=b',
    'https://ada@films.example',
    'https://',
  ])('refuses PUBLIC_URL=%s and says what is expected', (given) => {
    expect(() => parseEnvironment({ PUBLIC_URL: given })).toThrow(
      /PUBLIC_URL=.*expected scheme and host, and a path if there is one, e\.g\. https:\/\/films\.example or/,
    );
  });

  it.each([
    [{}, ''],
    [{ BASE_PATH: '/films' }, '/films'],
    [{ BASE_PATH: ' /a/b.c/ ' }, '/a/b.c'],
    [{ BASE_PATH: '/' }, ''],
    [{ PUBLIC_URL: 'https://example.org/films/' }, '/films'],
    [{ PUBLIC_URL: 'https://example.org/films', BASE_PATH: '/films' }, '/films'],
    [{ PUBLIC_URL: 'https://example.org', BASE_PATH: '/films' }, '/films'],
  ])('reads the base path from %o: "%s"', (given, path) => {
    const { http, accounts } = parseEnvironment(given);
    expect(http.basePath).toBe(path);
    expect(accounts.publicUrl).toBe('PUBLIC_URL' in given ? 'https://example.org' : undefined);
  });

  it.each(['films', '/films?x', '/a//b', '/..', '/a b', 'https://films.example/films', '/"'])('refuses BASE_PATH=%s', (path) => {
    expect(() => parseEnvironment({ BASE_PATH: path })).toThrow(/BASE_PATH=.*: expected a path, e\.g\. \/films/);
  });

  it('refuses a base path that PUBLIC_URL contradicts', () => {
    expect(() => parseEnvironment({ BASE_PATH: '/films', PUBLIC_URL: 'https://example.org/cinema' })).toThrow(
      /BASE_PATH=\/films: PUBLIC_URL names another path/,
    );
  });

  it('lists pages for crawlers only with an address to name', () => {
    expect(parseEnvironment({ PUBLIC_URL: 'https://films.example' }).sitemap).toBe(false);
    expect(parseEnvironment({ PUBLIC_URL: 'https://films.example', SITEMAP: 'on' }).sitemap).toBe(true);
    expect(() => parseEnvironment({ SITEMAP: 'on' })).toThrow(/SITEMAP=on: set PUBLIC_URL too/);
  });

  it('listens on a Unix socket', () => {
    expect(parseEnvironment({ LISTEN: 'unix:/run/cinematch/http.sock' }).http.socket).toBe('/run/cinematch/http.sock');
    for (const wrong of ['/run/x.sock', 'unix:x.sock', 'tcp://0.0.0.0:1', `unix:/${'x'.repeat(107)}`])
      expect(() => parseEnvironment({ LISTEN: wrong })).toThrow(/LISTEN=.*: expected unix: and a path/);
  });

  it('takes an address for the assets', () => {
    expect(parseEnvironment({ ASSETS_URL: 'https://cdn.example/films/' }).http.assetsUrl).toBe('https://cdn.example/films');
    for (const wrong of ['cdn.example', 'https://cdn.example/?x', 'https://a@cdn.example', 'https://cdn.example/">'])
      expect(() => parseEnvironment({ ASSETS_URL: wrong })).toThrow(/ASSETS_URL=.*: expected an address/);
  });

  it('is documented in .env.example, every variable with its default', () => {
    expect(parseEnvironment(EXAMPLE)).toEqual(parseEnvironment({}));
    const read = new Set<string>();
    for (const file of readdirSync(new URL('./', import.meta.url)).filter((name) => !name.endsWith('.test.ts'))) {
      const source = readFileSync(new URL(`./${file}`, import.meta.url), 'utf8');
      for (const [, name] of source.matchAll(/^ +([A-Z_]+): (?!'|\[)/gm)) read.add(name);
    }
    expect(Object.keys(EXAMPLE).sort()).toEqual([...read].sort());
  });
});
