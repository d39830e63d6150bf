import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openRelease } from '../../src/engine/artifacts/model-release.ts';
import { withDatabase } from '../data/duckdb.ts';
import type { Results } from '../evaluation/results.ts';
import { mergeCatalog } from '../merge/merge-catalog.ts';
import { parseRecords } from '../testing/csv-records.ts';
import { recordingContext } from '../testing/recording-context.ts';
import { run as evaluate } from './evaluate.ts';
import { run as train } from './train.ts';

const [USERS, MOVIES] = [60, 36];
const FIRST_TIME = 1_500_000_000;

interface Rating {
  user: number;
  movie: number;
  stars: number;
  time: number;
}

/** Users of three groups: each likes most movies of every third row, and rates one other movie low. */
const RATINGS: Rating[] = Array.from({ length: USERS }, (_, user) =>
  Array.from({ length: MOVIES }, (_, movie) => movie).flatMap((movie): Rating[] => {
    const isLike = (movie + user) % 3 === 0 && (7 * user + movie) % 5 !== 0;
    if (!isLike && movie !== (user + 1) % 3) return [];
    return [{ user, movie, stars: isLike ? 4 + (movie % 2) : 1.5, time: FIRST_TIME + 60 * (user * MOVIES + ((movie * 11) % MOVIES)) }];
  }),
).flat();

const LIKES = RATINGS.filter(({ stars }) => stars >= 4).length;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raw-ratings-'));
  await mkdir(join(folder, 'ml-x'));
  const movies = Array.from({ length: MOVIES }, (_, n) => `${n + 1},Film ${n + 1} (1990),${n % 2 === 0 ? 'Comedy' : 'Drama'}\n`);
  await writeFile(join(folder, 'ml-x', 'movies.csv'), `movieId,title,genres\n${movies.join('')}`);
});
afterAll(() => rm(folder, { recursive: true }));

interface Stage {
  name: string;
  lines: string[];
}

let runs = 0;

/** The file through merge, train and evaluate: what each of them made of it, and what they logged about it. */
async function throughAll(ratings: string, scale?: string) {
  const place = join(folder, String(runs++));
  const [merged, artifacts, out] = ['movies.csv', 'artifacts', 'report'].map((name) => join(place, name));
  await mkdir(place);
  const more = scale === undefined ? [] : ['--scale', scale];
  const [merging, training, evaluation] = [recordingContext(), recordingContext(), recordingContext()];
  await mergeCatalog({ raw: folder, out: merged, ratings, minYear: 0, ...(scale === undefined ? {} : { scale: Number(scale) }) }, merging);
  await train(['--catalog', merged, '--artifacts', artifacts, '--ratings', ratings, ...more], training);
  // The split in time shows that the times are read.
  await evaluate(['--ratings', ratings, '--out', out, '--protocol', 'temporal', '--models', 'recent-popularity', ...more], evaluation);
  const [header, ...records] = parseRecords(await readFile(merged, 'utf8'));
  const statistics = records.map((fields) =>
    ['movieId', 'ratingCount', 'ratingAverage'].map((name) => Number(fields[header.indexOf(name)])),
  );
  const version = /artifacts\/([^:, ]+)[:,]/.exec(training.lines.join('\n'))?.[1] ?? '';
  const { validation } = (await openRelease(join(artifacts, version))).manifest;
  const { about, counts, models } = JSON.parse(await readFile(join(out, 'metrics.json'), 'utf8')) as Results;
  const likes = training.lines.find((line) => line.includes(' likes of '))?.trim();
  const stages: Stage[] = [
    { name: 'merge', lines: merging.lines },
    { name: 'train', lines: training.lines },
    { name: 'evaluate', lines: evaluation.lines },
  ];
  return { made: { statistics, likes, validation, evaluation: { about, counts, models } }, stages };
}

interface Form {
  header: string;
  delimiter: string;
  user(user: number): string;
  stars(stars: number): string;
  time(time: number): string;
}

const PLAIN: Form = {
  header: 'userId,movieId,rating,timestamp\n',
  delimiter: ',',
  user: (user) => String(user + 1),
  stars: String,
  time: String,
};

function textOf(form: Partial<Form> = {}): string {
  const { header, delimiter, user, stars, time } = { ...PLAIN, ...form };
  const lines = RATINGS.map((one) => [user(one.user), one.movie + 1, stars(one.stars), time(one.time)].join(delimiter));
  return `${header}${lines.join('\n')}\n`;
}

const textId = (user: number): string => `user_${String(user).padStart(3, '0')}`;
const dateOf = (time: number): string => new Date(time * 1_000).toISOString().replace('T', ' ').slice(0, 19);

describe('ratings through merge, train and evaluate', () => {
  let plain: Awaited<ReturnType<typeof throughAll>>['made'];
  beforeAll(async () => {
    await writeFile(join(folder, 'plain.csv'), textOf());
    plain = (await throughAll(join(folder, 'plain.csv'))).made;
  });

  test('are all read', () => {
    const expected = Array.from({ length: MOVIES }, (_, movie) => {
      const stars = RATINGS.filter((one) => one.movie === movie).map((one) => one.stars);
      return [movie + 1, stars.length, Number((stars.reduce((a, b) => a + b) / stars.length).toFixed(4))];
    });
    expect(plain.statistics).toEqual(expected);
    expect(plain.likes).toBe(`${LIKES} likes of 60 users, 60 with 5 or more`);
    expect(plain.validation?.users).toBe(6);
    expect(plain.evaluation.about).toContain(' at 2017-07-15');
  });

  test.each<[string, string | Buffer]>([
    ['names.csv', gzipSync(textOf({ header: 'user_id,item_id,rating,timestamp\n', user: textId, time: (time) => `"${dateOf(time)}"` }))],
    ['ratings.dat', textOf({ header: '', delimiter: '::', user: (user) => String(5_000_000_000 + user) })],
  ])(
    'give the same statistics, models and figures in another form: %s',
    async (name, content) => {
      const path = join(folder, name);
      await writeFile(path, content);
      expect((await throughAll(path)).made).toEqual(plain);
    },
    60_000,
  );

  test('give the same as Parquet with timestamps, and users as text', async () => {
    const path = join(folder, 'ratings.parquet');
    await withDatabase(AbortSignal.timeout(60_000), async (connection) => {
      await connection.run(
        `COPY (SELECT 'u' || lpad(userId::VARCHAR, 3, '0') AS userId, movieId, rating, make_timestamp(timestamp * 1000000) AS timestamp
          FROM read_csv('${join(folder, 'plain.csv')}', header = true,
            columns = {userId: 'BIGINT', movieId: 'BIGINT', rating: 'DOUBLE', timestamp: 'BIGINT'})) TO '${path}' (FORMAT parquet)`,
      );
    });
    expect((await throughAll(path)).made).toEqual(plain);
  });

  test('give the same on a named scale of ten, without a bad and a short line, which each stage names', async () => {
    const path = join(folder, 'ten.csv');
    const lines = textOf({ stars: (stars) => String(2 * stars) }).split('\n');
    lines.splice(500, 0, 'abc,def,ghi,jkl', '17');
    await writeFile(path, lines.join('\n'));
    const { made, stages } = await throughAll(path, '10');
    expect(made).toEqual(plain);
    expect(stages.map(({ name, lines: logged }) => [name, logged.filter((line) => line.includes('left out'))])).toEqual(
      ['merge', 'train', 'evaluate'].map((name) => [
        name,
        [`  ${path}:501: movieId is not a number, line left out: abc,def,ghi,jkl`, `  ${path}:502: too few columns, line left out: 17`],
      ]),
    );
  });

  test.each([
    ['a header alone', PLAIN.header, 'holds no rating, only a header or unusable lines; check that it is the right file'],
    [
      'a scale of ten that nobody named',
      textOf({ stars: (stars) => String(2 * stars) }),
      `${LIKES} of ${RATINGS.length} ratings are outside 0.5 to 5; give the highest rating of the file with --scale, for example --scale 10`,
    ],
    [
      'other columns',
      'userId,title,rating\n1,A,4\n',
      'not a ratings file; it needs the columns userId, movieId, rating or movieId, mean, count (CSV, CSV.gz or Parquet), found the header "userId, title, rating"',
    ],
    [
      'lines that are no ratings',
      `${PLAIN.header}a,b,c,d\n`,
      'no line can be read (line 2: movieId is not a number); check that it is the right file',
    ],
  ])(
    'are refused by all three with one message: %s',
    async (_name, content, message) => {
      const path = join(folder, 'refused.csv');
      await writeFile(path, content);
      const catalog = join(folder, 'ml-x', 'movies.csv');
      const context = recordingContext();
      const refusals = [
        mergeCatalog({ raw: folder, out: join(folder, 'refused-movies.csv'), ratings: path, minYear: 0 }, context),
        train(['--catalog', catalog, '--artifacts', join(folder, 'refused'), '--ratings', path], context),
        evaluate(['--ratings', path, '--out', join(folder, 'refused-report')], context),
      ];
      const found = await Promise.all(refusals.map((refusal) => refusal.then(String, (error: Error) => error.message)));
      expect(found).toEqual(Array(3).fill(`${path}: ${message}`));
    },
    60_000,
  );
});
