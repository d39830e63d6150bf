import { expect, it } from 'vitest';
import { FIXTURE_MOVIES } from '../../../test/fixture-movies.ts';
import { movieIdOf } from '../../../test/movie-ids.ts';
import { releaseInMemory, shippedConfig } from '../../../test/release-in-memory.ts';
import { type Snapshot, snapshotOf } from '../../recommendations/snapshot.ts';
import { NO_PREFERENCES } from '../library-store.ts';
import type { LastLook } from './push-store.ts';
import { lookAtWatchlist } from './watchlist-changes.ts';

const ALIEN = 1214;
const OLD = 'US:subscription:15:2026-01-02::Hulu';
const versionOf = (offers: string[]): Snapshot =>
  snapshotOf(
    releaseInMemory(
      FIXTURE_MOVIES.map((movie) => ({ ...movie, offers: movie.movieId === ALIEN ? offers : [] })),
      shippedConfig('default'),
    ),
  );

it('tells nothing again that was told before an older version was served', () => {
  const older = versionOf([OLD]);
  const newer = versionOf([OLD, 'US:subscription:8:2026-01-11::Netflix']);
  const listed = [{ movieId: movieIdOf(ALIEN), addedAt: 0 }];
  let last: LastLook | undefined;
  const arrivedIn = ({ catalog }: Snapshot): readonly string[] => {
    const { news, day, told } = lookAtWatchlist(catalog, { ...NO_PREFERENCES, services: ['netflix'] }, listed, last);
    last = { day, told, at: 1 };
    return news.arrived;
  };
  expect([older, newer, newer, older, older, newer].map(arrivedIn)).toEqual([[], ['Alien'], [], [], [], []]);
});
