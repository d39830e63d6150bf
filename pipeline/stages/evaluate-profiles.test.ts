import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogText } from '../../test/catalog-text.ts';
import { generatedMovies } from '../../test/generated-movies.ts';
import { seeded } from '../data/random.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { run as evaluate } from './evaluate.ts';
import { run as publish } from './publish.ts';
import { run as train } from './train.ts';

const MODELS = 'content,content@0.2,hybrid,hybrid@0.2,hybrid-diverse';

describe('evaluate --protocol profiles', () => {
  let folder: string;
  let catalog: string;
  let ratings: string;
  let artifacts: string;
  let profiles: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'evaluate-profiles-'));
    catalog = join(folder, 'movies.csv');
    ratings = join(folder, 'ratings.csv');
    artifacts = join(folder, 'artifacts');
    profiles = join(folder, 'profiles.json');
    // The catalog's counts come from other people than those of the ratings: the best known movies are the last ones.
    const movies = generatedMovies(80).map((movie, row) => ({ ...movie, ratingCount: 3 ** Math.floor(row / 10), ratingAverage: 4 }));
    await writeFile(catalog, catalogText(movies));
    const random = seeded(2);
    const lines = Array.from({ length: 75 }, (_, user) =>
      movies
        .filter((_, n) => random() < 0.8 / (1 + n / 20))
        .map(({ movieId }) => `${user + 1},${movieId},${Math.ceil(random() * 10) / 2},${Math.floor(random() * 1e9)}\n`),
    );
    await writeFile(ratings, `userId,movieId,rating,timestamp\n${lines.flat().join('')}`);
    const known = movies.filter(({ year }) => year !== null);
    const written = [
      { name: 'Comedies', part: 'first', likes: known.slice(0, 2), relatives: [{ genres: ['Comedy'] }] },
      { name: 'Westerns', part: 'second', likes: known.slice(40, 41), relatives: [{ genres: ['Western'] }] },
    ];
    const text = written.map((one) => ({ ...one, likes: one.likes.map(({ title, year }) => ({ title, year })) }));
    await writeFile(profiles, JSON.stringify(text));
    await train(['--catalog', catalog, '--ratings', ratings, '--artifacts', artifacts, '--name', 'x'], recordingContext());
  });

  afterAll(() => rm(folder, { recursive: true }));

  async function report(
    name: string,
    more: string[] = [],
    inputs = { catalog, models: MODELS },
  ): Promise<{ lines: string[]; markdown: string }> {
    const context = recordingContext();
    const out = join(folder, name);
    const args = ['--protocol', 'profiles', '--ratings', ratings, '--profiles', profiles, '--out', out];
    await evaluate([...args, '--catalog', inputs.catalog, '--models', inputs.models, ...more], context);
    return { lines: context.lines, markdown: await readFile(join(out, 'profiles.md'), 'utf8') };
  }

  test('measures what is served: models of its own rank as a release of the same inputs does', async () => {
    await expect(report('unpublished', ['--artifacts', artifacts])).rejects.toThrow(`${artifacts} has no current release; give --version`);
    const [version] = await readdir(artifacts);
    await publish(['--artifacts', artifacts, '--version', version], recordingContext());
    const { markdown: ofRelease, lines } = await report('release', ['--artifacts', artifacts]);
    expect(lines[0]).toMatch(/^ranked by x-/);
    const { markdown } = await report('trained');
    expect(markdown).toBe(ofRelease);

    // Nobody has one like from the films ranked 200th and later.
    expect(markdown.match(/^\| (?:popularity|content|hybrid)\S* (?:\| \d\.\d{3} ){3}(?:\| - ){6}\|$/gm)).toHaveLength(6);
  });

  test('gives the share of each part, the count of each profile, and the lists', async () => {
    const { markdown } = await report('parts', ['--artifacts', artifacts]);
    expect(markdown).toContain('| model | relatives | first | second | 1 like: of the 100 |');
    const [, all, first, second] = /^\| content \| (\S+) \| (\S+) \| (\S+) \|/m.exec(markdown) ?? [];
    expect(Number(all)).toBeCloseTo((Number(first) + Number(second)) / 2, 2);
    const [, count] = /^\| Comedies \| \d+ \| (\d+) \|/m.exec(markdown) ?? [];
    expect(Number(count) / 12).toBeCloseTo(Number(first), 3);
    expect(markdown).toMatch(/### Westerns\n\n\| model \| of 12 \| \|/);
  });

  test.each([
    [['--version', 'x-1'], '--version names a release of --artifacts, which is missing'],
    [['--artifacts', 'nowhere', '--version', 'x-1'], /evaluate: .*manifest\.json: cannot be read/],
  ])('refuses %j', async (args, message) => {
    await expect(report('refused', args)).rejects.toThrow(message);
  });

  test('refuses a model that no release has, and a catalog of other movies', async () => {
    await expect(report('ease', ['--artifacts', artifacts], { catalog, models: 'ease' })).rejects.toThrow(
      '"ease": a release is ranked by popularity and by content, hybrid, hybrid-diverse, hybrid-rerank',
    );
    const other = join(folder, 'other.csv');
    await writeFile(other, catalogText(generatedMovies(79)));
    await expect(report('other', ['--artifacts', artifacts], { catalog: other, models: MODELS })).rejects.toThrow(
      'has 80 movies and the catalog 79, or others; name the catalog that it was trained on',
    );
  });
});
