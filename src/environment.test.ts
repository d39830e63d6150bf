import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { EnvironmentError, parseEnvironment } from './environment.ts';

const EXAMPLE = parseEnv(readFileSync(new URL('../.env.example', import.meta.url), 'utf8'));

describe('the environment', () => {
  it('has a default for everything', () => {
    expect(parseEnvironment({})).toMatchObject({
      http: { port: 4000, host: '0.0.0.0', corsOrigins: [] },
      graphql: { introspection: true },
      artifactsDirectory: 'artifacts',
      logLevel: 'info',
    });
  });

  it('takes what is set', () => {
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

  it('counts a variable that is set to nothing as not set', () => {
    expect(parseEnvironment({ PORT: '', HOST: '  ', INTROSPECTION: '' }).http).toMatchObject({ port: 4000, host: '0.0.0.0' });
  });

  it('reports every problem at once, a line each, with name and value', () => {
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

  it('is documented whole in .env.example, with the defaults it has', () => {
    expect(parseEnvironment(EXAMPLE)).toEqual(parseEnvironment({}));
    const read = new Set<string>();
    const source = readFileSync(new URL('./environment.ts', import.meta.url), 'utf8');
    for (const [, name] of source.matchAll(/^ {2}([A-Z_]+): /gm)) read.add(name);
    expect(Object.keys(EXAMPLE).sort()).toEqual([...read].sort());
  });
});
