import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openRelease } from '../../src/engine/artifacts/model-release.ts';
import { readPointer } from '../../src/engine/artifacts/version-store.ts';
import { catalogText } from '../../test/catalog-text.ts';
import { generatedMovies } from '../../test/generated-movies.ts';
import { readCatalog } from '../data/catalog-csv.ts';
import { withDatabase } from '../data/duckdb.ts';
import { seeded } from '../data/random.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { run as inspect } from './inspect.ts';
import { run as publish } from './publish.ts';
import { run as sample } from './sample.ts';
import { run as train } from './train.ts';

let folder: string;
let catalog: string;
let artifacts: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'train-test-'));
  catalog = join(folder, 'invented.csv');
  artifacts = join(folder, 'artifacts');
  await writeFile(catalog, catalogText(generatedMovies(120)));
});

afterEach(() => rm(folder, { recursive: true }));

async function trained(...more: string[]): Promise<{ version: string; lines: string[] }> {
  const context = recordingContext();
  await train(['--catalog', catalog, '--artifacts', artifacts, ...more], context);
  const version = /artifacts\/([^:, ]+)[:,]/.exec(context.lines.join('\n'))?.[1] ?? '';
  return { version, lines: context.lines };
}

/** A training takes a second, and many times that beside other work. */
vi.setConfig({ testTimeout: 120_000 });

describe('the merged catalog', () => {
  test('is read as it was written, whatever the order of its columns', async () => {
    const movies = generatedMovies(50);
    movies[3].overview = 'A "quoted", two-line\noverview';
    movies[4].title = 'Naïve | plain';
    await writeFile(catalog, catalogText(movies));
    expect(await readCatalog(catalog, recordingContext())).toEqual(movies);
  });

  test('needs no more than movieId, title and genres, which are taken as they are spelled', async () => {
    await writeFile(catalog, 'genres,title,movieId\nsci-fi|SciFi,Two,2\n,One,1\n');
    const [one, two] = await readCatalog(catalog, recordingContext());
    expect([one.movieId, one.genres, one.year, one.ratingCount]).toEqual([1, [], null, 0]);
    expect(two.genres).toEqual(['sci-fi', 'SciFi']);
  });

  test.each([
    ['movieId,title,genres\n', 'the catalog has no movies'],
    ['movieId,genres\n1,Drama\n', 'expected a CSV file with the columns movieId, title, genres, found the header "movieId, genres"'],
    ['movieId,title,genres,year\n1,A,Drama,soon\n', 'movie 1: year is "soon", expected a number'],
    ['movieId,title,genres\n1,A,Drama\n1,B,Drama\n', 'movieId 1 occurs twice'],
    ['movieId,title,genres\n0,A,Drama\n', 'movieId is "0", expected a number other than 0'],
    ['movieId,title,genres,tmdbId\n-7,A,Drama,7\n-1,A,Drama,2\n', 'movieId is -1, which is only for the movie with the tmdbId 1'],
  ])('%j is refused in one line', async (text, message) => {
    await writeFile(catalog, text);
    await expect(readCatalog(catalog, recordingContext())).rejects.toThrow(message);
  });

  test('that does not exist is a clear error', async () => {
    await expect(trained('--catalog-nowhere')).rejects.toThrow('unknown option');
    catalog = join(folder, 'none.csv');
    await expect(trained()).rejects.toThrow('there is no such catalog; make one with');
  });
});

describe('train', () => {
  test('writes a valid release, does nothing when nothing changed, and another version for other inputs', async () => {
    const first = await trained();
    expect(first.lines[0]).toBe('[new] train: default config');
    expect((await openRelease(join(artifacts, first.version))).manifest.movieCount).toBe(120);
    const again = await trained();
    expect(again.lines).toEqual([expect.stringMatching(/^\[fresh\] train: .*120 movies, .*nothing to do$/)]);
    const reference = await trained('--config', 'reference');
    expect(reference.version).not.toBe(first.version);
    await writeFile(catalog, catalogText(generatedMovies(121)));
    expect((await trained()).version).not.toBe(first.version);
  });

  test('accepts the former option --catalogue and finds the same release', async () => {
    const { version } = await trained();
    const context = recordingContext();
    await train(['--catalogue', catalog, '--artifacts', artifacts], context);
    expect(context.lines).toEqual([expect.stringMatching(new RegExp(`^\\[fresh\\] train: .*${version}`))]);
  });

  test('trains a damaged release again', async () => {
    const { version } = await trained();
    await rm(join(artifacts, version, 'features.values.bin'));
    expect((await trained()).lines[0]).toBe('[new] train: default config');
    expect((await openRelease(join(artifacts, version))).manifest.version).toBe(version);
  });

  test('a config with an unknown key, or none of that name, is one clear error', async () => {
    const config = join(folder, 'mine.json');
    await writeFile(config, '{"name": "mine", "colour": 1}');
    await expect(trained('--config', config)).rejects.toThrow(/seed.*colour/s);
    await writeFile(config, '{');
    await expect(trained('--config', config)).rejects.toThrow(/^config .*mine\.json: not JSON \(/);
    await expect(trained('--config', 'nope')).rejects.toThrow(
      '--config nope: cannot be read; give default, reference or the path of a JSON file',
    );
  });

  test('killed at any moment it leaves no half-written version, and the next run clears up and completes', async () => {
    await writeFile(catalog, catalogText(generatedMovies(4000)));
    for (const wait of [350, 600, 850]) {
      const child = spawn(process.execPath, ['pipeline/main.ts', 'train', '--catalog', catalog, '--artifacts', artifacts], {
        stdio: 'ignore',
      });
      const ended = once(child, 'exit');
      await delay(wait);
      child.kill('SIGKILL');
      await ended;
      for (const name of await readdir(artifacts).catch(() => [])) if (!name.startsWith('.')) await openRelease(join(artifacts, name));
    }
    const { version } = await trained();
    expect(await readdir(artifacts)).toEqual([version]);
    expect((await openRelease(join(artifacts, version))).manifest.movieCount).toBe(4000);
  });
});

/** Users of four groups: each likes movies of every fourth row and rates one other movie low. */
function ratingsText(people: number): string {
  const random = seeded(5);
  const ids = generatedMovies(120).map(({ movieId }) => movieId);
  const lines = ['userId,movieId,rating,timestamp'];
  for (let user = 1; user <= people; user++) {
    for (let row = user % 4; row < ids.length; row += 4) if (random() < 0.4) lines.push(`${user},${ids[row]},${random() < 0.5 ? 4 : 5},0`);
    lines.push(`${user},${ids[(user + 1) % 4]},1,0`);
  }
  return `${lines.join('\n')}\n`;
}

describe('train --ratings', () => {
  let ratings: string;
  beforeEach(async () => {
    ratings = join(folder, 'ratings.csv');
    await writeFile(ratings, ratingsText(90));
  });

  test('makes a hybrid that generalises to held-out users, with its figures in the manifest, and leaves no temporary file', async () => {
    const alone = await trained();
    const { version, lines } = await trained('--ratings', ratings);
    expect(version).not.toBe(alone.version);
    const { manifest } = await openRelease(join(artifacts, version));
    expect(manifest.validation).toMatchObject({ protocol: 'strong generalisation, validation users, seed 1', users: 9 });
    expect(manifest.validation?.ndcg.all).toBeGreaterThan(0.3);
    expect(Object.keys(manifest.inputs)).toEqual(['catalogue', 'config', 'ratings', 'ratingsModels']);
    expect(lines.join('\n')).toMatch(/NDCG@100 of 9 held-out users, by number of known likes: 1: 0\.\d{4}, /);
    expect((await trained('--ratings', ratings)).lines).toEqual([expect.stringMatching(/^\[fresh\] train: /)]);
    expect((await readdir(artifacts)).sort()).toEqual([alone.version, version].sort());
    const context = recordingContext();
    await inspect(['--artifacts', artifacts, '--version', version], context);
    expect(context.lines.join('\n')).toMatch(
      /model {6}hybrid\n {2}ease .*weights by number of known likes and by familiar:\n {6}1 0 {4}ease /,
    );
  });

  test('takes imported factors in place of iALS, and ranks movies without a vector by content', async () => {
    const factors = join(folder, 'factors.parquet');
    const movies = generatedMovies(120);
    // Each group is one direction. The last twenty movies have no vector.
    const rows = movies.slice(0, 100).map(({ movieId }, row) => `(${movieId}, [${[0, 1, 2, 3].map((f) => (f === row % 4 ? 1 : 0.1))}])`);
    await withDatabase(new AbortController().signal, async (connection) => {
      await connection.run(
        `COPY (SELECT id, features::FLOAT[] AS features FROM (VALUES ${rows}, (1000000, [0, 0, 0, 1])) AS t(id, features)) TO '${factors}'`,
      );
    });
    const { version, lines } = await trained('--ratings', ratings, '--factors', factors);
    expect(lines.join('\n')).toContain(
      '101 vectors of 8 numbers imported; 1 are of movies that are not in the catalog; 20 movies have no vector',
    );
    const release = await openRelease(join(artifacts, version));
    expect(release.manifest.taste).toMatchObject({ factors: { dimensions: 8, regularization: 0.1, penaltyBase: 0, exponent: 1 } });
    expect(release.manifest.validation?.ndcg.all).toBeGreaterThan(0.3);
    const scales = release.get('taste.scales', 'f32');
    release
      .get('taste.factors', 'i16')
      .subarray(8, 16)
      .forEach((value, f) => {
        expect(value * scales[1]).toBeCloseTo([0.1, 1, 0.1, 0.1, 0, 0, 0, 0][f], 4);
      });
    expect(scales.every((scale) => scale > 0)).toBe(true);
    const other = await trained('--ratings', ratings, '--factors', factors, '--factors-alpha', '40');
    expect(other.version).not.toBe(version);
    await expect(trained('--factors', factors)).rejects.toThrow('--factors needs --ratings too');
    await expect(trained('--ratings', ratings, '--factors-alpha', '2')).rejects.toThrow(
      '--factors-alpha and --factors-regularization need --factors',
    );
    await expect(trained('--ratings', ratings, '--factors', factors, '--factors-alpha', '0')).rejects.toThrow(
      '--factors-alpha takes a number above 0, not "0"',
    );
  });

  test('learns from viewers of a library beside the ratings, and keeps the version without them', async () => {
    const library = join(folder, 'viewers.csv');
    const ids = generatedMovies(120).map(({ movieId }) => movieId);
    const linesOf = (viewers: number) =>
      Array.from({ length: viewers }, (_, n) => [0, 4, 8, 12, 117].map((row) => `v${n},${ids[row]},,,5,2026-01-02`)).flat();
    const write = (viewers: number) =>
      writeFile(library, `${['viewer,movieId,tmdbId,imdbId,rating,day', ...linesOf(viewers)].join('\n')}\n`);
    const alone = await trained('--ratings', ratings);
    await write(30);
    const { version, lines } = await trained('--ratings', ratings, '--library', library);
    expect(version).not.toBe(alone.version);
    expect(lines.join('\n')).toContain('  library: 150 of 150 rows count, of 30 viewers; 0 are of');
    const counts = async (name: string) => (await openRelease(join(artifacts, name))).get('taste.likes', 'u32');
    const [before, after] = [await counts(alone.version), await counts(version)];
    expect([0, 4, 8, 12, 117, 3].map((row) => after[row] - before[row])).toEqual([30, 30, 30, 30, 30, 0]);
    const { manifest } = await openRelease(join(artifacts, version));
    expect(manifest.validation?.users).toBe((await openRelease(join(artifacts, alone.version))).manifest.validation?.users);
    expect((await trained('--ratings', ratings, '--library', library)).lines).toEqual([expect.stringMatching(/^\[fresh\] train: /)]);
    await write(19);
    expect((await trained('--ratings', ratings, '--library', library)).lines.join('\n')).toContain('none of 95 rows counts: of 19 viewers');
    await expect(trained('--library', library)).rejects.toThrow('--library needs --ratings too');
    await expect(trained('--ratings', ratings, '--library', join(folder, 'none.csv'))).rejects.toThrow(
      'none.csv: there is no such file of training data',
    );
  });

  test('is content only with too few users, and names a missing file', async () => {
    await writeFile(ratings, ratingsText(30));
    const { version, lines } = await trained('--ratings', ratings);
    expect(lines.join('\n')).toContain('30 with 5 or more\n  too few users to train on their ratings (50 needed): content model only');
    expect((await openRelease(join(artifacts, version))).manifest.taste).toBeUndefined();
    await expect(trained('--ratings', join(folder, 'none.csv'))).rejects.toThrow('none.csv: there is no such ratings file');
  });

  test('publish refuses a release that is worse than the current one by more than the margin', async () => {
    const { version } = await trained('--ratings', ratings);
    await publish(['--artifacts', artifacts, '--version', version], recordingContext());
    const worse = async (share: number, protocol?: string): Promise<string> => {
      const name = `${version}-${share}${protocol === undefined ? '' : '-other'}`;
      await cp(join(artifacts, version), join(artifacts, name), { recursive: true });
      const manifest = JSON.parse(await readFile(join(artifacts, name, 'manifest.json'), 'utf8'));
      manifest.version = name;
      manifest.validation.ndcg.all *= share;
      manifest.validation.protocol = protocol ?? manifest.validation.protocol;
      await writeFile(join(artifacts, name, 'manifest.json'), JSON.stringify(manifest));
      return name;
    };
    const publishing = (...args: string[]) => publish(['--artifacts', artifacts, ...args], recordingContext());
    const [little, much] = [await worse(0.985), await worse(0.95)];
    await expect(publishing('--version', much)).rejects.toThrow(/is worse than .*: NDCG@100 0\.\d{4}, before 0\.\d{4} .*--force/);
    expect(await readPointer(artifacts)).toMatchObject({ version });
    await expect(publishing('--version', little, '--margin', '1')).rejects.toThrow('is worse than');
    await publishing('--version', little);
    // Figures of two protocols are no comparison.
    await publishing('--version', await worse(0.5, 'another protocol'));
    await publishing('--version', version);
    await publishing('--version', much, '--margin', '10');
    await publishing('--version', version);
    await publishing('--version', much, '--force');
    expect(await readPointer(artifacts)).toMatchObject({ version: much, previous: version });
    const alone = (await trained()).version;
    await expect(publishing('--version', alone)).rejects.toThrow(`${alone} has no ratings models`);
    await publishing('--version', (await trained('--name', 'another data set')).version);
  });
});

describe('publish', () => {
  const publishing = (...args: string[]) => publish(['--artifacts', artifacts, ...args], recordingContext());

  test('moves the pointer, and back', async () => {
    const first = (await trained()).version;
    const second = (await trained('--config', 'reference')).version;
    await publishing('--version', first);
    expect(await readPointer(artifacts)).toMatchObject({ version: first, previous: null });
    await publishing('--version', second);
    expect(await readPointer(artifacts)).toMatchObject({ version: second, previous: first });
    await publishing('--rollback');
    expect(await readPointer(artifacts)).toMatchObject({ version: first, previous: second });
  });

  test('refuses a damaged, incomplete or missing release, and leaves the pointer unchanged', async () => {
    const first = (await trained()).version;
    const second = (await trained('--config', 'reference')).version;
    await publishing('--version', first);
    await writeFile(join(artifacts, second, 'model.popularity.bin'), 'rubbish');
    await expect(publishing('--version', second)).rejects.toThrow(
      `publish refused, ${second} is not a valid release: section model.popularity`,
    );
    await rm(join(artifacts, second, 'manifest.json'));
    await expect(publishing('--version', second)).rejects.toThrow('the release is unfinished or not there');
    await expect(publishing('--version', 'nope')).rejects.toThrow(`the versions are ${[first, second].sort().join(', ')}`);
    await expect(publishing('--version', '../escape')).rejects.toThrow('is not a version');
    await expect(publishing('--version', first, '--rollback')).rejects.toThrow('give either --version V or --rollback');
    await expect(publishing('--rollback')).rejects.toThrow('has no previous release to return to');
    expect(await readPointer(artifacts)).toMatchObject({ version: first });
  });
});

describe('inspect', () => {
  test('shows the content of a release, and says when nothing is published', async () => {
    const { version } = await trained();
    const context = recordingContext();
    await expect(inspect(['--artifacts', artifacts], context)).rejects.toThrow(
      `${artifacts} has no current release; give --version (found: ${version})`,
    );
    await inspect(['--artifacts', artifacts, '--version', version], context);
    const text = context.lines.join('\n');
    expect(text).toContain(`version    ${version}\ndata set   invented, built`);
    expect(text).toMatch(/movies {5}120, years 19\d\d to 20\d\d/);
    expect(text).toMatch(/genres {4} 7: /);
    expect(text).toContain('all checksums correct');
  });
});

describe('sample', () => {
  test('publishes the catalog that ships with the project, once, and never in the place of another', async () => {
    const context = recordingContext();
    await sample(['--artifacts', artifacts], context);
    const pointer = await readPointer(artifacts);
    expect((await openRelease(join(artifacts, pointer?.version ?? ''))).manifest).toMatchObject({ dataset: 'sample' });
    await sample(['--artifacts', artifacts], context);
    expect(context.lines.slice(-3).every((line) => line.startsWith('[fresh]'))).toBe(true);
    await publish(['--artifacts', artifacts, '--version', (await trained()).version], context);
    const other = await readPointer(artifacts);
    await sample(['--artifacts', artifacts], context);
    expect(context.lines.at(-1)).toBe(`[fresh] sample: ${artifacts} serves invented, which stays current`);
    expect(await readPointer(artifacts)).toEqual(other);
  });
});
