import { expect, it } from 'vitest';
import { fieldOfColumn, guessedFields, HISTORY_FIELDS, type HistoryField } from './history-fields.ts';

/** Columns that exports of sites and programs have. */
const COLUMNS: Record<HistoryField, string> = {
  TITLE: 'Title|name|Film|Movie|Movie Title|film_title|Titel|Titre|Título|titulo|Titolo|Название|фильм|Русскоязычное название',
  ORIGINAL_TITLE: 'Original Title|original_name|Originaltitel|Оригинальное название',
  YEAR: 'Year|Release Year|released|Release Date|Jahr|Année|annee|año|Ano|anno|Год',
  IMDB_ID: 'imdbID|imdb|Const|tconst|IMDb URL|imdb_link',
  TMDB_ID: 'tmdbId|TMDB|themoviedb_id',
  TYPE: 'Type|Title Type|media_type|Тип',
  RATING: 'Your Rating|Rating10|userRating|my rating|rating|Stars|score|Bewertung|nota|Оценка|Моя оценка',
  RATED_AT: 'Date Rated|rated_at|rating-date|timestamp|Дата и время|Дата оценки',
  WATCHED_AT: 'Watched Date|Date Watched|watched_at|last_watched_at|last watched|watched on|view date|Дата просмотра',
  LISTED_AT: 'listed_at|added_at|Date Added|added-on|created',
  STATUS: 'Watchlist|status',
};

it.each(HISTORY_FIELDS)('%s is found by each of its names, however it is written', (field) => {
  const names = COLUMNS[field].split('|');
  expect(names.map((name) => [name, fieldOfColumn(name)])).toEqual(names.map((name) => [name, field]));
  expect(names.map((name) => fieldOfColumn(` ${name.toUpperCase()}_`))).toEqual(names.map(() => field));
});

it.each(['', 'titles', 'my title', 'rating11', 'imdb rating'])('"%s" is no known name', (name) => {
  expect(fieldOfColumn(name)).toBeUndefined();
});

it('of several columns for one field the better known name counts, wherever it stands', () => {
  for (const columns of [
    ['film', 'name', 'x', 'rating', 'your rating', 'stars'],
    ['name', 'film', 'x', 'stars', 'your rating', 'rating'],
  ])
    expect([...guessedFields(columns)].sort()).toEqual([
      ['RATING', 'your rating'],
      ['TITLE', 'name'],
    ]);
});
