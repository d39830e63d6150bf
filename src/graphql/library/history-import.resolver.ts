import { Arg, Args, Ctx, Extensions, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { InputError } from '../../input-error.ts';
import { MAX_COLUMNS } from '../../library/history/csv-records.ts';
import { type HistoryFile, MAX_FILES } from '../../library/history/history-files.ts';
import { MAX_ROWS } from '../../library/history/history-row.ts';
import type { HistorySource as HistorySourceValue } from '../../library/history/history-source.ts';
import type { ReadOptions } from '../../library/history/read-options.ts';
import { type ImportRequest, importHistory } from '../../library/import-history.ts';
import { checkedFirst, checkLength, MAX_IDS } from '../../list-caps.ts';
import { requireWriter } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { type HistoryEntryInput, HistoryFileInput, ImportedFile, MAX_SHOWN_COLUMNS } from './history-file.type.ts';
import { HistorySource } from './history-import.enum.ts';
import {
  DoubtfulRow,
  HistoryImport,
  ImportArguments,
  ImportCandidate,
  ImportedRow,
  ImportProgress,
  RowNotFound,
} from './history-import.type.ts';
import { Viewer } from './viewer.type.ts';

/** Every import compares its rows with all titles of the catalog, however few they are. */
const IMPORT_COST = 2_500;
const COST_OF_A_KILOBYTE = 3;
/** The largest files pass as well: they are bounded by their rows. */
const MAX_TEXT_COST = 6_000;
const MAX_SHOWN_FILES = 50;
const MAX_NAME = 500;

function importCost({ text, files }: Record<string, unknown>): number {
  const contents = Array.isArray(files) ? files.map((file) => (isObject(file) ? file.base64 : undefined)) : [text];
  const length = contents.reduce<number>((sum, content) => sum + (typeof content === 'string' ? content.length : 0), 0);
  return IMPORT_COST + Math.min(MAX_TEXT_COST, (length / 1_000) * COST_OF_A_KILOBYTE);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

@Resolver(() => HistoryImport)
export class HistoryImportResolver {
  @Mutation(() => HistoryImport, {
    description:
      'Imports the export of another site, at most 50,000 rows. Ratings are kept, and become likes and dislikes. Rated and\nwatched movies go on the watchlist as watched, movies of a watchlist as not watched. A later import corrects an earlier one. What the\nviewer said here stays. Use `dryRun` first to see the result.',
  })
  @Extensions({ cost: importCost })
  async importHistory(
    @Arg('text', () => String, { description: 'The file.' }) text: string,
    @Arg('source', () => HistorySource, { nullable: true, description: 'Null: told by the columns.' })
    source: HistorySourceValue | null | undefined,
    @Args(() => ImportArguments) options: ImportArguments,
    @Ctx() context: RequestContext,
  ): Promise<HistoryImport> {
    const files = [{ name: '', content: text, options: { source: source ?? undefined } }];
    return runImport(context, { files, ...options });
  }

  @Mutation(() => HistoryImport, {
    description:
      'Imports several files at once, as `importHistory` does: CSV or JSON in any encoding, and zips of them. At most 50 files, 50,000\nrows and 64 MB when unpacked. A file that cannot be read is reported in `files`, and the others are taken.',
  })
  @Extensions({ cost: importCost })
  async importFiles(
    @Arg('files', () => [HistoryFileInput]) files: HistoryFileInput[],
    @Args(() => ImportArguments) options: ImportArguments,
    @Ctx() context: RequestContext,
  ): Promise<HistoryImport> {
    checkLength('files', files, MAX_FILES);
    return runImport(context, { files: files.map((file, i) => fileOf(file, i, options.dryRun)), ...options });
  }

  @FieldResolver(() => [ImportedFile], { description: 'The files, and those within a zip. At most 50.' })
  @Extensions({ listLength: MAX_SHOWN_FILES })
  files(@Root() { files }: HistoryImport): ImportedFile[] {
    return files.slice(0, MAX_SHOWN_FILES).map(({ name, archive, problem, history }) => ({
      name,
      archive,
      problem,
      source: history?.source ?? null,
      rowCount: history?.rowCount ?? 0,
      rowsMean: history?.rowsMean ?? null,
      questions: history?.questions ?? [],
      columns: history?.columns.slice(0, MAX_SHOWN_COLUMNS) ?? [],
      ratingScale: history?.ratingScale ?? null,
      unreadDates: history?.unreadDates ?? 0,
    }));
  }

  @FieldResolver(() => [ImportedRow], { description: 'Rows that mean one movie for sure, in the order of the file.' })
  @Extensions({ listLength: { argument: 'first', max: MAX_IDS } })
  taken(
    @Root() result: HistoryImport,
    @Arg('first', () => Int, { defaultValue: 500, description: 'From 1 to 500.' }) first: number,
    @Arg('offset', () => Int, { defaultValue: 0, description: 'Rows before the first, at most 50,000.' }) offset: number,
  ): ImportedRow[] {
    return pageOf(result.taken, first, offset);
  }

  @FieldResolver(() => Int, { description: 'Number of rows that mean one movie for sure.' })
  takenCount(@Root() { taken }: HistoryImport): number {
    return taken.length;
  }

  @FieldResolver(() => [DoubtfulRow], { description: 'Rows that may mean one of several movies, in the order of the file.' })
  @Extensions({ listLength: { argument: 'first', max: MAX_IDS } })
  doubtful(
    @Root() result: HistoryImport,
    @Arg('first', () => Int, { defaultValue: 200, description: 'From 1 to 500.' }) first: number,
    @Arg('offset', () => Int, { defaultValue: 0, description: 'Rows before the first, at most 50,000.' }) offset: number,
  ): DoubtfulRow[] {
    return pageOf(result.doubtful, first, offset);
  }

  @FieldResolver(() => Int, { description: 'Number of rows that may mean one of several movies.' })
  doubtfulCount(@Root() { doubtful }: HistoryImport): number {
    return doubtful.length;
  }

  @FieldResolver(() => [RowNotFound], { description: 'Rows without a matching movie, in the order of the file.' })
  @Extensions({ listLength: { argument: 'first', max: MAX_IDS } })
  notFound(
    @Root() result: HistoryImport,
    @Arg('first', () => Int, { defaultValue: 500, description: 'From 1 to 500.' }) first: number,
    @Arg('offset', () => Int, { defaultValue: 0, description: 'Rows before the first, at most 50,000.' }) offset: number,
  ): RowNotFound[] {
    return pageOf(result.notFound, first, offset);
  }

  @FieldResolver(() => Int, { description: 'Number of rows without a matching movie.' })
  notFoundCount(@Root() { notFound }: HistoryImport): number {
    return notFound.length;
  }
}

@Resolver(() => Viewer)
export class ImportProgressResolver {
  @FieldResolver(() => ImportProgress, {
    nullable: true,
    description: 'How far the import of the viewer is that runs now. Null when none runs on this server.',
  })
  importProgress(@Root() { userId }: Viewer, @Ctx() { runningImports }: RequestContext): ImportProgress | null {
    return runningImports.of(userId);
  }
}

@Resolver(() => ImportedRow)
export class ImportedRowResolver {
  @FieldResolver(() => Movie)
  movie(@Root() row: ImportedRow, @Ctx() { loaders }: RequestContext): Movie {
    return loaders.movie.load(row.movieIndex);
  }
}

@Resolver(() => ImportCandidate)
export class ImportCandidateResolver {
  @FieldResolver(() => Movie)
  movie(@Root() candidate: ImportCandidate, @Ctx() { loaders }: RequestContext): Movie {
    return loaders.movie.load(candidate.movieIndex);
  }
}

function pageOf<Row>(rows: readonly Row[], first: number, offset: number): Row[] {
  checkedFirst(first, MAX_IDS);
  if (offset < 0 || offset > MAX_ROWS) throw new InputError('offset', `is ${offset}; it must be from 0 to ${MAX_ROWS}`);
  return rows.slice(offset, offset + first);
}

async function runImport(context: RequestContext, request: ImportRequest): Promise<HistoryImport> {
  if (context.hasImported) throw new InputError('importHistory', 'is allowed once a request');
  context.hasImported = true;
  const viewer = await requireWriter(context);
  const result = await context.runningImports.during(viewer.userId, (report) => importHistory({ ...context, report }, viewer, request));
  context.forgetStored();
  context.loaders.viewerFeedback.clearAll();
  context.loaders.watchlistEntry.clearAll();
  context.loaders.viewerRating.clearAll();
  context.loaders.plays.clearAll();
  return result;
}

function fileOf({ name, base64, entries, ...answers }: HistoryFileInput, i: number, dryRun: boolean): HistoryFile {
  const field = `files[${i}]`;
  checkName(`${field}.name`, name);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw new InputError(`${field}.base64`, 'is not Base64');
  checkLength(`${field}.entries`, entries ?? [], MAX_SHOWN_FILES);
  return {
    name,
    content: Buffer.from(base64, 'base64'),
    options: { ...optionsOf(answers, field), asksAboutColumns: dryRun },
    entries: (entries ?? []).map(({ name: entryName, ...ofEntry }, n) => {
      checkName(`${field}.entries[${n}].name`, entryName);
      return { name: entryName, options: optionsOf(ofEntry, `${field}.entries[${n}]`) };
    }),
  };
}

function checkName(field: string, name: string): void {
  if (name === '' || name.length > MAX_NAME) throw new InputError(field, `must have 1 to ${MAX_NAME} characters`);
}

function optionsOf({ source, rowsMean, dateOrder, ratingScale, mapping }: Omit<HistoryEntryInput, 'name'>, field: string): ReadOptions {
  if (ratingScale !== null && ratingScale !== undefined && ![5, 10, 100].includes(ratingScale))
    throw new InputError(`${field}.ratingScale`, `is ${ratingScale}; it must be 5, 10 or 100`);
  checkLength(`${field}.mapping`, mapping ?? [], MAX_COLUMNS);
  return {
    source: source ?? undefined,
    rowsMean: rowsMean ?? undefined,
    dateOrder: dateOrder ?? undefined,
    ratingScale: ratingScale ?? undefined,
    mapping: (mapping ?? []).map(({ column, field: of }) => ({ column, field: of ?? null })),
  };
}
