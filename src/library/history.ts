import type { MovieIndex } from '../catalog/movie-id.ts';
import { InputError } from '../input-error.ts';
import { checkedFirst } from '../list-caps.ts';
import type { LibraryDependencies, Viewer } from './dependencies.ts';
import { DEFAULT_THRESHOLDS, signalOfRating } from './history/history-items.ts';
import { decodeSortKey, encodeSortKey, type ListOrder } from './history-cursor.ts';
import type { ImportRecord, PlayItem, PlaySort, RatingItem, RatingSort, SortedPage } from './history-store.ts';
import { movieRecord, readMovieId, unknownMovie } from './movie-record.ts';
import { mapQuotaError, quotaOf } from './quota-error.ts';
import { payToAdd, payToRead, type RowPayment } from './stored-rows.ts';

const MIN_STARS = 0.5;
const MAX_STARS = 5;
const MAX_IMPORT_ID = 100;
const POINTS_OF_AN_UNDONE_CHANGE = 1;
const DAY_MS = 86_400_000;

type Library = Pick<LibraryDependencies, 'library'>;

/** Rates a movie in half stars, or removes the rating when `stars` is null. Returns the movie. */
export async function rateMovie(
  dependencies: LibraryDependencies & RowPayment,
  viewer: Viewer,
  id: string,
  stars: number | null,
): Promise<MovieIndex> {
  const {
    library,
    snapshot: { catalog },
  } = dependencies;
  readMovieId(catalog, id, 'movieId');
  const index = catalog.indexOf(id);
  if (index === undefined) throw unknownMovie(id, 'movieId');
  if (stars !== null) checkStars('stars', stars);
  const signal = signalOfRating(stars, DEFAULT_THRESHOLDS);
  if (stars !== null) await payToAdd(dependencies, viewer.userId, 'RATING');
  const rated = library.history.rate(viewer.userId, movieRecord(catalog, index), stars, signal, new Date(), quotaOf(viewer));
  await mapQuotaError(rated, 'movieId');
  return index;
}

/** Adds a date of watching: a moment, a day, or an unknown date when both are missing. */
export async function addPlay(
  dependencies: LibraryDependencies & RowPayment,
  viewer: Viewer,
  id: string,
  { playedAt, playedOn }: { playedAt: Date | null | undefined; playedOn: string | null | undefined },
): Promise<PlayItem> {
  const {
    library,
    snapshot: { catalog },
  } = dependencies;
  readMovieId(catalog, id, 'movieId');
  const index = catalog.indexOf(id);
  if (index === undefined) throw unknownMovie(id, 'movieId');
  if (playedAt != null && playedOn != null) throw new InputError('playedOn', 'and playedAt are both given; one of them is allowed');
  // A day is its midnight UTC. Somewhere on Earth it has begun 14 hours earlier.
  const at = playedOn == null ? (playedAt ?? null) : new Date(`${playedOn}T00:00:00Z`);
  if (at !== null && (Number.isNaN(at.getTime()) || at.getTime() < 0 || at.getTime() > Date.now() + DAY_MS))
    throw new InputError(playedOn == null ? 'playedAt' : 'playedOn', 'must be from 1970 until today');
  // All of them may be of this movie, and its plays are compared with the new one.
  await payToRead(dependencies, viewer.userId, 'PLAY');
  return mapQuotaError(library.history.addPlay(viewer.userId, movieRecord(catalog, index), at, quotaOf(viewer)), 'movieId');
}

/** Returns the play, or null when the viewer has none with this id. */
export async function removePlay({ library }: Library, { userId }: Viewer, playId: string): Promise<PlayItem | null> {
  if (playId.length > 100) return null;
  return (await library.history.removePlay(userId, playId)) ?? null;
}

export interface HistorySlice<Item> {
  entries: { item: Item; cursor: string }[];
  totalCount: number;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

interface PageRequest<Sort> {
  sort: Sort;
  first: number;
  after: string | null | undefined;
}

export async function ratingsPage(
  dependencies: Library & RowPayment,
  { userId }: Viewer,
  { sort, first, after, starsMin, starsMax }: PageRequest<RatingSort> & { starsMin: number | null; starsMax: number | null },
): Promise<HistorySlice<RatingItem>> {
  checkedFirst(first);
  if (starsMin !== null) checkStars('starsMin', starsMin);
  if (starsMax !== null) checkStars('starsMax', starsMax);
  const bounds = { starsMin: starsMin ?? undefined, starsMax: starsMax ?? undefined };
  const order = sort === 'TITLE' ? 'TITLE of ratings' : sort;
  const query = { sort, first, after: decodeSortKey(after, order), ...bounds };
  await payToRead(dependencies, userId, 'RATING');
  return sliceOf(await dependencies.library.history.ratings(userId, query), order);
}

export async function playsPage(
  dependencies: Library & RowPayment,
  { userId }: Viewer,
  { sort, first, after, from, to }: PageRequest<PlaySort> & { from: string | null | undefined; to: string | null | undefined },
): Promise<HistorySlice<PlayItem>> {
  checkedFirst(first);
  const until = dayOf(to);
  const bounds = { from: dayOf(from), until: until && new Date(until.getTime() + DAY_MS) };
  const order = sort === 'TITLE' ? 'TITLE of plays' : sort;
  const query = { sort, first, after: decodeSortKey(after, order), ...bounds };
  await payToRead(dependencies, userId, 'PLAY');
  return sliceOf(await dependencies.library.history.plays(userId, query), order);
}

export async function undoImport(
  { library, charge }: Library & { charge(points: number): Promise<void> },
  { userId }: Viewer,
  importId: string,
): Promise<ImportRecord> {
  const isPossible = importId.length <= MAX_IMPORT_ID;
  const changes = isPossible ? await library.history.undoSize(userId, importId) : 0;
  await charge(changes * POINTS_OF_AN_UNDONE_CHANGE);
  const undone = isPossible ? await library.history.undoImport(userId, importId, new Date()) : undefined;
  if (undone === undefined) throw new InputError('id', 'names no import of yours; only the last 50 are kept');
  return undone;
}

function sliceOf<Item>({ items, ...page }: SortedPage<Item>, order: ListOrder): HistorySlice<Item> {
  return { ...page, entries: items.map(({ item, key }) => ({ item, cursor: encodeSortKey(key, order) })) };
}

function checkStars(argument: string, stars: number): void {
  if (stars >= MIN_STARS && stars <= MAX_STARS && Number.isInteger(stars * 2)) return;
  throw new InputError(argument, `is ${stars}; it must be from ${MIN_STARS} to ${MAX_STARS} in halves`, { min: MIN_STARS, max: MAX_STARS });
}

function dayOf(day: string | null | undefined): Date | undefined {
  return day == null ? undefined : new Date(`${day}T00:00:00Z`);
}
