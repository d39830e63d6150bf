import { Extensions, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { MovieIndex } from '../../catalog/movie-id.ts';
import type { HistorySource as HistorySourceValue } from '../../library/history/read-history.ts';
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
  description: 'Which file of which site: each exports CSV, whose columns may come in any order.',
  valuesConfig: {
    LETTERBOXD_RATINGS: { description: 'ratings.csv' },
    LETTERBOXD_WATCHED: { description: 'watched.csv' },
    LETTERBOXD_WATCHLIST: { description: 'watchlist.csv' },
    LETTERBOXD_DIARY: { description: 'diary.csv or reviews.csv' },
    IMDB_RATINGS: { description: "'Your ratings', from 1 to 10." },
    IMDB_WATCHLIST: { description: "'Your watchlist'." },
    TRAKT: { description: 'Ratings (from 1 to 10), history or watchlist: the columns tell which.' },
    MOVIELENS: { description: "ratings.csv of a data set, or movielens.org's own export." },
  },
});

export type ImportProblemValue = 'UNKNOWN_MOVIE' | 'EPISODE' | 'SERIES' | 'UNREADABLE';

export const ImportProblem: { [P in ImportProblemValue]: P } = {
  UNKNOWN_MOVIE: 'UNKNOWN_MOVIE',
  EPISODE: 'EPISODE',
  SERIES: 'SERIES',
  UNREADABLE: 'UNREADABLE',
};

registerEnumType(ImportProblem, {
  name: 'ImportProblem',
  description: 'Why nothing was found for a row.',
  valuesConfig: {
    UNKNOWN_MOVIE: { description: 'The catalogue has neither its id nor its title in about that year.' },
    EPISODE: { description: 'An episode or a season, not a movie.' },
    SERIES: { description: 'A series, a game or the like, which the catalogue does not have.' },
    UNREADABLE: { description: 'Neither title nor id, or a rating that is none.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'A row that means one movie without a doubt.' })
export class ImportedRow {
  @Field(() => Int, { description: 'Of the file, without its header, from 1.' })
  row!: number;

  @Field(() => String, { description: 'As the file has it.' })
  title!: string;

  @Field(() => Int, { nullable: true, description: 'As the file has it.' })
  year!: number | null;

  movieIndex!: MovieIndex;

  @Field(() => Float, { description: '1 for an id or for title and year; less for an alternative title or a year beside it.' })
  confidence!: number;

  @Field(() => Float, { nullable: true, description: '0.5 to 5, whatever the scale of the site; null when not rated.' })
  rating!: number | null;

  @Field(() => FeedbackSignal, { nullable: true, description: 'What the rating counts as; null for one in between.' })
  signal!: Signal | null;

  @Field(() => Boolean, { description: 'Whether it counts as watched, as everything rated does.' })
  watched!: boolean;

  @Field(() => Boolean, { description: 'Whether it stands on a list of what to watch.' })
  listed!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'A movie that may be meant.' })
export class ImportCandidate {
  movieIndex!: MovieIndex;

  @Field(() => Float, { description: 'From 0 to 1.' })
  confidence!: number;
}

/** What is said of every row that nothing was written for. */
@ObjectType({ simpleResolvers: true })
abstract class UnwrittenRow {
  @Field(() => Int, { description: 'Of the file, without its header, from 1.' })
  row!: number;

  @Field(() => String)
  title!: string;

  @Field(() => Int, { nullable: true })
  year!: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'A row that may mean one movie or another: nothing was written for it.' })
export class DoubtfulRow extends UnwrittenRow {
  @Field(() => [ImportCandidate], { description: 'Best first, at most five.' })
  candidates!: ImportCandidate[];
}

@ObjectType({ simpleResolvers: true, description: 'A row for which nothing was found.' })
export class RowNotFound extends UnwrittenRow {
  @Field(() => ImportProblem)
  problem!: ImportProblemValue;
}

@ObjectType({ simpleResolvers: true, description: 'What became of an imported file, row by row.' })
export class HistoryImport {
  @Field(() => Boolean, { description: 'When true, nothing was written.' })
  dryRun!: boolean;

  @Field(() => Int, { description: 'How many rows the file has.' })
  rowCount!: number;

  @Field(() => [ImportedRow])
  @Extensions({ usualLength: 100 })
  taken!: ImportedRow[];

  @Field(() => [DoubtfulRow])
  @Extensions({ usualLength: 20 })
  doubtful!: DoubtfulRow[];

  @Field(() => [RowNotFound])
  @Extensions({ usualLength: 20 })
  notFound!: RowNotFound[];

  @Field(() => Int, { description: 'Movies put on the watchlist; several rows may mean one movie.' })
  addedToWatchlist!: number;

  @Field(() => Int, { description: 'Movies marked watched that were not before.' })
  markedWatched!: number;

  @Field(() => Int, { description: 'Likes that were new.' })
  likes!: number;

  @Field(() => Int, { description: 'Dislikes that were new.' })
  dislikes!: number;
}

@InputType({ description: 'Which movie a row of the file means, when the viewer has said so.' })
export class ImportChoice {
  @Field(() => Int, { description: 'Of the file, without its header, from 1.' })
  row!: number;

  @Field(() => ID)
  movieId!: string;
}
