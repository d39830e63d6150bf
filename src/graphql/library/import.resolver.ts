import { Arg, Ctx, Extensions, FieldResolver, Float, Mutation, Resolver, Root } from 'type-graphql';
import type { HistorySource as HistorySourceValue } from '../../library/history/read-history.ts';
import { importHistory } from '../../library/import-history.ts';
import type { RequestContext } from '../context.ts';
import { Movie } from '../movie/movie.type.ts';
import { HistoryImport, HistorySource, ImportCandidate, ImportChoice, ImportedRow } from './history-import.type.ts';

@Resolver(() => ImportedRow)
export class HistoryImportResolver {
  @Mutation(() => HistoryImport, {
    description:
      'Takes over what another site exported, at most 50,000 rows: ratings become likes and dislikes, what was rated or watched goes on the\nwatchlist as watched, what is to be watched as not watched. Importing again changes nothing, and what was said here later stays.\nRun it dry first to see what would happen.',
  })
  @Extensions({ cost: 200 })
  importHistory(
    @Arg('text', () => String, { description: 'The file.' }) text: string,
    @Arg('source', () => HistorySource) source: HistorySourceValue,
    @Arg('dryRun', () => Boolean, { defaultValue: false, description: 'Change nothing, only say what would be changed.' }) dryRun: boolean,
    @Arg('likeFrom', () => Float, { defaultValue: 4, description: 'Of 5: ratings from here on become likes.' }) likeFrom: number,
    @Arg('dislikeUpTo', () => Float, { defaultValue: 2, description: 'Of 5: ratings up to here become dislikes.' }) dislikeUpTo: number,
    @Arg('choices', () => [ImportChoice], {
      defaultValue: [],
      description: 'For rows that may mean one movie or another: which one is meant. At most 500.',
    })
    choices: ImportChoice[],
    @Ctx() context: RequestContext,
  ): Promise<HistoryImport> {
    return importHistory(context, { text, source, dryRun, likeFrom, dislikeUpTo, choices });
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
