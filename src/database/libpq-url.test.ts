import { describe, expect, it } from 'vitest';
import { libpqConnection } from './libpq-url.ts';

describe('the URL for pg_dump', () => {
  it.each([
    ['postgresql://ann:p%40ss@db:5433/films', 'postgresql://ann@db:5433/films', 'p@ss'],
    ['postgresql://db/films?sslmode=no-verify', 'postgresql://db/films?sslmode=require', undefined],
    ['postgresql://db/films?ssl=true&max=5', 'postgresql://db/films?sslmode=require', undefined],
    ['postgresql://db/films?uselibpqcompat=true&sslmode=require', 'postgresql://db/films?sslmode=require', undefined],
    ['postgresql://db/films?password=secret&options=-c%20search_path%3Dx', 'postgresql://db/films?options=-c%20search_path%3Dx', 'secret'],
    ['postgresql://db/films?sslmode=verify-full', 'postgresql://db/films?sslmode=verify-full&sslrootcert=%2Fca.pem', undefined],
    [
      'postgresql://db/films?sslmode=verify-full&sslrootcert=/own.pem',
      'postgresql://db/films?sslmode=verify-full&sslrootcert=%2Fown.pem',
      undefined,
    ],
  ])('%s', (url, target, password) => {
    const order = (text: string): string => {
      const { origin, searchParams } = new URL(text);
      searchParams.sort();
      return `${origin}${text.split('?')[0]}?${searchParams}`;
    };
    const connection = libpqConnection(url, '/ca.pem');
    expect(order(connection.url)).toBe(order(target));
    expect(connection.variables).toEqual(password === undefined ? {} : { PGPASSWORD: password });
    expect(connection.url).not.toContain('+');
  });
});
