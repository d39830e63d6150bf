import { Extensions, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { MovieIndex } from '../../catalog/movie-id.ts';
import { MAX_CANDIDATES } from '../../catalog/movie-matcher.ts';
import type { HistorySource as HistorySourceValue } from '../../library/history/read-history.ts';
import type { ImportProblem as ImportProblemValue } from '../../library/import-history.ts';
import type { Signal } from '../../library/library-store.ts';
import { FeedbackSignal } from './library.input.ts';

export const HistorySource: { [S in HistorySourceValue]: S } = {
  LETTERBOXD_RATINGS: 'LETTERBOXD_RATINGS',
  LETTERBOXD_WATCHED: 'LETTERBOXD_WATCHED',
  LETTERBOXD_WATCHLIST: 'LETTERBOXD_WATCHLIST',
  LETTERBOXD_DIARY: 'LETTERBOXD_DIARY',
  IMDB_RATINGS: 'IMDB_RATINGS',
  IMDB_WATCHLIST: 'IMDB_WATCHLIST',
  TRAKT: 'TRAKT',
  MOVIELENS: 'MOVIELENS',
};

registerEnumType(HistorySource, {
  name: 'HistorySource',
  description: 'Site and file of an import. Every file is CSV with its columns in any order.',
  valuesConfig: {
    LETTERBOXD_RATINGS: { description: 'ratings.csv' },
    LETTERBOXD_WATCHED: { description: 'watched.csv' },
    LETTERBOXD_WATCHLIST: { description: 'watchlist.csv' },
    LETTERBOXD_DIARY: { description: 'diary.csv or reviews.csv' },
    IMDB_RATINGS: { description: "'Your ratings', from 1 to 10." },
    IMDB_WATCHLIST: { description: "'Your watchlist'." },
    TRAKT: { description: 'Ratings (from 1 to 10), history or watchlist, recognized by the columns.' },
    MOVIELENS: { description: "ratings.csv of a data set, or movielens.org's own export." },
  },
});

export const ImportProblem: { [P in ImportProblemValue]: P } = {
  UNKNOWN_MOVIE: 'UNKNOWN_MOVIE',
  EPISODE: 'EPISODE',
  SERIES: 'SERIES',
  UNREADABLE: 'UNREADABLE',
};

registerEnumType(ImportProblem, {
  name: 'ImportProblem',
  description: 'Why a row has no movie.',
  valuesConfig: {
    UNKNOWN_MOVIE: { description: 'The catalog has neither the id nor the title within a year of the given one.' },
    EPISODE: { description: 'An episode or a season, not a movie.' },
    SERIES: { description: 'A series, a game or another work that is not a movie.' },
    UNREADABLE: { description: 'Neither a title nor an id, or an invalid rating.' },
  },
});

/** The import has read the rows already, so their facts cost less than those of a movie. */
const ROW_FACT_COST = 0.05;

@ObjectType({ simpleResolvers: true, description: 'A row that means one movie for sure.' })
export class ImportedRow {
  @Field(() => Int, { description: 'Row number within the file, from 1, without the header.' })
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
}

/** Fields of every row that was not written. */
@ObjectType({ simpleResolvers: true })
abstract class UnwrittenRow {
  @Field(() => Int, { description: 'Row number within the file, from 1, without the header.' })
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

  @Field(() => Int, { description: 'Number of rows in the file.' })
  rowCount!: number;

  taken!: ImportedRow[];
  doubtful!: DoubtfulRow[];
  notFound!: RowNotFound[];

  @Field(() => Int, { description: 'Number of movies added to the watchlist. Several rows may mean one movie.' })
  addedToWatchlist!: number;

  @Field(() => Int, { description: 'Number of movies newly marked watched.' })
  markedWatched!: number;

  @Field(() => Int, { description: 'Number of new likes.' })
  likes!: number;

  @Field(() => Int, { description: 'Number of new dislikes.' })
  dislikes!: number;
}

@InputType({ description: 'The movie that the viewer chose for a row of the file.' })
export class ImportChoice {
  @Field(() => Int, { description: 'Row number within the file, from 1, without the header.' })
  row!: number;

  @Field(() => ID)
  movieId!: string;
}
