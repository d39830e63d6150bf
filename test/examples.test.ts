import { readdirSync, readFileSync } from 'node:fs';
import { parse, print, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CatalogDocument,
  MovieAndItsLikesDocument,
  SciFiAndActionOnNetflixDocument,
  type SciFiAndActionOnNetflixQuery,
  SearchDocument,
  type SearchQuery,
} from '../client/src/generated/graphql.ts';
import { createSchema } from '../src/graphql/schema.ts';
import { fixtureSnapshot } from './fixture-release.ts';
import { ask, type TestApp, testApp } from './running-app.ts';

const FOLDER = new URL('../client/playground/examples/', import.meta.url);
const EXAMPLES = readdirSync(FOLDER).sort();

describe('the examples of the playground', () => {
  let app: TestApp;
  beforeAll(async () => {
    const snapshot = await fixtureSnapshot();
    app = await testApp(() => snapshot);
  });
  afterAll(() => app.shutDown(0));

  it.each(EXAMPLES)('%s is valid, begins with a word about itself, and answers', async (name) => {
    const text = readFileSync(new URL(name, FOLDER), 'utf8');
    expect(text).toMatch(/^# \w/);
    expect(validate(createSchema(), parse(text))).toEqual([]);
    const data = await ask<Record<string, unknown>>(app, text);
    expect(Object.values(data)).not.toContain(null);
  });

  it('are the documents that the generated types were made from', async () => {
    const generated = [SciFiAndActionOnNetflixDocument, SearchDocument, MovieAndItsLikesDocument, CatalogDocument].map((document) =>
      print(document),
    );
    const plain = (text: string): string => print(parse(text));
    expect(generated).toEqual(EXAMPLES.map((name) => plain(readFileSync(new URL(name, FOLDER), 'utf8'))));
  });

  it('give what their types promise', async () => {
    const { recommendations }: SciFiAndActionOnNetflixQuery = await ask(app, print(SciFiAndActionOnNetflixDocument));
    for (const { movie } of recommendations.nodes) {
      expect(movie.services.map(({ name }) => name)).toContain('Netflix');
      expect(movie.genres.some(({ name }) => name === 'Sci-Fi' || name === 'Action')).toBe(true);
    }
    const { searchMovies }: SearchQuery = await ask(app, print(SearchDocument), { query: 'amelie' });
    expect(searchMovies.nodes.map(({ title }) => title)).toEqual(['Amélie']);
  });
});
