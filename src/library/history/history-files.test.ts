import { describe, expect, it } from 'vitest';
import type { HistoryRow } from './history-row.ts';
import { readHistory } from './read-history.ts';
import type { ReadOptions } from './read-options.ts';

/** What a file says, without the facts that are the same in every row. */
function facts(text: string, options: ReadOptions = {}, name = 'x.csv') {
  const { source, rows, questions } = readHistory(text, options, name);
  return { source, questions, rows: rows.map(shortly) };
}

function shortly({ title, year, rating, watched, watchedAt, listed, feedback, problem, imdbId, tmdbId }: HistoryRow) {
  const date = watchedAt?.toISOString().slice(0, 10) ?? null;
  const does = [rating, watched ? (date ?? 'watched') : null, listed ? 'listed' : null, feedback, problem].filter((one) => one !== null);
  return [title, year, imdbId ?? tmdbId, ...does].filter((one) => one !== null);
}

describe('the site of a file', () => {
  it.each([
    ['Date,Name,Year,Letterboxd URI,Rating', 'x.csv', 'LETTERBOXD_RATINGS'],
    ['Date,Name,Year,Letterboxd URI', 'watched.csv', 'LETTERBOXD_WATCHED'],
    ['Date,Name,Year,Letterboxd URI', 'watchlist.csv', 'LETTERBOXD_WATCHLIST'],
    ['Date,Name,Year,Letterboxd URI', 'likes/films.csv', 'LETTERBOXD_LIKES'],
    ['Date,Name,Year,Letterboxd URI', 'films.csv', 'LETTERBOXD_LIKES'],
    ['Date,Name,Year,Letterboxd URI', 'export.csv', 'GENERIC'],
    ['Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date', 'x.csv', 'LETTERBOXD_DIARY'],
    ['Const,Your Rating,Date Rated,Title', 'watchlist.csv', 'IMDB_RATINGS'],
    ['Position,Const,Created,Title,Your Rating,Date Rated', 'october.csv', 'IMDB_WATCHLIST'],
    ['"movieId","rating"', 'x.csv', 'MOVIELENS'],
    ['rated_at,type,title,rating', 'x.csv', 'TRAKT'],
    ['rank,listed_at,type,title,trakt_rating', 'x.csv', 'TRAKT'],
    ['SIMKL_ID,Title,Type,Watchlist,Rating', 'x.csv', 'SIMKL'],
    ['TMDb ID,IMDb ID,Type,Name,Your Rating', 'x.csv', 'TMDB'],
    ['movieId,imdbId,tmdbId,title,year,feedback,onWatchlist', 'x.csv', 'CINEMATCH'],
    ['Film;Jahr;Bewertung', 'x.csv', 'GENERIC'],
  ])('is told from %s in %s', (header, name, source) => {
    expect(readHistory(`${header}\n`, {}, name).source).toBe(source);
  });

  it('is not guessed from columns without a title or an id', () => {
    expect(() => readHistory('a,b\n1,2\n')).toThrow(
      'is no file of a known site; the first line has a, b; expected columns such as Title, Year and Rating',
    );
    for (const nothing of ['', '\uFEFF', ' \n\n']) expect(() => readHistory(nothing)).toThrow('is empty');
  });
});

describe('a file', () => {
  it('of Trakt gives ratings of the viewer alone, and no film for a series', () => {
    const head = 'type,title,year,trakt_rating,imdb_id,tmdb_id';
    expect(facts(`watched_at,${head}\n2023-04-05T20:00:00Z,movie,Heat,1995,8.3,tt0113277,949\n`).rows).toEqual([
      ['Heat', 1995, 113277, '2023-04-05'],
    ]);
    expect(facts(`listed_at,${head}\n2023-04-05T20:00:00Z,movie,Heat,1995,8.3,tt0113277,949\n`).rows).toEqual([
      ['Heat', 1995, 113277, 'listed'],
    ]);
    expect(facts(`rated_at,rating,${head}\n2023-04-05T20:00:00Z,10,show,The Wire,2002,9,,1438\n`).rows).toEqual([
      ['The Wire', 2002, 5, 'watched', 'SERIES'],
    ]);
  });

  it('of Trakt in JSON is read as its CSV is', () => {
    const movie = { title: 'Heat', year: 1995, ids: { trakt: 1, imdb: 'tt0113277', tmdb: 949 } };
    const show = { title: 'The Wire', year: 2002, ids: { tmdb: 1438 } };
    const entries = [
      { rated_at: '2023-04-05T20:00:00.000Z', rating: 9, type: 'movie', movie },
      { watched_at: '2023-04-06T20:00:00.000Z', type: 'movie', movie },
      { last_watched_at: '2023-04-07T20:00:00.000Z', plays: 2, movie },
      { listed_at: '2023-04-08T20:00:00.000Z', type: 'movie', movie },
      { watched_at: '2023-04-06T20:00:00.000Z', type: 'episode', episode: { title: 'The Target' }, show },
      { rating: 10, rated_at: '2023-04-06T20:00:00.000Z', type: 'show', show },
      null,
    ];
    expect(facts(JSON.stringify(entries), {}, 'x.json')).toEqual({
      source: 'TRAKT',
      questions: [],
      rows: [
        ['Heat', 1995, 113277, 4.5, 'watched'],
        ['Heat', 1995, 113277, '2023-04-06'],
        ['Heat', 1995, 113277, '2023-04-07'],
        ['Heat', 1995, 113277, 'listed'],
        ['The Target', '2023-04-06', 'EPISODE'],
        ['The Wire', 2002, 5, 'watched', 'SERIES'],
        ['', 'UNREADABLE'],
      ],
    });
  });

  it('of Trakt with numbers of plays has that many, at most a hundred', () => {
    const movie = { title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } };
    const playsOf = (...counts: unknown[]) =>
      readHistory(JSON.stringify(counts.map((plays) => ({ last_watched_at: '2023-04-07T20:00:00.000Z', plays, movie }))), {}).rows.map(
        ({ plays, playCount }) => [plays.length, playCount],
      );
    expect(playsOf(1, 3, 100, 101, 1e9, 0, -1, 'many')).toEqual([
      [1, 1],
      [1, 3],
      [1, 100],
      [1, 100],
      [1, 100],
      [1, undefined],
      [1, undefined],
      [1, undefined],
    ]);
  });

  it('of Simkl, TMDb and other programs is read with their scales and states', () => {
    expect(
      facts(
        'SIMKL_ID,Title,Type,Year,Watchlist,WatchedDate,Rating,TMDB,IMDB\n1,Heat,movie,1995,completed,2023-04-05 07:54,9,949,tt0113277\n2,Ran,movie,1985,plantowatch,,,11645,\n3,The Wire,tv show,2002,completed,2023-04-05 07:54,10,1438,tt0306414\n4,Tenet,movie,2020,dropped,,,,\n',
      ).rows,
    ).toEqual([
      ['Heat', 1995, 113277, 4.5, '2023-04-05'],
      ['Ran', 1985, 11645, 'listed'],
      ['The Wire', 2002, 306414, 5, '2023-04-05', 'SERIES'],
      ['Tenet', 2020],
    ]);
    // "Rating" is the mean of all users there.
    expect(
      facts(
        'TMDb ID,IMDb ID,Type,Name,Release Date,Rating,Your Rating,Date Rated\n949,tt0113277,movie,Heat,1995-12-15T00:00:00Z,7.9,9.0,2014-11-08T00:00:00Z\n1438,,tv,The Wire,2002-06-02T00:00:00Z,8.6,10.0,2014-11-08T00:00:00Z\n11645,,movie,Ran,1985-06-01T00:00:00Z,8.1,,\n',
      ).rows,
    ).toEqual([
      ['Heat', 1995, 113277, 4.5, 'watched'],
      ['The Wire', 2002, 5, 'watched', 'SERIES'],
      ['Ran', 1985, 11645, 'listed'],
    ]);
    expect(facts('Title,Year,imdbID,Rating10,WatchedDate\nHeat,1995,tt0113277,2,2020-08-28\n').rows).toEqual([
      ['Heat', 1995, 113277, 1, '2020-08-28'],
    ]);
    expect(facts('Title,Year,Directors,Rating,WatchedDate\nHeat,1995,M. Mann,4,2020-08-28\n').rows).toEqual([
      ['Heat', 1995, 4, '2020-08-28'],
    ]);
    expect(facts('title,year,tmdbId,imdbId,userRating\nHeat,1995,949,tt0113277,3\n').rows).toEqual([
      ['Heat', 1995, 113277, 1.5, 'watched'],
    ]);
    expect(facts('Название;Год;Моя оценка\nСхватка;1995;8\n').rows).toEqual([['Схватка', 1995, 4, 'watched']]);
    expect(facts('Film,Stars\nHeat,★★★½\nRan,9/10\nTenet,80%\nDune,good\n').rows).toEqual([
      ['Heat', 3.5, 'watched'],
      ['Ran', 4.5, 'watched'],
      ['Tenet', 4, 'watched'],
      ['Dune', Number.NaN, 'watched', 'UNREADABLE'],
    ]);
  });

  it('of Movary is read: history with every play, ratings of 10 points and a watchlist', () => {
    const history =
      'title,year,tmdbId,imdbId,watchedAt,comment\nHeat,1995,949,tt0113277,2023-04-05,\nHeat,1995,949,tt0113277,2024-04-05,again\n';
    expect(facts(history).rows).toEqual([
      ['Heat', 1995, 113277, '2023-04-05'],
      ['Heat', 1995, 113277, '2024-04-05'],
    ]);
    expect(facts('title,year,tmdbId,imdbId,userRating\nRan,1985,11645,,5\n').rows).toEqual([['Ran', 1985, 11645, 2.5, 'watched']]);
    expect(facts('title,tmdbId,imdbId,addedAt\nRan,11645,tt0089881,2023-04-05 20:10:11\n').rows).toEqual([['Ran', 89881, 'listed']]);
  });

  it('of Kinopoisk is read: the original title, ten points and no mean of all users', () => {
    const head =
      'русскоязычное название;оригинальное название;год;страны;режисcёр;моя оценка;рейтинг КиноПоиска;рейтинг IMDb;мировая премьера;дата и время\n';
    const rows =
      'Схватка;Heat;1995;США;Майкл Манн;4;8,1;8,3;15.12.1995;05.04.2023, 20:10\nСталкер;;1979;СССР;Андрей Тарковский;5;8,1;8,1;;06.04.2023, 20:10\n';
    const { rows: read, ratingScale, unreadDates } = readHistory(`${head}${rows}`);
    expect([read.map(shortly), ratingScale, unreadDates]).toEqual([
      [
        ['Heat', 1995, 2, 'watched'],
        ['Сталкер', 1979, 2.5, 'watched'],
      ],
      10,
      0,
    ]);
    expect(read[0].ratedAt).toEqual(new Date('2023-04-05'));
    expect(facts('Название;Тип;Год;Моя оценка\nТьма;Сериал;2017;9\n').rows).toEqual([['Тьма', 2017, 4.5, 'watched', 'SERIES']]);
  });

  it('of Simkl in JSON is read with the dates of rating and listing', () => {
    const movie = { title: 'Heat', year: 1995, ids: { simkl: 1, imdb: 'tt0113277', tmdb: '949' } };
    const dates = { user_rated_at: '2023-04-06T20:00:00Z', added_to_watchlist_at: '2022-01-02T03:04:05Z' };
    const movies = [
      { ...dates, last_watched_at: '2023-04-05T20:00:00Z', user_rating: 9, status: 'completed', movie },
      { ...dates, last_watched_at: null, user_rating: null, user_rated_at: null, status: 'plantowatch', movie },
      { ...dates, last_watched_at: null, user_rating: null, user_rated_at: null, status: 'dropped', movie },
    ];
    const anime = [{ status: 'completed', anime_type: 'movie', show: { title: 'Akira', year: 1988, ids: { imdb: 'tt0094625' } } }];
    const shows = [{ status: 'completed', show: { title: 'The Wire', year: 2002, ids: { imdb: 'tt0306414' } } }];
    const { rows } = readHistory(JSON.stringify({ movies, anime, shows }), {}, 'SimklBackup.json');
    expect(rows.map(shortly)).toEqual([
      ['Heat', 1995, 113277, 4.5, '2023-04-05'],
      ['Heat', 1995, 113277, 'listed'],
      ['Heat', 1995, 113277],
      ['The Wire', 2002, 306414, 'watched', 'SERIES'],
      ['Akira', 1988, 94625, 'watched'],
    ]);
    expect([rows[0].ratedAt, rows[1].listedAt]).toEqual([new Date('2023-04-06T20:00:00Z'), new Date('2022-01-02T03:04:05Z')]);
  });

  it('of Simkl in CSV has days before months, which is told or asked', () => {
    const head = 'SIMKL_ID,Title,Type,Year,Watchlist,LastEpWatched,WatchedDate,Rating,Memo,TVDB,TMDB,IMDB\n';
    const row = (date: string) => `1,Heat,movie,1995,completed,,${date},9,,,949,tt0113277\n`;
    expect(facts(`${head}${row('05-04-2023 21:50:41')}${row('18-12-2023 21:50:41')}`).rows.map((one) => one.at(-1))).toEqual([
      '2023-04-05',
      '2023-12-18',
    ]);
    expect(readHistory(`${head}${row('05-04-2023 21:50:41')}`).questions).toEqual(['DATE_ORDER']);
  });

  it('that is a list can be watched, to watch or liked', () => {
    const list =
      'Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2023-04-05,Best,,u,\n\nPosition,Name,Year,URL,Description\n1,Heat,1995,u,\n';
    const trakt = JSON.stringify([{ listed_at: '2023-04-05T20:00:00Z', type: 'movie', movie: { title: 'Heat', year: 1995, ids: {} } }]);
    const imdb = 'Position,Const,Created,Title,Title Type,Year\n1,tt0113277,2023-04-05,Heat,Movie,1995\n';
    for (const text of [list, trakt, imdb]) {
      const does = (options: ReadOptions) => readHistory(text, options, 'best.csv').rows.map((row) => shortly(row).at(-1));
      expect(readHistory(text, {}, 'best.csv')).toMatchObject({ rowsMean: 'TO_WATCH', questions: [], rowCount: 1 });
      expect([does({}), does({ rowsMean: 'WATCHED' }), does({ rowsMean: 'LIKED' })]).toEqual([['listed'], ['watched'], ['LIKE']]);
      expect(readHistory(text, { asksAboutLists: true }, 'best.csv')).toMatchObject({
        rowsMean: null,
        questions: ['ROW_MEANING'],
        rows: [],
        rowCount: 1,
      });
    }
    expect(readHistory(trakt, { asksAboutLists: true }, 'lists-watchlist-2.json').rows.map(shortly)).toEqual([['Heat', 1995, 'listed']]);
  });

  it('of Letterboxd can be likes, or a list below its own description', () => {
    expect(facts('Date,Name,Year,Letterboxd URI\n2023-04-05,Heat,1995,u\n', {}, 'likes/films.csv').rows).toEqual([['Heat', 1995, 'LIKE']]);
    const list =
      'Letterboxd list export v7\nDate,Name,Tags,URL,Description\n2023-04-05,Best,,u,"x, y"\n\nPosition,Name,Year,URL,Description\n';
    expect(facts(`${list}1,Heat,1995,u,\n`)).toEqual({ source: 'LETTERBOXD_LIST', questions: [], rows: [['Heat', 1995, 'listed']] });
  });

  it('asks what its rows mean, and takes the answer', () => {
    const text = 'Date,Name,Year,Letterboxd URI\n2023-04-05,Heat,1995,u\n';
    expect(facts(text)).toEqual({ source: 'GENERIC', questions: ['ROW_MEANING'], rows: [['Heat', 1995]] });
    expect(facts(text, { rowsMean: 'WATCHED' }).rows).toEqual([['Heat', 1995, 'watched']]);
    expect(facts(text, { rowsMean: 'TO_WATCH' }).rows).toEqual([['Heat', 1995, 'listed']]);
    expect(facts(text, { rowsMean: 'LIKED' }).rows).toEqual([['Heat', 1995, 'LIKE']]);
  });

  it('asks about ambiguous dates, and says how many were not read', () => {
    const text = 'Title,Year,Rating,Watched Date\nHeat,1995,4,05/03/2024\nRan,1985,4,soon\n';
    const { questions, unreadDates, rows } = readHistory(text);
    expect([questions, unreadDates, rows[0].watchedAt]).toEqual([['DATE_ORDER'], 2, null]);
    expect(facts(text, { dateOrder: 'MONTH_FIRST' }).rows[0]).toEqual(['Heat', 1995, 4, '2024-05-03']);
  });

  it('shows its columns, and takes others for a field', () => {
    const text = 'Was;Wann;Note\nHeat;1995;7,5\n';
    expect(() => readHistory(text)).toThrow('is no file of a known site');
    // A dry run asks. Without an answer no row is taken, and no other question stands in the way.
    expect(readHistory(text, { asksAboutColumns: true })).toMatchObject({
      source: 'GENERIC',
      questions: ['COLUMNS'],
      rows: [],
      rowCount: 1,
    });
    for (const none of ['Was;Wann\n', 'Was\nHeat\n'])
      expect(() => readHistory(none, { asksAboutColumns: true })).toThrow('is no file of a known site');
    const mapping = [
      { column: 'Was', field: 'TITLE' },
      { column: 'Wann', field: 'YEAR' },
      { column: 'Note', field: 'RATING' },
    ] as const;
    const read = readHistory(text, { source: 'GENERIC', mapping, ratingScale: 10 });
    expect(read.columns).toEqual([
      { column: 'was', field: 'TITLE', sample: 'Heat' },
      { column: 'wann', field: 'YEAR', sample: '1995' },
      { column: 'note', field: 'RATING', sample: '7,5' },
    ]);
    expect(read.rows.map(shortly)).toEqual([['Heat', 1995, 3.75, 'watched']]);
    expect(() => readHistory(text, { source: 'GENERIC', mapping: [{ column: 'x', field: 'TITLE' }] })).toThrow('there is no column "x"');
  });

  it.each(['RATED_AT', 'WATCHED_AT', 'LISTED_AT'] as const)('asks for the order of the dates of a column taken for %s', (field) => {
    const mapping = [{ column: 'wann', field }] as const;
    expect(readHistory('Title,Wann\nHeat,05/03/2024\n', { source: 'GENERIC', mapping }).questions).toContain('DATE_ORDER');
  });

  it('of this program gives everything back', () => {
    const text =
      'movieId,imdbId,tmdbId,title,year,feedback,feedbackAt,onWatchlist,addedAt,watched,watchedAt,stars,ratedAt,plays\r\n' +
      '9,tt0113277,949,Heat,1995,NOT_INTERESTED,2024-03-06T01:02:03.004Z,yes,2026-11-27T10:30:10.316Z,yes,2024-03-04,3.5,2024-03-05,2024-03-04 2020-01-01T20:00:00.000Z ?\r\n';
    expect(readHistory(text).rows[0]).toEqual({
      row: 1,
      title: 'Heat',
      year: 1995,
      movieId: null,
      imdbId: 113_277,
      tmdbId: 949,
      rating: 3.5,
      ratedAt: new Date('2024-03-05'),
      watched: true,
      watchedAt: new Date('2024-03-04'),
      plays: [new Date('2024-03-04'), new Date('2020-01-01T20:00:00Z'), null],
      listed: true,
      listedAt: new Date('2026-11-27T10:30:10.316Z'),
      feedback: 'NOT_INTERESTED',
      feedbackAt: new Date('2024-03-06T01:02:03.004Z'),
      problem: null,
    });
  });
});
