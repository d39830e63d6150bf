import type { Kysely } from 'kysely';
import type { MovieId } from '../catalog/movie-id.ts';
import { feedbackRows, playRows, ratingRows, watchlistRows } from './library-rows.ts';
import type { Tables } from './tables.ts';

/** What stands for a viewer's words on the scale of MovieLens. A model takes 4 stars or more for a like. */
const STARS = { LIKE: 4.5, DISLIKE: 1.5, WATCHED: 3 };

/** What one viewer thinks of one movie. */
export interface TrainingRow {
  movieId: MovieId;
  /** 0.5 to 5. */
  stars: number;
  /** "2026-01-31", or null when unknown. A finer date could be compared with what was seen elsewhere. */
  day: string | null;
}

/** Users whose preferences say that no model learns from them. */
export async function usersWhoDeclined(kysely: Kysely<Tables>): Promise<Set<string>> {
  const rows = await kysely.selectFrom('cinematch_preferences').select('user_id').where('learn_from', '=', 0).execute();
  return new Set(rows.map((row) => row.user_id));
}

/**
 * One row a movie, by its id. The viewer's own like or dislike counts before a rating, and a rating before watching without an opinion.
 * NOT_INTERESTED says nothing of a movie.
 */
export async function trainingRows(kysely: Kysely<Tables>, userId: string): Promise<TrainingRow[]> {
  const rows = new Map<MovieId, TrainingRow>();
  // Later ones replace earlier ones.
  const take = (movieId: MovieId, stars: number, time: number | null): void => {
    rows.set(movieId, { movieId, stars, day: dayOf(time) });
  };
  for (const { movie_id, played_at } of await playRows(kysely, userId)) take(movie_id, STARS.WATCHED, played_at);
  for (const { movie_id, watched, watched_at } of await watchlistRows(kysely, userId))
    if (watched === 1) take(movie_id, STARS.WATCHED, watched_at);
  for (const { movie_id, half_stars, rated_at } of await ratingRows(kysely, userId)) take(movie_id, half_stars / 2, rated_at);
  for (const row of await feedbackRows(kysely, userId)) {
    const { movie_id, signal, from_stars } = row;
    if (from_stars === 0 && (signal === 'LIKE' || signal === 'DISLIKE')) take(movie_id, STARS[signal], row.said_at);
  }
  return [...rows.values()].sort((a, b) => a.movieId - b.movieId);
}

/** Stored times are below 0 when they are unknown. */
function dayOf(time: number | null): string | null {
  return time === null || time < 0 ? null : new Date(time).toISOString().slice(0, 10);
}
