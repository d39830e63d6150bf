import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { day, parseArguments, ratingScale, wholeNumber } from '../cli/arguments.ts';
import { usageError } from '../cli/cli-error.ts';
import { formatCount, formatDuration } from '../cli/format.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { readCatalog } from '../data/catalog-csv.ts';
import { likesOf, readLikes } from '../data/likes.ts';
import { readRatings } from '../data/ratings.ts';
import type { QueryHalf } from '../evaluation/co-like-agreement.ts';
import { CoLikers } from '../evaluation/co-likers.ts';
import { reportCoLikes } from '../evaluation/co-likes-report.ts';
import { compareModels } from '../evaluation/compare-models.ts';
import { genresOf } from '../evaluation/movie-genres.ts';
import { PROTOCOLS, type Protocol, splitBy } from '../evaluation/protocols.ts';
import { writeReports } from '../evaluation/report-files.ts';
import type { Results } from '../evaluation/results.ts';
import { LIKE_ORDERS, type LikeOrder } from '../evaluation/temporal-split.ts';
import { readFeatureConfig } from '../training/feature-config-file.ts';
import { trainRatingsModels } from '../training/hybrid.ts';
import { chosenModels, hyperOf, MODELS, type ModelSetup, modelNamed } from '../training/measured-models.ts';
import { readRatingsModelsConfig } from '../training/ratings-models-config.ts';
import { evaluateProfiles } from './evaluate-profiles.ts';
import { evaluateStream } from './evaluate-stream.ts';

export const help = `evaluate: measures the models on users' ratings

  --ratings FILE      MovieLens ratings (userId, movieId, rating, timestamp; CSV, CSV.gz or Parquet)
  --catalog FILE      merged catalog (CSV); content models and figures by genre need it
  --protocol NAME     strong, temporal, cold, profiles, co-likes or stream   (strong)
  --models A,B        ${Object.keys(MODELS).join(', ')}   (popularity)
                      content@F and hybrid@F: with a setting of familiar from 0 (hidden gems) to 1 (well known)
  --scale N           the highest rating of the ratings files; it counts as 5 stars   (5)
  --test-ratings FILE strong: take the test users from this file; all other users but the validation users are for training
  --held-out N        number of test users, and of validation users   (a tenth of the users, at most 10,000)
  --users NAME        measure on the test users, or on the validation users when tuning a model   (test)
  --shuffles N        strong: ask each test user N times with other likes, to lower the noise of the split   (1)
  --order NAME        temporal: what models are told of the order of likes: latest, none, or as a control random or reversed   (latest)
  --seed N            seed of all splits and intervals   (1)
  --out DIR           folder for metrics.json, report.md and report.html

  profiles ranks for profiles that were written down beforehand and counts the movies that such a viewer would expect, by facts such as genre
  and language. It also says how popular the pages of people with one and with three little-known likes are. --out: folder for profiles.md.
  --profiles FILE       profiles as JSON   (the project's own)
  --artifacts DIR       rank with the current release of this artifacts folder, instead of models trained as train does
  --version V           with that release of the artifacts folder

  co-likes measures how well "movies like this one" agrees with movies that the same users like. It prints nDCG@10 for each feature config:
  "as served" over the whole catalog, "content" among well-known movies without popularity.
  --configs A,B       configs to compare, by name or file   (reference,default)
  --learn-from FILE   ratings of other users: adds a hybrid of the last config
  --half NAME         query movies: held-out, or tuning (on which the weights were chosen)   (held-out)

  stream asks people for their next likes, in the order of time, with models made once, each day and each hour. --out: folder for stream.md.
  --from DAY, --days N  the part of the ratings   (the last 90 days)
  --max-movies N        EASE knows the N movies with the most likes   (1500)
  --catalog FILE        measures the hybrid too

docs/research/evaluation.md defines the protocols and the measures.
`;

const MAX_SEED = 2 ** 32 - 1;
const MAX_SHUFFLES = 20;

export interface EvaluateOptions {
  protocol: Protocol;
  ratings: string;
  /** The highest rating of the ratings files. Undefined: 5. */
  scale?: number | undefined;
  /** File with the ratings of the test users. Undefined: some users of `ratings` are the test users. */
  testRatings: string | undefined;
  catalog: string | undefined;
  models: readonly string[];
  /** Number of test users, and of validation users. Undefined: a tenth of the eligible users. */
  heldOut: number | undefined;
  users: 'test' | 'validation';
  seed: number;
  /** How often each test user is asked. */
  shuffles?: number;
  order?: LikeOrder;
  out: string;
}

export async function run(args: string[], context: PipelineContext): Promise<void> {
  const values = parseArguments('evaluate', args, {
    ratings: { type: 'string', required: true },
    catalog: { type: 'string', formerly: 'catalogue' },
    protocol: { type: 'string' },
    scale: { type: 'string' },
    models: { type: 'string' },
    'test-ratings': { type: 'string' },
    'held-out': { type: 'string' },
    users: { type: 'string' },
    seed: { type: 'string' },
    shuffles: { type: 'string' },
    order: { type: 'string' },
    out: { type: 'string' },
    configs: { type: 'string' },
    'learn-from': { type: 'string' },
    half: { type: 'string' },
    profiles: { type: 'string' },
    from: { type: 'string' },
    days: { type: 'string' },
    'max-movies': { type: 'string' },
    artifacts: { type: 'string' },
    version: { type: 'string' },
  });
  const { ratings, catalog } = values;
  if (values.protocol === 'stream') {
    const others = [
      'models',
      'test-ratings',
      'held-out',
      'users',
      'shuffles',
      'order',
      'configs',
      'learn-from',
      'half',
      'profiles',
      'artifacts',
      'version',
    ];
    refuse(values, others, 'stream');
    const options = {
      ratings,
      catalog,
      scale: ratingScale('evaluate', values.scale),
      from: day('evaluate', 'from', values.from),
      days: wholeNumber('evaluate', 'days', values.days, 1, 3_650) ?? 90,
      maxMovies: wholeNumber('evaluate', 'max-movies', values['max-movies'], 1, 20_000) ?? 1_500,
      seed: wholeNumber('evaluate', 'seed', values.seed, 0, MAX_SEED) ?? 1,
      out: values.out,
    };
    return evaluateStream(options, context);
  }
  refuse(values, ['from', 'days', 'max-movies'], values.protocol ?? 'strong');
  if (values.protocol === 'co-likes') {
    refuse(values, ['scale', 'models', 'test-ratings', 'held-out', 'users', 'seed', 'shuffles', 'order', 'out', 'profiles'], 'co-likes');
    const half = oneOf('half', values.half ?? 'held-out', ['held-out', 'tuning'] as const);
    if (catalog === undefined) throw usageError('evaluate: --catalog is missing; co-likes needs a merged catalog');
    const configs = (values.configs ?? 'reference,default').split(',');
    return evaluateCoLikes({ catalog, ratings, configs, half, trainRatings: values['learn-from'] }, context);
  }
  if (values.protocol === 'profiles') {
    refuse(values, ['scale', 'test-ratings', 'held-out', 'users', 'shuffles', 'order', 'configs', 'learn-from', 'half'], 'profiles');
    if (catalog === undefined) throw usageError('evaluate: --catalog is missing; profiles needs a merged catalog');
    const models = chosenModels(values.models ?? 'content,hybrid');
    const seed = wholeNumber('evaluate', 'seed', values.seed, 0, MAX_SEED) ?? 1;
    const { profiles, artifacts, version, out } = values;
    if (version !== undefined && artifacts === undefined)
      throw usageError('evaluate: --version names a release of --artifacts, which is missing');
    return evaluateProfiles({ catalog, ratings, models, profiles, artifacts, version, seed, out }, context);
  }
  refuse(values, ['artifacts', 'version'], values.protocol ?? 'strong');
  const protocol = oneOf('protocol', values.protocol ?? 'strong', [...PROTOCOLS, 'profiles', 'co-likes', 'stream']) as Protocol;
  refuse(values, ['configs', 'learn-from', 'half', 'profiles'], protocol);
  if (values.out === undefined) throw usageError('evaluate: --out is missing; it names the folder of the report');
  const users = oneOf('users', values.users ?? 'test', ['test', 'validation'] as const);
  if (users === 'validation' && protocol === 'temporal') throw usageError('evaluate: the temporal split has no validation users');
  if (values['held-out'] !== undefined && protocol === 'temporal')
    throw usageError('evaluate: --held-out does not apply to --protocol temporal, which splits by time');
  if (protocol !== 'strong') refuse(values, ['test-ratings', 'shuffles'], protocol);
  if (protocol !== 'temporal') refuse(values, ['order'], protocol);
  const hasTestFile = values['test-ratings'] !== undefined;
  await evaluate(
    {
      protocol,
      ratings,
      scale: ratingScale('evaluate', values.scale),
      testRatings: values['test-ratings'],
      catalog,
      models: chosenModels(values.models ?? 'popularity'),
      heldOut: wholeNumber('evaluate', 'held-out', values['held-out'], hasTestFile ? 0 : 1, 1e6),
      users,
      seed: wholeNumber('evaluate', 'seed', values.seed, 0, MAX_SEED) ?? 1,
      shuffles: wholeNumber('evaluate', 'shuffles', values.shuffles, 1, MAX_SHUFFLES) ?? 1,
      order: oneOf('order', values.order ?? 'latest', LIKE_ORDERS),
      out: values.out,
    },
    context,
  );
}

/** Splits the ratings, trains and measures each model, and writes the reports. Returns the content of metrics.json. */
export async function evaluate(options: EvaluateOptions, context: PipelineContext): Promise<Results> {
  const { protocol, users, seed, shuffles = 1, order } = options;
  const started = context.now().getTime();
  const catalog = options.catalog === undefined ? undefined : await readCatalog(options.catalog, context);
  const ratings = await readRatings(
    options.ratings,
    catalog && Uint32Array.from(catalog, (movie) => movie.movieId),
    context,
    options.scale,
  );
  const movies = ratings.movieIds.length;
  const total = ratings.rows.length;
  const likes = likesOf(ratings);
  context.log(
    `${formatCount(total)} ratings of ${formatCount(ratings.users)} users, ${formatCount(likes.rows.length)} likes, read in ${formatDuration(context.now().getTime() - started)}`,
  );

  const { testRatings } = options;
  const testLikes =
    testRatings === undefined ? undefined : likesOf(await readRatings(testRatings, ratings.movieIds, context, options.scale));
  const split = splitBy({ protocol, heldOut: options.heldOut, seed, shuffles, testLikes, order }, likes, movies);
  const cases = split[users];
  const training = split.training.likes;
  context.log(split.about);
  context.log(
    `${formatCount(training.users)} users and ${formatCount(training.rows.length)} likes for training, ${formatCount(cases.length)} ${users} users`,
  );

  const setup: ModelSetup = {
    catalog,
    config: await readFeatureConfig('default'),
    hyper: await hyperOf(options.models),
    hidesLikes: true,
    // Blend weights are chosen on movies with likes. The validation users of cold movies have only cold movies to find.
    validation: protocol === 'strong' ? split.validation : [],
    run: { threads: availableParallelism(), progress: context.progress, signal: context.signal },
  };
  const { genres, genreNames } = catalog === undefined ? { genres: undefined, genreNames: [] } : genresOf(catalog);
  const measuredMovies = {
    candidates: split.candidates,
    popularity: split.popularity,
    // Self-information is computed over the users whose likes were counted. For cold movies these are all users.
    users: protocol === 'cold' ? likes.users : training.users,
    genres,
  };
  const trainers = options.models.map((name) => ({ name, train: () => modelNamed(name).train(split.training, setup) }));
  const models = await compareModels(
    trainers,
    { cases, split, movies: measuredMovies, genreNames, seed, coLikers: new CoLikers(training, movies) },
    context,
  );
  const results: Results = {
    format: 1,
    protocol,
    about: split.about,
    ratings: basename(options.ratings),
    testRatings: testRatings === undefined ? null : basename(testRatings),
    catalogue: options.catalog === undefined ? null : basename(options.catalog),
    seed,
    shuffles,
    users,
    counts: {
      trainingUsers: training.users,
      trainingLikes: training.rows.length,
      users: new Set(cases.map(({ userId }) => userId)).size,
      targets: cases.reduce((sum, { relevant }) => sum + relevant.length, 0),
      candidates: split.candidates.count(),
    },
    models,
  };
  context.log(await writeReports(options.out, results));
  return results;
}

interface CoLikesEvaluation {
  catalog: string;
  ratings: string;
  configs: readonly string[];
  half: QueryHalf;
  /** File with ratings of other users, on which a hybrid is trained. */
  trainRatings: string | undefined;
}

async function evaluateCoLikes(
  { catalog, ratings, configs, half, trainRatings }: CoLikesEvaluation,
  context: PipelineContext,
): Promise<void> {
  const movies = await readCatalog(catalog, context);
  const movieIds = movies.map((movie) => movie.movieId);
  await reportCoLikes(
    {
      movies,
      likes: await readLikes(ratings, movieIds, context),
      configs: await Promise.all(configs.map((name) => readFeatureConfig(name))),
      half,
      trainRatingsModels:
        trainRatings === undefined
          ? undefined
          : async (fitted) => {
              const hyper = await readRatingsModelsConfig();
              const likes = await readLikes(trainRatings, movieIds, context);
              const run = { threads: availableParallelism(), progress: context.progress, signal: context.signal };
              const models = await trainRatingsModels(likes, { fitted, movies }, hyper, run);
              // Similar movies need no blend: there is no user profile.
              return { ...models, blend: [], similar: hyper.similar };
            },
    },
    context,
  );
}

function oneOf<const T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw usageError(`evaluate: --${name} is one of ${allowed.join(', ')}, not "${value}"`);
  return found;
}

function refuse(values: Readonly<Record<string, unknown>>, names: readonly string[], protocol: string): void {
  for (const name of names) {
    if (values[name] !== undefined) throw usageError(`evaluate: --${name} does not apply to --protocol ${protocol}; leave it out`);
  }
}
