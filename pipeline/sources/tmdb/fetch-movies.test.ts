import { describe, expect, test } from 'vitest';
import { TransientError } from '../../cli/retry.ts';
import { recordingContext } from '../../testing/recording-context.ts';
import { type TmdbClient, UnusableAnswer } from './client.ts';
import { fetchMovies } from './fetch-movies.ts';
import type { Journal, JournalEntry } from './journal.ts';

const ids = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);

/** Fetches the ids from a client for whom `failureOf` says what is wrong with a movie. */
async function fetching(count: number, failureOf: (id: number) => Error | undefined, known: number[] = []) {
  const entries = new Map<number, JournalEntry>(known.map((id) => [id, { id }]));
  const journal: Journal = { entries, append: async (entry) => void entries.set(entry.id, entry), close: async () => undefined };
  const asked: number[] = [];
  const client: TmdbClient = {
    movie: async (id) => {
      asked.push(id);
      const failure = failureOf(id);
      if (failure !== undefined) throw failure;
      return { kind: 'gone' };
    },
    get: async () => ({ kind: 'gone' }),
  };
  const outcome = await fetchMovies(ids(count), client, journal, { region: 'US', regions: ['US'] }, recordingContext()).catch(
    (error: unknown) => ({ error }),
  );
  const { failed, unusable } = 'error' in outcome ? { failed: outcome.error, unusable: [] } : outcome;
  return { failed, unusable, asked, fetched: [...entries.keys()].sort((a, b) => a - b) };
}

const busy = new TransientError('HTTP 503');

describe('fetching movies', () => {
  test('goes on after nineteen failures in a row, and stops after twenty', async () => {
    const nineteen = await fetching(60, (id) => (id <= 19 ? busy : undefined));
    expect(nineteen.failed).toEqual(ids(19).map((id) => ({ id, reason: 'HTTP 503' })));
    expect(nineteen.fetched).toEqual(ids(60).slice(19));
    const twenty = await fetching(60, (id) => (id <= 20 ? busy : undefined));
    expect(String(twenty.failed)).toContain('TMDb does not respond (HTTP 503, 20 movies in a row); run again later to continue');
    expect(twenty.asked.length).toBeLessThan(40);
  });

  test('goes on over failures that are not in a row: a success or an unusable answer comes between them', async () => {
    for (const between of [undefined, new UnusableAnswer('no movie')]) {
      const { failed, unusable, asked } = await fetching(60, (id) => (id % 2 === 0 ? busy : between));
      expect(asked).toHaveLength(60);
      expect(failed).toHaveLength(30);
      expect(unusable).toHaveLength(between === undefined ? 0 : 30);
    }
  });

  test('lists failures by id, and asks for nothing that an earlier run has fetched', async () => {
    const { failed, asked, fetched } = await fetching(30, (id) => (id % 7 === 0 ? busy : undefined), [1, 2, 30]);
    expect(failed).toEqual([7, 14, 21, 28].map((id) => ({ id, reason: 'HTTP 503' })));
    expect(asked.toSorted((a, b) => a - b)).toEqual(ids(29).slice(2));
    expect(fetched).toHaveLength(26);
  });

  test('stops at an error that is about none of the movies', async () => {
    const { failed, asked } = await fetching(100, (id) => (id === 5 ? new Error('disk full') : undefined));
    expect(failed).toEqual(new Error('disk full'));
    expect(asked.length).toBeLessThan(30);
  });
});
