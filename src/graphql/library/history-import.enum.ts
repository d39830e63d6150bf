import { registerEnumType } from 'type-graphql';
import type { MatchReason as MatchReasonValue } from '../../catalog/movie-matcher.ts';
import type { DateOrder as DateOrderValue } from '../../library/history/history-date.ts';
import type { HistoryField as HistoryFieldValue } from '../../library/history/history-fields.ts';
import type { HistorySource as HistorySourceValue } from '../../library/history/history-source.ts';
import type { HistoryQuestion } from '../../library/history/read-history.ts';
import type { RowMeaning as RowMeaningValue } from '../../library/history/read-options.ts';
import type { ImportProblem as ImportProblemValue } from '../../library/import-history.ts';
import type { ImportPhase as ImportPhaseValue } from '../../library/running-imports.ts';

export const HistorySource: { [S in HistorySourceValue]: S } = {
  LETTERBOXD_RATINGS: 'LETTERBOXD_RATINGS',
  LETTERBOXD_WATCHED: 'LETTERBOXD_WATCHED',
  LETTERBOXD_WATCHLIST: 'LETTERBOXD_WATCHLIST',
  LETTERBOXD_DIARY: 'LETTERBOXD_DIARY',
  LETTERBOXD_LIKES: 'LETTERBOXD_LIKES',
  LETTERBOXD_LIST: 'LETTERBOXD_LIST',
  IMDB_RATINGS: 'IMDB_RATINGS',
  IMDB_WATCHLIST: 'IMDB_WATCHLIST',
  TRAKT: 'TRAKT',
  SIMKL: 'SIMKL',
  TMDB: 'TMDB',
  MOVIELENS: 'MOVIELENS',
  CINEMATCH: 'CINEMATCH',
  GENERIC: 'GENERIC',
};

registerEnumType(HistorySource, {
  name: 'HistorySource',
  description: 'Site and file of an import. Columns may come in any order.',
  valuesConfig: {
    LETTERBOXD_RATINGS: { description: 'ratings.csv' },
    LETTERBOXD_WATCHED: { description: 'watched.csv' },
    LETTERBOXD_WATCHLIST: { description: 'watchlist.csv' },
    LETTERBOXD_DIARY: { description: 'diary.csv or reviews.csv' },
    LETTERBOXD_LIKES: { description: 'likes/films.csv: the movies become likes.' },
    LETTERBOXD_LIST: {
      description: 'A list: its movies go on the watchlist, unless `rowsMean` says otherwise. A list within a zip is asked about.',
    },
    IMDB_RATINGS: { description: "'Your ratings', from 1 to 10." },
    IMDB_WATCHLIST: { description: "'Your watchlist', or a list: its movies go on the watchlist, unless `rowsMean` says otherwise." },
    TRAKT: { description: 'Ratings (from 1 to 10), history or watchlist as CSV or JSON, recognized by the columns.' },
    SIMKL: { description: 'CSV or JSON.' },
    TMDB: { description: 'Ratings (from 1 to 10) or watchlist.' },
    MOVIELENS: { description: "ratings.csv of a data set, or movielens.org's own export." },
    CINEMATCH: { description: 'export.csv or export.json of this program.' },
    GENERIC: { description: 'CSV of any other program. Its columns are guessed from their names, and `mapping` changes that.' },
  },
});

export const RowMeaning: { [M in RowMeaningValue]: M } = { WATCHED: 'WATCHED', TO_WATCH: 'TO_WATCH', LIKED: 'LIKED' };

registerEnumType(RowMeaning, { name: 'RowMeaning', description: 'What the rows of a file mean whose columns do not tell.' });

export const DateOrder: { [O in DateOrderValue]: O } = { DAY_FIRST: 'DAY_FIRST', MONTH_FIRST: 'MONTH_FIRST' };

registerEnumType(DateOrder, {
  name: 'DateOrder',
  description: 'Order of the numbers in dates such as 05/03/2024.',
  valuesConfig: { DAY_FIRST: { description: '5 March' }, MONTH_FIRST: { description: 'May 3' } },
});

export const HistoryField: { [F in HistoryFieldValue]: F } = {
  TITLE: 'TITLE',
  ORIGINAL_TITLE: 'ORIGINAL_TITLE',
  YEAR: 'YEAR',
  IMDB_ID: 'IMDB_ID',
  TMDB_ID: 'TMDB_ID',
  TYPE: 'TYPE',
  RATING: 'RATING',
  RATED_AT: 'RATED_AT',
  WATCHED_AT: 'WATCHED_AT',
  LISTED_AT: 'LISTED_AT',
  STATUS: 'STATUS',
};

registerEnumType(HistoryField, {
  name: 'HistoryField',
  description: 'What a column of a file holds.',
  valuesConfig: { ORIGINAL_TITLE: { description: 'Comes before TITLE where it is not empty.' } },
});

export const ImportQuestion: { [Q in HistoryQuestion]: Q } = {
  COLUMNS: 'COLUMNS',
  ROW_MEANING: 'ROW_MEANING',
  DATE_ORDER: 'DATE_ORDER',
};

registerEnumType(ImportQuestion, {
  name: 'ImportQuestion',
  description: 'What only the viewer knows about a file. What depends on it is left out until it is answered.',
  valuesConfig: {
    COLUMNS: {
      description:
        'Which column has the title, or an id of IMDb or TMDb. Asked in a dry run only; else the file is refused. Answer with `mapping`.',
    },
    ROW_MEANING: { description: 'Whether the movies were watched, are to be watched, or are liked. Answer with `rowsMean`.' },
    DATE_ORDER: { description: 'Whether the day or the month comes first. Answer with `dateOrder`.' },
  },
});

export const ImportPhase: { [P in ImportPhaseValue]: P } = { READING: 'READING', MATCHING: 'MATCHING', WRITING: 'WRITING' };

registerEnumType(ImportPhase, { name: 'ImportPhase', description: 'What an import is doing.' });

export const MatchReason: { [R in MatchReasonValue]: R } = {
  ID: 'ID',
  TITLE_AND_YEAR: 'TITLE_AND_YEAR',
  TITLE: 'TITLE',
  ALTERNATIVE_TITLE: 'ALTERNATIVE_TITLE',
  SIMILAR_TITLE: 'SIMILAR_TITLE',
};

registerEnumType(MatchReason, {
  name: 'MatchReason',
  description: 'What the match of a row rests on.',
  valuesConfig: {
    TITLE: { description: 'The title. The year is unknown, or another one.' },
  },
});

export const ImportProblem: { [P in ImportProblemValue]: P } = {
  UNKNOWN_MOVIE: 'UNKNOWN_MOVIE',
  EPISODE: 'EPISODE',
  SERIES: 'SERIES',
  UNREADABLE: 'UNREADABLE',
  LEFT_OUT: 'LEFT_OUT',
};

registerEnumType(ImportProblem, {
  name: 'ImportProblem',
  description: 'Why a row has no movie.',
  valuesConfig: {
    UNKNOWN_MOVIE: { description: 'The catalog has neither the id nor the title within a year of the given one.' },
    EPISODE: { description: 'An episode or a season, not a movie.' },
    SERIES: { description: 'A series, a game or another work that is not a movie.' },
    UNREADABLE: { description: 'Neither a title nor an id, or an invalid rating.' },
    LEFT_OUT: { description: 'The viewer chose to leave the row out.' },
  },
});
