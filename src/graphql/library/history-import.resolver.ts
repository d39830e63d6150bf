import { Arg, Ctx, Extensions, FieldResolver, Float, Int, Mutation, Resolver, Root } from 'type-graphql';
import { InputError } from '../../input-error.ts';
import type { HistorySource as HistorySourceValue } from '../../library/history/read-history.ts';
import { importHistory } from '../../library/import-history.ts';
import { checkedFirst, MAX_IDS } from '../../list-caps.ts';
import { requireWriter } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import {
  DoubtfulRow,
  HistoryImport,
  HistorySource,
  ImportCandidate,
  ImportChoice,
  ImportedRow,
  RowNotFound,
} from './history-import.type.ts';

const IMPORT_COST = 200;
const COST_OF_A_KILOBYTE = 3;
/** The largest files pass as well: they are bounded by their rows. */
const MAX_TEXT_COST = 8_000;

function importCost({ text }: Record<string, unknown>): number {
  const length = typeof text === 'string' ? text.length : 0;
  return IMPORT_COST + Math.min(MAX_TEXT_COST, (length / 1_000) * COST_OF_A_KILOBYTE);
}

@Resolver(() => HistoryImport)
export class HistoryImportResolver {
  @Mutation(() => HistoryImport, {
    description:
      'Imports the export of another site, at most 50,000 rows. Ratings become likes and dislikes. Rated and watched movies go on the\nwatchlist as watched, movies of a watchlist as not watched. Importing again changes nothing, and later feedback stays.\nUse `dryRun` first to see the result.',
  })
  @Extensions({ cost: importCost })
  async importHistory(
    @Arg('text', () => String, { description: 'The file.' }) text: string,
    @Arg('source', () => HistorySource) source: HistorySourceValue,
    @Arg('dryRun', () => Boolean, { defaultValue: false, description: 'Write nothing and return the result that the import would have.' })
    dryRun: boolean,
    @Arg('likeFrom', () => Float, { defaultValue: 4, description: 'Ratings from this value become likes, on a scale to 5.' })
    likeFrom: number,
    @Arg('dislikeUpTo', () => Float, { defaultValue: 2, description: 'Ratings up to this value become dislikes, on a scale to 5.' })
    dislikeUpTo: number,
    @Arg('choices', () => [ImportChoice], {
      defaultValue: [],
      description: 'The movies meant by doubtful rows. At most 500.',
    })
    choices: ImportChoice[],
    @Ctx() context: RequestContext,
  ): Promise<HistoryImport> {
    if (context.hasImported) throw new InputError('importHistory', 'is allowed once a request');
    context.hasImported = true;
    const identity = await requireWriter(context);
    const result = await importHistory(context, identity, { text, source, dryRun, likeFrom, dislikeUpTo, choices });
    context.loaders.viewerFeedback.clearAll();
    context.loaders.watchlistEntry.clearAll();
    return result;
  }

  @FieldResolver(() => [ImportedRow], { description: 'Rows that mean one movie for sure, in the order of the file.' })
  @Extensions({ listLength: { argument: 'first', max: MAX_IDS } })
  taken(
    @Root() result: HistoryImport,
    @Arg('first', () => Int, { defaultValue: 500, description: 'From 1 to 500.' }) first: number,
  ): ImportedRow[] {
    return result.taken.slice(0, checkedFirst(first, MAX_IDS));
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
  ): DoubtfulRow[] {
    return result.doubtful.slice(0, checkedFirst(first, MAX_IDS));
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
  ): RowNotFound[] {
    return result.notFound.slice(0, checkedFirst(first, MAX_IDS));
  }

  @FieldResolver(() => Int, { description: 'Number of rows without a matching movie.' })
  notFoundCount(@Root() { notFound }: HistoryImport): number {
    return notFound.length;
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
