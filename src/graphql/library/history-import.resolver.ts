import { Arg, Ctx, Extensions, FieldResolver, Float, Mutation, Resolver, Root } from 'type-graphql';
import type { HistorySource as HistorySourceValue } from '../../library/history/read-history.ts';
import { importHistory } from '../../library/import-history.ts';
import { InputError } from '../../input-error.ts';
import { requireWriter } from '../authorization.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { HistoryImport, HistorySource, ImportCandidate, ImportChoice, ImportedRow } from './history-import.type.ts';

@Resolver(() => ImportedRow)
export class HistoryImportResolver {
  @Mutation(() => HistoryImport, {
    description:
      'Imports the export of another site, at most 50,000 rows. Ratings become likes and dislikes. Rated and watched movies go on the\nwatchlist as watched, movies of a watchlist as not watched. Importing again changes nothing, and later feedback stays.\nUse `dryRun` first to see the result.',
  })
  @Extensions({ cost: 200 })
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

  @FieldResolver(() => Movie)
  movie(@Root() row: ImportedRow, @Ctx() { loaders }: RequestContext): Promise<Movie> {
    return loaders.movie.load(row.movieIndex);
  }
}

@Resolver(() => ImportCandidate)
export class ImportCandidateResolver {
  @FieldResolver(() => Movie)
  movie(@Root() candidate: ImportCandidate, @Ctx() { loaders }: RequestContext): Promise<Movie> {
    return loaders.movie.load(candidate.movieIndex);
  }
}
