import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogText } from '../../test/catalog-text.ts';
import { generatedMovies } from '../../test/generated-movies.ts';
import { seeded } from '../data/random.ts';
import type { Results } from '../evaluation/results.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { run } from './evaluate.ts';

let folder: string;
let catalog: string;
let ratings: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evaluate-'));
  catalog = join(folder, 'movies.csv');
  // A name that looks like markup.
  ratings = join(folder, 'a<b>&"ratings.csv');
  const movies = generatedMovies(80);
  await writeFile(catalog, catalogText(movies));
  const random = seeded(2);
  const lines = Array.from({ length: 75 }, (_, user) =>
    movies
      .filter((_, n) => random() < 0.8 / (1 + n / 20))
      .map(({ movieId }) => `${user + 1},${movieId},${Math.ceil(random() * 10) / 2},${Math.floor(random() * 1e9)}\n`),
  );
  await writeFile(ratings, `userId,movieId,rating,timestamp\n${lines.flat().join('')}`);
});

afterAll(() => rm(folder, { recursive: true }));

async function report(
  name: string,
  ...more: string[]
): Promise<{ results: Results; json: string; html: string; markdown: string; lines: string[] }> {
  const context = recordingContext();
  const out = join(folder, name);
  await run(['--ratings', ratings, '--out', out, ...more], context);
  const json = await readFile(join(out, 'metrics.json'), 'utf8');
  const [html, markdown] = await Promise.all(['report.html', 'report.md'].map((file) => readFile(join(out, file), 'utf8')));
  return { results: JSON.parse(json) as Results, json, html, markdown, lines: context.lines };
}

describe('evaluate', () => {
  test('writes the same bytes for the same inputs and seed, and others for another seed', async () => {
    const args = ['--catalog', catalog, '--models', 'content', '--held-out', '10'];
    const [first, second] = [await report('first', ...args), await report('second', ...args)];
    expect(second.json).toBe(first.json);
    expect(second.html).toBe(first.html);
    expect(second.markdown).toBe(first.markdown);
    expect((await report('third', ...args, '--seed', '2')).json).not.toBe(first.json);
    expect(first.results.models.map(({ model }) => model)).toEqual(['popularity', 'content']);
    expect(first.results.models[1].beyond.diversity).toBeGreaterThan(0);
    expect(first.results.models[1].byGenre.length).toBeGreaterThan(3);
  });

  test('measures test users unless --users is validation, and holds out a tenth unless --held-out is set', async () => {
    const [{ results: onTest }, { results: onValidation }] = [await report('test'), await report('validation', '--users', 'validation')];
    expect(onTest.counts.users).toBeLessThanOrEqual(6);
    expect(onTest.counts.trainingUsers).toBeGreaterThanOrEqual(40);
    expect(onValidation.users).toBe('validation');
    expect(onValidation.models).not.toEqual(onTest.models);
  });

  test('takes the test users from another file when it is named', async () => {
    const { results } = await report('blind', '--test-ratings', ratings, '--held-out', '0');
    expect(results).toMatchObject({ testRatings: 'a<b>&"ratings.csv', counts: { users: results.counts.trainingUsers } });
    expect(results.counts.users).toBeGreaterThan(50);
  });

  test('measures a hybrid without a catalog, and chooses its weights on training users when there are no validation users', async () => {
    const { results } = await report('alone', '--models', 'hybrid,hybrid-rerank@0.4', '--test-ratings', ratings, '--held-out', '0');
    expect(results.models.map(({ model }) => model)).toEqual(['popularity', 'hybrid', 'hybrid-rerank@0.4']);
    expect(results.models[1].accuracy.all['ndcg@100'].mean).toBeGreaterThan(0.05);
  });

  test('splits in time and leaves movies out', async () => {
    const { results: temporal } = await report('temporal', '--protocol', 'temporal', '--models', 'recent-popularity');
    expect(temporal.about).toMatch(/Global temporal split .* at 19\d\d-\d\d-\d\d/);
    expect(temporal.counts.candidates).toBe(80);
    const { results: cold } = await report(
      'cold',
      '--protocol',
      'cold',
      '--catalog',
      catalog,
      '--models',
      'content-cosine',
      '--held-out',
      '15',
    );
    // Each of the eighty movies is liked by at least one user.
    expect(cold.counts.candidates).toBe(8);
    // A cold movie has no likes, so popularity cannot rank it.
    expect(cold.models[0].accuracy['1']).toEqual(cold.models[0].accuracy.all);
  });

  test('measures a hybrid on cold movies when there are enough users to choose its weights', async () => {
    const ask = (name: string, heldOut: string) =>
      report(name, '--protocol', 'cold', '--catalog', catalog, '--models', 'content-cosine,hybrid', '--held-out', heldOut);
    const { results } = await ask('cold-hybrid', '5');
    expect(results.models.map(({ model }) => model)).toEqual(['popularity', 'content-cosine', 'hybrid']);
    expect(results.models[2].accuracy.all['ndcg@100'].mean).toBeGreaterThan(0.1);
    await expect(ask('cold-few', '15')).rejects.toThrow(/hybrid needs 50 training users with 5 likes to choose its weights, found \d+;/);
  });

  test('the page is self-contained, has no scripts, and escapes names', async () => {
    const { html, markdown } = await report('page', '--catalog', catalog, '--models', 'content', '--held-out', '10');
    expect(html).toContain('a&lt;b&gt;&amp;&quot;ratings.csv');
    expect(html).not.toContain('a<b>');
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(|\bon\w+=|https?:/i);
    expect(html).toContain(`default-src 'none'`);
    expect(html.match(/<svg class="chart"/g)).toHaveLength(3);
    expect(html).not.toMatch(/NaN|undefined|Infinity/);
    expect(html.match(/<(svg|g|table|ul|h2|title|text)\b/g)).toHaveLength(html.match(/<\/(svg|g|table|ul|h2|title|text)>/g)?.length ?? 0);
    expect(markdown).toContain('| model | recall@20 | recall@50 | ndcg@100 | ndcg@10 |');
    expect(markdown).not.toMatch(/NaN|undefined/);
  });

  test('names no folder of the machine in what it writes', async () => {
    const { json, html, markdown } = await report('folders', '--catalog', catalog);
    for (const text of [json, html, markdown]) expect(text).not.toContain(folder);
  });

  test.each([
    [['--protocol', 'stron'], '--protocol is one of strong, temporal, cold, profiles, co-likes, stream, not "stron"'],
    [['--models', 'eas', '--out', 'x'], 'unknown model "eas"'],
    [['--users', 'all', '--out', 'x'], '--users is one of test, validation'],
    [[], '--out is missing'],
    [['--half', 'tuning', '--out', 'x'], '--half does not apply to --protocol strong'],
    [['--protocol', 'co-likes', '--seed', '3'], '--seed does not apply to --protocol co-likes'],
    [['--protocol', 'co-likes'], '--catalog is missing'],
    [['--protocol', 'temporal', '--held-out', '3', '--out', 'x'], '--held-out does not apply to --protocol temporal'],
    [['--models', 'content', '--out', 'x'], 'need a merged catalog; name it with --catalog'],
  ])('refuses %j', async (args, message) => {
    await expect(
      run(['--ratings', ratings, ...args.map((arg) => (arg === 'x' ? join(folder, 'refused') : arg))], recordingContext()),
    ).rejects.toThrow(message);
  });

  test('compares feature configs and a hybrid by co-likes', async () => {
    // Two groups of users, each with every other of the first 24 movies.
    const [truth, others] = [join(folder, 'truth.csv'), join(folder, 'others.csv')];
    const ids = generatedMovies(24).map(({ movieId }) => movieId);
    const likesOf = (user: number): string[] => ids.filter((_, n) => n % 2 === user % 2).map((id) => `${user},${id},5`);
    const text = (users: number): string =>
      ['userId,movieId,rating', ...Array.from({ length: users }, (_, user) => likesOf(user)).flat()].join('\n');
    await Promise.all([writeFile(truth, text(90)), writeFile(others, text(60))]);
    const context = recordingContext();
    const args = ['--protocol', 'co-likes', '--ratings', truth, '--catalog', catalog, '--configs', 'default'];
    await run([...args, '--learn-from', others], context);
    expect(context.lines[0]).toBe('90 users, 1080 likes; held-out query movies');
    const [content, hybrid] = context.lines.slice(2).map((line) => line.trim().split(/ +/));
    expect([content[0], hybrid[0], hybrid[3]]).toEqual(['default', 'hybrid', '-']);
    // A user that likes one movie of a group likes all of them. Content cannot see the groups.
    expect(Number(hybrid[2])).toBeGreaterThan(Number(content[2]) + 0.2);
  });
});
