import { describe, expect, it } from 'vitest';
import { movieIdOf } from '../../../test/movie-ids.ts';
import { historyItem, signalOfRating } from './history-items.ts';
import type { HistoryRow } from './history-row.ts';

const THRESHOLDS = { likeFrom: 4, dislikeUpTo: 2 };
const MOVIE = { movieId: movieIdOf(1), title: 'Alien', sortTitle: 'alien', year: 1979 };
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));

const ROW = {
  rating: null,
  ratedAt: null,
  watched: false,
  watchedAt: null,
  listed: false,
  listedAt: null,
  feedback: null,
  feedbackAt: null,
  plays: [],
};
type Facts = Partial<typeof ROW> | { [K in keyof typeof ROW]?: (typeof ROW)[K] | number | boolean | Date };
const item = (...rows: Facts[]) => historyItem(MOVIE, rows.map((row) => ({ ...ROW, ...row })) as unknown as HistoryRow[], THRESHOLDS);

describe('a rating', () => {
  it.each([
    [5, 'LIKE'],
    [4, 'LIKE'],
    [3.99, null],
    [2.01, null],
    [2, 'DISLIKE'],
    [0.5, 'DISLIKE'],
    [null, null],
  ])('of %s is the signal %s', (rating, signal) => {
    expect(signalOfRating(rating, THRESHOLDS)).toBe(signal);
  });
});

describe('the rows of one movie', () => {
  it('say with their latest rating what was thought of it', () => {
    const rows = [
      { rating: 5, ratedAt: day(1) },
      { rating: 1, ratedAt: day(2) },
    ];
    for (const ordered of [rows, rows.toReversed()]) expect(item(...ordered).rating).toMatchObject({ signal: 'DISLIKE', at: day(2) });
  });

  it('say with the later row when two ratings have one date, or none', () => {
    for (const ratedAt of [day(1), null]) {
      expect(item({ rating: 5, ratedAt }, { rating: 1, ratedAt }).rating).toMatchObject({ signal: 'DISLIKE', at: ratedAt });
      expect(item({ rating: 1, ratedAt }, { rating: 5, ratedAt }).rating).toMatchObject({ signal: 'LIKE', at: ratedAt });
    }
  });

  it('say with a rating that has a date before one that has none', () => {
    const dated = { rating: 5, ratedAt: day(1) };
    expect(item(dated, { rating: 1 }).rating).toMatchObject({ signal: 'LIKE', at: day(1) });
    expect(item({ rating: 1 }, dated).rating).toMatchObject({ signal: 'LIKE', at: day(1) });
  });

  it('say nothing with a latest rating between the thresholds, or with none', () => {
    expect(item({ rating: 5, ratedAt: day(1) }, { rating: 3, ratedAt: day(2) }).rating?.signal).toBeNull();
    expect(item({ watched: true })).toMatchObject({ feedback: undefined, rating: undefined });
  });

  it('have the latest date on which it was watched, and on which it was listed', () => {
    expect(
      item({ watched: true, watchedAt: day(2) }, { watched: true, watchedAt: day(3) }, { watched: true }, { watchedAt: day(9) }),
    ).toMatchObject({ movie: MOVIE, watched: { at: day(3) }, listed: undefined });
    expect(item({ listed: true, listedAt: day(3) }, { listed: true, listedAt: day(2) }, { listedAt: day(9) })).toMatchObject({
      watched: undefined,
      listed: { at: day(3) },
    });
    expect(item({ watched: true, listed: true })).toMatchObject({ watched: { at: null }, listed: { at: null } });
  });

  it('state the largest number of plays that a row states', () => {
    const counted = (playCount: number) => ({ watched: true, watchedAt: day(3), plays: [day(3)], playCount });
    expect(item(...([counted(3), counted(2)] as unknown as Facts[])).playCount).toBe(3);
    expect(item({ watched: true, plays: [null] } as unknown as Facts)).not.toHaveProperty('playCount');
  });
});
