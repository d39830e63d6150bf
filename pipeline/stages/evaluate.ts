import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import type { CatalogRow } from '../../src/engine/features/catalog-row.ts';
import { parseArguments, wholeNumber } from '../cli/arguments.ts';
import { usageError } from '../cli/cli-error.ts';
import { formatCount, formatDuration } from '../cli/format.ts';
import type { PipelineContext } from '../cli/pipeline-context.ts';
import { writeAtomically } from '../cli/stage.ts';
import { readCatalog } from '../data/catalog-csv.ts';
import { type DatedLikes, likesOf } from '../data/likes.ts';
import { readRatings } from '../data/ratings.ts';
import { printCoLikes } from '../evaluation/co-likes-table.ts';
import { splitColdFilms } from '../evaluation/cold-films.ts';
import { toHtml } from '../evaluation/html.ts';
import { toMarkdown } from '../evaluation/markdown.ts';
import { type Baseline, type Measured, measure, PROFILE_SIZES } from '../evaluation/measure.ts';
import { chosenModels, MODELS, type ModelContext } from '../evaluation/models.ts';
import { type Results, toJson } from '../evaluation/results.ts';
import { MIN_LIKES, type Split } from '../evaluation/split.ts';
import { splitStrongly } from '../evaluation/strong-generalisation.ts';
import { splitInTime } from '../evaluation/temporal-split.ts';
import { readRatingsModelsConfig } from '../training/ratings-models-config.ts';
import { readConfig } from './train.ts';

export const help = `evaluate: how good the models are, measured on people's ratings

  --ratings FILE      MovieLens ratings (userId, movieId, rating, timestamp; CSV, CSV.gz or Parquet)
  --catalogue FILE    merged catalogue (CSV): content models and figures by genre need it
  --protocol NAME     strong, temporal, cold or co-likes   (strong)
  --models A,B        ${Object.keys(MODELS).join(', ')}   (popularity)
  --test-ratings FILE strong: the test users are those of this file instead, and all but the validation users are learned from
  --held-out N        users held out for the test, and as many for validation   (a tenth, at most 10,000)
  --users NAME        who is asked about: test, or validation, on which models may be tuned   (test)
  --seed N            of every split and interval   (1)
  --out DIR           where metrics.json, report.md and report.html go

  co-likes compares feature configs by how well "movies like this one" agrees with what people like together, and prints nDCG@10:
  "as served" over the whole catalogue, "content" among well-known movies without popularity.
  --configs A,B       configs to compare, by name or file   (reference,default)
  --learn-from FILE   ratings of other people, to measure a hybrid of the last config too
  --half NAME         which query movies: held-out, or tuning, on which the weights were chosen   (held-out)

docs/research/evaluation.md defines the protocols and the measures.
`;

const PROTOCOLS = ['strong', 'temporal', 'cold'] as const;
type Protocol = (typeof PROTOCOLS)[number];
const MAX_HELD_OUT = 10_000;
const MAX_SEED = 2 ** 32 - 1;

export interface EvaluateOptions {
  protocol: Protocol;
  ratings: string;
  /** Whose users are the test users; undefined: some of those of `ratings`. */
  testRatings: string | undefined;
  catalogue: string | undefined;
  models: readonly string[];
  /** Undefined: a tenth of those who can be. */
  heldOut: number | undefined;
  users: 'test' | 'validation';
  seed: number;
  out: string;
}

export async function run(args: string[], effects: PipelineContext): Promise<void> {
  const values = parseArguments('evaluate', args, {
    ratings: { type: 'string', required: true },
    catalogue: { type: 'string' },
    protocol: { type: 'string' },
    models: { type: 'string' },
    'test-ratings': { type: 'string' },
    'held-out': { type: 'string' },
    users: { type: 'string' },
    seed: { type: 'string' },
    out: { type: 'string' },
    configs: { type: 'string' },
    'learn-from': { type: 'string' },
    half: { type: 'string' },
  });
  const { ratings, catalogue } = values;
  if (values.protocol === 'co-likes') {
    refuse(values, ['models', 'test-ratings', 'held-out', 'users', 'seed', 'out'], 'co-likes');
    const half = oneOf('half', values.half ?? 'held-out', ['held-out', 'tuning'] as const);
    if (catalogue === undefined) throw usageError('evaluate: --catalogue is missing; co-likes needs one');
    const configs = await Promise.all((values.configs ?? 'reference,default').split(',').map(readConfig));
    return printCoLikes({ catalogue, ratings, configs, half, learnFrom: values['learn-from'] }, effects);
  }
  const protocol = oneOf('protocol', values.protocol ?? 'strong', [...PROTOCOLS, 'co-likes']) as Protocol;
  refuse(values, ['configs', 'learn-from', 'half'], protocol);
  if (values.out === undefined) throw usageError('evaluate: --out is missing; it names the folder of the report');
  const users = oneOf('users', values.users ?? 'test', ['test', 'validation'] as const);
  if (users === 'validation' && protocol === 'temporal') throw usageError('evaluate: the temporal split has no validation users');
  if (values['held-out'] !== undefined && protocol === 'temporal')
    throw usageError('evaluate: the temporal split holds out a time, not users');
  if (protocol !== 'strong') refuse(values, ['test-ratings'], protocol);
  const isBlind = values['test-ratings'] !== undefined;
  await evaluate(
    {
      protocol,
      ratings,
      testRatings: values['test-ratings'],
      catalogue,
      models: chosenModels(values.models ?? 'popularity'),
      heldOut: wholeNumber('evaluate', 'held-out', values['held-out'], isBlind ? 0 : 1, 1e6),
      users,
      seed: wholeNumber('evaluate', 'seed', values.seed, 0, MAX_SEED) ?? 1,
      out: values.out,
    },
    effects,
  );
}

/** Splits, trains each model on the training part, measures it and writes the report; returns what metrics.json holds. */
export async function evaluate(options: EvaluateOptions, effects: PipelineContext): Promise<Results> {
  const { ratings, catalogue: cataloguePath, users, seed, out } = options;
  const started = effects.now().getTime();
  const catalogue = cataloguePath === undefined ? undefined : await readCatalog(cataloguePath, effects);
  const read = await readRatings(ratings, catalogue && Uint32Array.from(catalogue, (movie) => movie.movieId), effects);
  const movies = read.movieIds.length;
  const total = read.rows.length;
  const likes = likesOf(read);
  effects.log(
    `${formatCount(total)} ratings of ${formatCount(read.users)} users, ${formatCount(likes.rows.length)} likes, read in ${formatDuration(effects.now().getTime() - started)}`,
  );

  const blind = options.testRatings === undefined ? undefined : likesOf(await readRatings(options.testRatings, read.movieIds, effects));
  const split = splitFor(options, likes, movies, blind);
  const cases = split[users];
  const training = split.training.likes;
  effects.log(split.about);
  effects.log(
    `${formatCount(training.users)} users and ${formatCount(training.rows.length)} likes to learn from, ${formatCount(cases.length)} ${users} users`,
  );
  const context: ModelContext = {
    catalogue,
    config: await readConfig('default'),
    hyper: await readRatingsModelsConfig(),
    // A blend is chosen on films that somebody likes, and who is asked about cold ones alone has none to find.
    validation: options.protocol === 'strong' ? split.validation : [],
    run: { threads: availableParallelism(), progress: effects.progress, signal: effects.signal },
  };
  const { genres, genreNames } = genresOf(catalogue);
  // Self-information needs the users whose likes were counted: in cold films those are all.
  const films = {
    candidates: split.candidates,
    popularity: split.popularity,
    users: options.protocol === 'cold' ? likes.users : training.users,
    genres,
  };
  const measured: Measured[] = [];
  let baseline: Baseline | undefined;
  for (const model of options.models) {
    const begun = effects.now().getTime();
    const ranker = await MODELS[model](split.training, context);
    const trained = effects.now().getTime();
    const task = effects.progress.start({ label: model, total: cases.length * PROFILE_SIZES.length, unit: 'lists' });
    const progress = (done: number): void => {
      task.update(done);
      effects.signal.throwIfAborted();
    };
    const measurement = measure(ranker, { model, cases, split, films, genreNames, seed, baseline, progress });
    task.end();
    baseline ??= measurement.ndcg;
    measured.push(measurement.measured);
    const { mean, low, high } = measurement.measured.accuracy.all['ndcg@100'];
    effects.log(
      `  ${model.padEnd(18)} NDCG@100 ${mean.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})  trained in ${formatDuration(trained - begun)}, asked in ${formatDuration(effects.now().getTime() - trained)}`,
    );
    effects.signal.throwIfAborted();
  }
  const results: Results = {
    format: 1,
    protocol: options.protocol,
    about: split.about,
    ratings: basename(ratings),
    testRatings: options.testRatings === undefined ? null : basename(options.testRatings),
    catalogue: cataloguePath === undefined ? null : basename(cataloguePath),
    seed,
    users,
    counts: {
      trainingUsers: training.users,
      trainingLikes: training.rows.length,
      users: cases.length,
      targets: cases.reduce((sum, { relevant }) => sum + relevant.length, 0),
      candidates: split.candidates.count(),
    },
    models: measured,
  };
  await mkdir(out, { recursive: true });
  await writeAtomically(join(out, 'report.md'), toMarkdown(results));
  await writeAtomically(join(out, 'report.html'), toHtml(results));
  await writeAtomically(join(out, 'metrics.json'), toJson(results));
  effects.log(`${join(out, 'report.html')}, report.md, metrics.json`);
  return results;
}

function splitFor({ protocol, heldOut, seed }: EvaluateOptions, likes: DatedLikes, movies: number, blind?: DatedLikes): Split {
  if (protocol === 'temporal') return splitInTime(likes, movies, seed);
  let eligible = 0;
  for (let user = 0; user < likes.users; user++) if (likes.offsets[user + 1] - likes.offsets[user] >= MIN_LIKES) eligible++;
  const count = heldOut ?? Math.min(MAX_HELD_OUT, Math.max(1, Math.floor(eligible / 10)));
  return protocol === 'strong' ? splitStrongly(likes, movies, count, seed, blind) : splitColdFilms(likes, movies, count, seed);
}

function genresOf(catalogue: readonly CatalogRow[] | undefined): { genres: number[][] | undefined; genreNames: string[] } {
  if (catalogue === undefined) return { genres: undefined, genreNames: [] };
  const genreNames = [...new Set(catalogue.flatMap((movie) => movie.genres))].sort();
  const numberOf = new Map(genreNames.map((name, n) => [name, n]));
  const genres = catalogue.map((movie) => [...new Set(movie.genres)].map((name) => numberOf.get(name) ?? 0).sort((a, b) => a - b));
  return { genres, genreNames };
}

function oneOf<const T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw usageError(`evaluate: --${name} is one of ${allowed.join(', ')}, not "${value}"`);
  return found;
}

function refuse(values: Readonly<Record<string, unknown>>, names: readonly string[], protocol: string): void {
  for (const name of names) if (values[name] !== undefined) throw usageError(`evaluate: --${name} says nothing to --protocol ${protocol}`);
}
