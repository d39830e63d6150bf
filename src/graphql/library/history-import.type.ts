import { ArgsType, Extensions, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { MovieIndex } from '../../catalog/movie-id.ts';
import { MAX_CANDIDATES, type MatchReason as MatchReasonValue } from '../../catalog/movie-matcher.ts';
import type { ReadFile } from '../../library/history/history-files.ts';
import type { ImportProblem as ImportProblemValue } from '../../library/import-history.ts';
import type { ImportPhase as ImportPhaseValue } from '../../library/running-imports.ts';
import type { Signal } from '../../library/signal.ts';
import { ImportPhase, ImportProblem, MatchReason } from './history-import.enum.ts';
import { FeedbackSignal } from './library.input.ts';

/** The import has read the rows already, so their facts cost less than those of a movie. */
const ROW_FACT_COST = 0.05;

@ObjectType({ simpleResolvers: true, description: 'A row that means one movie for sure.' })
export class ImportedRow {
  @Field(() => Int, { description: 'Row number from 1, without headers, counted through all files.' })
  @Extensions({ cost: ROW_FACT_COST })
  row!: number;

  @Field(() => String, { description: 'As written in the file.' })
  @Extensions({ cost: ROW_FACT_COST })
  title!: string;

  @Field(() => Int, { nullable: true, description: 'As written in the file.' })
  @Extensions({ cost: ROW_FACT_COST })
  year!: number | null;

  movieIndex!: MovieIndex;

  @Field(() => Float, { description: '1 for an id or for title and year. Less for an alternative title or a neighbouring year.' })
  @Extensions({ cost: ROW_FACT_COST })
  confidence!: number;

  @Field(() => MatchReason, { nullable: true, description: 'Why the row means this movie. Null when the viewer chose it.' })
  @Extensions({ cost: ROW_FACT_COST })
  reason!: MatchReasonValue | null;

  @Field(() => Float, { nullable: true, description: 'From 0.5 to 5 for every site. Null when not rated.' })
  @Extensions({ cost: ROW_FACT_COST })
  rating!: number | null;

  @Field(() => FeedbackSignal, {
    nullable: true,
    description: 'The feedback that the rating becomes. Null for a rating between the thresholds.',
  })
  @Extensions({ cost: ROW_FACT_COST })
  signal!: Signal | null;

  @Field(() => Boolean, { description: 'Whether the movie counts as watched. Rated movies do.' })
  @Extensions({ cost: ROW_FACT_COST })
  watched!: boolean;

  @Field(() => Boolean, { description: 'Whether the row is an entry of a watchlist.' })
  @Extensions({ cost: ROW_FACT_COST })
  listed!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'A movie that the row may mean.' })
export class ImportCandidate {
  movieIndex!: MovieIndex;

  @Field(() => Float, { description: 'From 0 to 1.' })
  @Extensions({ cost: ROW_FACT_COST })
  confidence!: number;

  @Field(() => MatchReason)
  @Extensions({ cost: ROW_FACT_COST })
  reason!: MatchReasonValue;
}

/** Fields of every row that was not written. */
@ObjectType({ simpleResolvers: true })
abstract class UnwrittenRow {
  @Field(() => Int, { description: 'Row number from 1, without headers, counted through all files.' })
  @Extensions({ cost: ROW_FACT_COST })
  row!: number;

  @Field(() => String)
  @Extensions({ cost: ROW_FACT_COST })
  title!: string;

  @Field(() => Int, { nullable: true })
  @Extensions({ cost: ROW_FACT_COST })
  year!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'A row that may mean one of several movies. Nothing was written for it.' })
export class DoubtfulRow extends UnwrittenRow {
  @Field(() => [ImportCandidate], { description: 'Best first, at most five.' })
  @Extensions({ listLength: MAX_CANDIDATES })
  candidates!: ImportCandidate[];
}

@ObjectType({ simpleResolvers: true, description: 'A row without a matching movie.' })
export class RowNotFound extends UnwrittenRow {
  @Field(() => ImportProblem)
  @Extensions({ cost: ROW_FACT_COST })
  problem!: ImportProblemValue;
}

@ObjectType({ simpleResolvers: true, description: 'Result of an import, row by row.' })
export class HistoryImport {
  @Field(() => Boolean, { description: 'True when nothing was written.' })
  dryRun!: boolean;

  @Field(() => ID, { nullable: true, description: 'Pass it to `undoImport`. Null in a dry run.' })
  importId!: string | null;

  @Field(() => Int, { description: 'Number of rows in all files together.' })
  rowCount!: number;

  @Field(() => Int, { description: 'Number of movies that the taken rows say something about. Several rows may mean one movie.' })
  movieCount!: number;

  files!: ReadFile[];

  taken!: ImportedRow[];
  doubtful!: DoubtfulRow[];
  notFound!: RowNotFound[];

  @Field(() => Int, { description: 'Number of movies added to the watchlist. Several rows may mean one movie.' })
  addedToWatchlist!: number;

  @Field(() => Int, { description: 'Of the movies added to the watchlist, those to watch: the others are marked watched.' })
  addedToWatch!: number;

  @Field(() => Int, { description: 'Number of movies newly marked watched.' })
  markedWatched!: number;

  @Field(() => Int, { description: 'Number of new likes.' })
  likes!: number;

  @Field(() => Int, { description: 'Number of new dislikes.' })
  dislikes!: number;

  @Field(() => Int, { description: 'Number of likes and dislikes that went, because the rating behind them was corrected.' })
  feedbackRemoved!: number;

  @Field(() => Int, { description: 'Number of new and corrected ratings.' })
  ratings!: number;

  @Field(() => Int, { description: 'Number of new plays.' })
  plays!: number;
}

@ObjectType({ simpleResolvers: true, description: 'How far an import is that runs now.' })
export class ImportProgress {
  @Field(() => ImportPhase)
  phase!: ImportPhaseValue;

  @Field(() => Int, { description: 'Rows that were read or matched, or changes that were written.' })
  done!: number;

  @Field(() => Int, { nullable: true, description: 'Null while it is not known.' })
  total!: number | null;
}

@InputType({ description: 'The movie that the viewer chose for a row.' })
export class ImportChoice {
  @Field(() => Int, { description: 'Row number from 1, without headers, counted through all files.' })
  row!: number;

  @Field(() => ID, { nullable: true, description: 'Null: leave the row out.' })
  movieId?: string | null;
}

/** Arguments of every import. */
@ArgsType()
export class ImportArguments {
  @Field(() => Boolean, { defaultValue: false, description: 'Write nothing and return the result that the import would have.' })
  dryRun!: boolean;

  @Field(() => Float, { defaultValue: 4, description: 'Ratings from this value become likes, on a scale to 5.' })
  likeFrom!: number;

  @Field(() => Float, { defaultValue: 2, description: 'Ratings up to this value become dislikes, on a scale to 5.' })
  dislikeUpTo!: number;

  @Field(() => [ImportChoice], { defaultValue: [], description: 'The movies meant by rows. At most 500.' })
  choices!: ImportChoice[];
}
