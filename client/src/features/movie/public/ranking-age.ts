import { type ApolloCache, makeVar } from '@apollo/client';
import { useSyncExternalStore } from 'react';
import { client } from '../../../api/client.ts';

/** Counts what changed rankings: stored feedback, preferences, another session. */
const changes = makeVar(0);
/** The count at which each list that was shown had been fetched. */
const fetchedAt = new Map<string, number>();

// Active lists are fetched again then.
client.onResetStore(async () => forgetLists());

/** Feedback was stored. Lists that are shown stay as they are, and say that they are outdated. */
export function rankingsHaveChanged(): void {
  changes(changes() + 1);
}

/** What the viewer prefers has changed: rankings are fetched again when they are shown next. */
export function evictRankings(cache: ApolloCache): void {
  cache.evict({ id: 'ROOT_QUERY', fieldName: 'recommendations' });
  cache.evict({ id: 'ROOT_QUERY', fieldName: 'recommendation' });
  forgetLists();
}

/** Call it when the list was fetched again. */
export function rankingIsFresh(list: string): void {
  fetchedAt.set(list, changes());
}

interface RankingAge {
  /** Grows when the list is fetched again. */
  age: number;
  /** Something has changed since the list was fetched. */
  outdated: boolean;
}

/** A list that is shown for the first time is fresh. The page is drawn again when the answer changes, and not for each reaction. */
export function useRankingAge(list: string): RankingAge {
  const age = useSyncExternalStore(onChanges, () => ageOf(list));
  const outdated = useSyncExternalStore(onChanges, () => ageOf(list) !== changes());
  return { age, outdated };
}

function ageOf(list: string): number {
  const age = fetchedAt.get(list) ?? changes();
  fetchedAt.set(list, age);
  return age;
}

function onChanges(tell: () => void): () => void {
  let stop: () => void;
  const listen = (): void => {
    stop = changes.onNextChange(() => {
      tell();
      listen();
    });
  };
  listen();
  return () => stop();
}

function forgetLists(): void {
  fetchedAt.clear();
  rankingsHaveChanged();
}
